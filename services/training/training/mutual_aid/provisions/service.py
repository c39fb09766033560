"""What was provided of the menu: told by whoever did it, confirmed by somebody else, and then the fact behind M22."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import member_name_of, name_of, organization_within
from training.branch_sites.sites.service import tell
from training.meetings.make_ups.service import OwnCase
from training.mutual_aid.acting import require_members, require_past
from training.mutual_aid.menu.models import ServiceItem
from training.mutual_aid.menu.queries import of_item
from training.mutual_aid.menu.service import ITEMS, refuse_ended
from training.mutual_aid.provisions import queries
from training.mutual_aid.provisions.kinds import AidRating, ProvisionState
from training.mutual_aid.provisions.models import ServiceProvision
from training.mutual_aid.provisions.schemas import (
    ServiceProvisionChanged,
    ServiceProvisionCorrect,
    ServiceProvisionCreate,
    ServiceProvisionRead,
)


class ServiceProvisionNotFound(problems.NotFound):
    code = "service-provision-not-found"
    detail = "没有这条互助服务记录,或不在您的管理范围内"


class UnknownServiceItem(problems.Unprocessable):
    code = "unknown-service-item"
    detail = "没有这个互助项目,或您看不到它"


class NotAProvider(problems.Unprocessable):
    code = "not-a-provider"
    detail = "这名党员不在该项目的人员之中"


class OnlyOneself(problems.Forbidden):
    code = "only-oneself"
    detail = "党员只能登记自己提供的服务,他人的由党组织登记"


class ProvisionTaken(problems.Conflict):
    code = "provision-taken"
    detail = "这名党员当天的这项服务已登记"


class AlreadyConfirmed(problems.Conflict):
    code = "provision-already-confirmed"
    detail = "已确认,评价有误的请更正"


class NotYetConfirmed(problems.Conflict):
    code = "provision-not-confirmed"
    detail = "确认时才写评价"


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_service_provisions_member_id": ProvisionTaken}


PROVISIONS = Register(
    "互助服务记录",
    ServiceProvision,
    ServiceProvisionRead,
    ServiceProvisionNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(ServiceProvision.organization_id),
        "service_item_name": of_item(ServiceItem.name, ServiceProvision.service_item_id),
        "member_name": member_name_of(ServiceProvision.member_id),
    },
)


async def report(db: AsyncSession, entry: ServiceProvisionCreate, *, actor: Actor, today: date) -> ServiceProvision:
    item = await ITEMS.find(db, actor, entry.service_item_id)
    if item is None:
        raise UnknownServiceItem
    refuse_ended(item)
    if entry.member_id != actor.person and await organization_within(db, actor.paths, item.organization_id) is None:
        raise OnlyOneself
    if entry.member_id not in item.provider_ids:
        raise NotAProvider
    require_past(entry.provided_on, today)
    await require_members(db, item.organization_id, [entry.member_id], entry.provided_on)
    provision = ServiceProvision(
        **entry.model_dump(),
        state=ProvisionState.REPORTED,
        organization_id=item.organization_id,
        root_id=item.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(provision)
    return await _tell(db, provision, actor)


async def confirm(
    db: AsyncSession, provision: ServiceProvision, rating: AidRating, *, actor: Actor, today: date
) -> ServiceProvision:
    refuse_own(provision, actor)
    refuse_void(provision)
    if provision.state is ProvisionState.CONFIRMED:
        raise AlreadyConfirmed
    provision.state, provision.rating, provision.confirmed_on = ProvisionState.CONFIRMED, rating, today
    return await _tell(db, provision, actor)


async def correct(
    db: AsyncSession, provision: ServiceProvision, change: ServiceProvisionCorrect, *, actor: Actor
) -> ServiceProvision:
    refuse_own(provision, actor)
    refuse_void(provision)
    if change.rating is not None and provision.state is not ProvisionState.CONFIRMED:
        raise NotYetConfirmed
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(provision, name, value)
    return await _tell(db, provision, actor)


async def void(db: AsyncSession, provision: ServiceProvision, reason: str, *, actor: Actor) -> ServiceProvision:
    void_row(db, provision, reason)
    return await _tell(db, provision, actor)


def refuse_own(provision: ServiceProvision, actor: Actor) -> None:
    if provision.member_id == actor.person:
        raise OwnCase


def earns(provision: ServiceProvision) -> bool:
    stands = provision.state is ProvisionState.CONFIRMED and provision.void_reason is None
    return stands and provision.rating is not AidRating.POOR


async def _tell(db: AsyncSession, provision: ServiceProvision, actor: Actor) -> ServiceProvision:
    await db.flush()
    told = ServiceProvisionChanged(
        id=provision.id,
        organization_id=provision.organization_id,
        service_item_id=provision.service_item_id,
        member_id=provision.member_id,
        provided_on=provision.provided_on,
        helped=provision.helped,
        state=provision.state,
        is_earning=earns(provision),
        revision=provision.version,
    )
    await tell(db, told, provision, actor=actor)
    return provision
