from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.events import record_event
from records.files import Export
from records.listing import slice_of
from records.registers import Register
from records.voiding import refuse_void, void_row
from registry.liaison.pairings import queries
from registry.liaison.pairings.events import PairingChanged
from registry.liaison.pairings.kinds import PairingKind
from registry.liaison.pairings.models import SIDES, Pairing
from registry.liaison.pairings.rules import PAIRING_DATES, is_with_itself, shape_fault
from registry.liaison.pairings.schemas import (
    PairingCreate,
    PairingRead,
    UnpairedPartnerListing,
    UnpairedPartnerRead,
)
from registry.links import AlreadyEnded, refuse_wrong_dates
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import queries as unit_queries
from registry.units.units.service import UNITS


class PairingNotFound(problems.NotFound):
    code = "pairing-not-found"
    detail = "没有这项结对,或不在您的管理范围内"


class WrongSides(problems.Unprocessable):
    code = "wrong-pairing-sides"
    detail = "{fault}"


class PairedWithItself(problems.Unprocessable):
    code = "paired-with-itself"
    detail = "不能与自己结对"


class UnknownSide(problems.Unprocessable):
    code = "unknown-pairing-side"
    detail = "结对的党组织或单位不存在、已撤销或注销,或不在您的管理范围内"


class HelperIsNoDemonstrationPoint(problems.Unprocessable):
    code = "helper-is-no-demonstration-point"
    detail = "帮扶的党组织在结对之日不是示范点"


class PartnerIsDemonstrationPoint(problems.Unprocessable):
    code = "partner-is-demonstration-point"
    detail = "结对的党组织在结对之日已是示范点"


class PartnerHasOrganization(problems.Unprocessable):
    code = "partner-has-organization"
    detail = "结对的单位在结对之日已建立党组织"


class NotInOneCircle(problems.Unprocessable):
    code = "not-in-one-circle"
    detail = "互助双方须在结对之日加入同一个党建活动圈(由覆盖单位的党组织以团体会员加入)"


class AlreadyPaired(problems.Conflict):
    code = "already-paired"
    detail = "双方已经结对,尚未结束"


class Side(NamedTuple):
    """One of the two: the organisation it is, or that answers for its place."""

    keeper_id: UUID | None
    root_id: UUID | None


PAIRINGS = Register(
    "结对",
    Pairing,
    PairingRead,
    PairingNotFound,
    queries.seen,
    derived={
        "helper_organization_name": organization_queries.name_of(Pairing.helper_organization_id),
        "helper_unit_name": unit_queries.name_of(Pairing.helper_unit_id),
        "partner_organization_name": organization_queries.name_of(Pairing.partner_organization_id),
        "partner_unit_name": unit_queries.name_of(Pairing.partner_unit_id),
        "organization_name": organization_queries.name_of(Pairing.organization_id),
    },
)
CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {"uq_pairings_sides": AlreadyPaired}


async def pair(db: AsyncSession, entry: PairingCreate, *, actor: Actor, today: date) -> Pairing:
    given = entry.model_dump(include=set(SIDES))
    if fault := shape_fault(entry.kind, given):
        raise WrongSides(fault=fault)
    if is_with_itself(given):
        raise PairedWithItself
    refuse_wrong_dates(PAIRING_DATES, {"paired_on": entry.paired_on}, today)
    helper, partner = await _side(db, given, "helper", actor=actor), await _side(db, given, "partner", actor=actor)
    if helper.keeper_id is None or helper.root_id is None or partner.root_id not in (None, helper.root_id):
        raise UnknownSide
    await _refuse_unfit(db, entry)
    pairing = Pairing(
        **entry.model_dump(),
        organization_id=helper.keeper_id,
        partner_keeper_id=partner.keeper_id,
        root_id=helper.root_id,
        recorded_by=actor.subject,
    )
    db.add(pairing)
    await _tell(db, pairing, actor=actor)
    return pairing


async def _side(db: AsyncSession, given: Mapping[str, Any], side: str, *, actor: Actor) -> Side:
    """Nothing of a village."""
    if organization_id := given[f"{side}_organization_id"]:
        organization = await ORGANIZATIONS.find(db, actor, organization_id)
        if organization is None or not organization.is_active:
            raise UnknownSide
        return Side(organization.id, organization.root_id)
    if unit_id := given[f"{side}_unit_id"]:
        unit = await UNITS.find(db, actor, unit_id)
        if unit is None or not unit.is_active:
            raise UnknownSide
        return Side(unit.jurisdiction_id, unit.root_id)
    return Side(None, None)


async def _refuse_unfit(db: AsyncSession, entry: PairingCreate) -> None:
    day = entry.paired_on
    if entry.kind is PairingKind.DEMONSTRATION:
        if not await queries.holds(db, queries.is_demonstration_point(entry.helper_organization_id, day)):
            raise HelperIsNoDemonstrationPoint
        if await queries.holds(db, queries.is_demonstration_point(entry.partner_organization_id, day)):
            raise PartnerIsDemonstrationPoint
        if await queries.holds(db, queries.has_organization(entry.partner_unit_id, day)):
            raise PartnerHasOrganization
    if entry.kind is PairingKind.MUTUAL and not await queries.holds(
        db, queries.share_a_circle(entry.helper_unit_id, entry.partner_unit_id, day)
    ):
        raise NotInOneCircle


async def end_pairing(db: AsyncSession, pairing: Pairing, ended_on: date, *, actor: Actor, today: date) -> Pairing:
    refuse_void(pairing)
    if pairing.ended_on is not None:
        raise AlreadyEnded
    refuse_wrong_dates(PAIRING_DATES, {"paired_on": pairing.paired_on, "ended_on": ended_on}, today)
    pairing.ended_on = ended_on
    await _tell(db, pairing, actor=actor)
    return pairing


async def void_pairing(db: AsyncSession, pairing: Pairing, reason: str, *, actor: Actor) -> Pairing:
    void_row(db, pairing, reason)
    await _tell(db, pairing, actor=actor)
    return pairing


async def _tell(db: AsyncSession, pairing: Pairing, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, _)] = await organization_queries.resolve_paths(db, [pairing.organization_id])
    fields = {name: getattr(pairing, name) for name in PairingChanged.model_fields if name != "is_void"}
    told = PairingChanged(**fields, is_void=pairing.void_reason is not None)
    version, root_id = pairing.version, pairing.root_id
    await record_event(db, told, subject=pairing.id, version=version, root_id=root_id, path=path, actor=actor)


async def unpaired_page(
    db: AsyncSession, actor: Actor, wanted: UnpairedPartnerListing, day: date
) -> Page[UnpairedPartnerRead]:
    found = await slice_of(db, queries.unpaired(actor, day), wanted)
    items = [UnpairedPartnerRead.model_validate(dict(row._mapping)) for row in found.rows]
    return Page[UnpairedPartnerRead].model_construct(items=items, next=found.next, total=found.total)


async def export_unpaired(wanted: UnpairedPartnerListing, to: Export, day: date) -> Response:
    rows = await to.select(wanted.ordered(queries.unpaired(to.actor, day)))
    lines = (UnpairedPartnerRead.model_validate(dict(row._mapping)).model_dump() for row in rows)
    return await to.file("没有结对帮扶的对象", UnpairedPartnerRead, lines)
