"""党员互助服务菜单:项目、人员、形式、时间、须知,自愿、便利、共享 (seed 3.3)."""

from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.clock import business_now
from records.registers import Register
from records.voiding import refuse_void, void_row
from roster.queries import name_of, organization_within
from training.branch_sites.sites.service import tell
from training.mutual_aid.acting import acting_for, require_members
from training.mutual_aid.menu import queries
from training.mutual_aid.menu.models import ServiceItem
from training.mutual_aid.menu.schemas import (
    ServiceItemChanged,
    ServiceItemCorrect,
    ServiceItemCreate,
    ServiceItemRead,
)


class ServiceItemNotFound(problems.NotFound):
    code = "service-item-not-found"
    detail = "没有这个互助项目,或您看不到它"


class ServiceItemTaken(problems.Conflict):
    code = "service-item-taken"
    detail = "菜单上已有同名项目"


class ServiceItemEnded(problems.Conflict):
    code = "service-item-ended"
    detail = "这个项目已从菜单撤下"


class NotTheKeeper(problems.Forbidden):
    code = "not-the-keeper"
    detail = "只有本党组织及其上级能办理"


ITEMS = Register(
    "党员互助服务菜单",
    ServiceItem,
    ServiceItemRead,
    ServiceItemNotFound,
    queries.seen,
    derived={
        "organization_name": name_of(ServiceItem.organization_id),
        "provider_names": queries.names_of(ServiceItem.provider_ids),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_service_items_name": ServiceItemTaken}


async def offer(db: AsyncSession, entry: ServiceItemCreate, *, actor: Actor, today: date) -> ServiceItem:
    organization = await acting_for(db, actor, entry.organization_id)
    await require_members(db, organization.id, entry.provider_ids, today)
    item = ServiceItem(
        **entry.model_dump(),
        root_id=organization.root_id,
        recorded_by=actor.subject,
        recorded_at=await business_now(db),
    )
    db.add(item)
    return await record_item(db, item, actor=actor)


async def correct(
    db: AsyncSession, item: ServiceItem, change: ServiceItemCorrect, *, actor: Actor, today: date
) -> ServiceItem:
    await keep(db, item, actor)
    refuse_ended(item)
    if change.provider_ids is not None:
        await require_members(db, item.organization_id, change.provider_ids, today)
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(item, name, value)
    return await record_item(db, item, actor=actor)


async def end(db: AsyncSession, item: ServiceItem, *, actor: Actor, today: date) -> ServiceItem:
    await keep(db, item, actor)
    refuse_ended(item)
    item.ended_on, item.is_fixed = today, False
    return await record_item(db, item, actor=actor)


async def void(db: AsyncSession, item: ServiceItem, reason: str, *, actor: Actor) -> ServiceItem:
    await keep(db, item, actor)
    void_row(db, item, reason)
    item.is_fixed = False
    return await record_item(db, item, actor=actor)


async def keep(db: AsyncSession, item: ServiceItem, actor: Actor) -> None:
    """What is shared is seen by others, who do not keep it."""
    if await organization_within(db, actor.paths, item.organization_id) is None:
        raise NotTheKeeper


def refuse_ended(item: ServiceItem) -> None:
    refuse_void(item)
    if item.ended_on is not None:
        raise ServiceItemEnded


async def record_item(db: AsyncSession, item: ServiceItem, *, actor: Actor) -> ServiceItem:
    await db.flush()
    facts = {name: getattr(item, name) for name in ServiceItemChanged.model_fields if name != "is_void"}
    await tell(db, ServiceItemChanged(**facts, is_void=item.void_reason is not None), item, actor=actor)
    return item
