from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.columns import touch
from records.events import record_event, record_events
from records.files import Export
from records.history import because, note_change
from records.registers import Register
from records.voiding import void_record
from registry.links import end_record, refuse_wrong_dates
from registry.names import search_keys
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.kinds import OrganizationKind, OrganizationLevel, SetUpMode
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units import events, queries
from registry.units.units.kinds import SECTOR_OF, MassOrganizationKind
from registry.units.units.models import CoverageLink, Unit, UnitJurisdiction, UnitMassOrganization
from registry.units.units.rules import UNIT_DATES, joint_branch_finding, link_in_words
from registry.units.units.schemas import (
    CoverageLinkCreate,
    CoverageLinkRead,
    UnitClose,
    UnitCodeCorrect,
    UnitCorrect,
    UnitCreate,
    UnitListing,
    UnitRead,
    UnitSheet,
)


class UnitNotFound(problems.NotFound):
    code = "unit-not-found"
    detail = "没有这个单位,或不在您的管理范围内"


class UnitCodeTaken(problems.Conflict):
    code = "unit-code-taken"
    detail = "这个统一社会信用代码已登记"


class UnknownJurisdiction(problems.Unprocessable):
    code = "unknown-jurisdiction"
    detail = "属地组织不存在、已撤销,或不在您的管理范围内"


class UnknownCoveringOrganization(problems.Unprocessable):
    code = "unknown-covering-organization"
    detail = "覆盖的党组织不存在、已撤销,或不在您的管理范围内"


class OnlyPrimaryCovers(problems.Unprocessable):
    code = "only-primary-covers"
    detail = "只有基层党组织(党委、党总支、党支部)可以覆盖单位"


class AlreadyCovered(problems.Conflict):
    code = "already-covered"
    detail = "这个党组织在该时段已覆盖这个单位"


class CoverageLinkNotFound(problems.NotFound):
    code = "coverage-link-not-found"
    detail = "没有这条覆盖关系"


class UnitInactive(problems.Conflict):
    code = "unit-inactive"
    detail = "这个单位已注销,不能再变更"


class OnlyTheJurisdiction(problems.Forbidden):
    code = "only-the-jurisdiction"
    detail = "这个单位由属地党组织管理;您的组织覆盖它,可以查看,不能变更"


class UnknownLineOrganization(problems.Unprocessable):
    code = "unknown-line-organization"
    detail = "归口党委须是本区在册的工委或党委"


class UnknownUnit(problems.Unprocessable):
    code = "unknown-unit"
    detail = "单位不存在、已注销,或不在您的管理范围内"


class SameUnitCode(problems.Unprocessable):
    code = "same-unit-code"
    detail = "与现有的统一社会信用代码相同"


class UnitStillCovered(problems.Conflict):
    code = "unit-still-covered"
    detail = "单位仍被党组织覆盖,请先结束覆盖关系或撤销党组织"


MAY_BE_EMPTY = {"staff_count", "size", "line_organization_id"}
CORRECTED = {"name", "kind", "is_above_scale"} | MAY_BE_EMPTY
LEADING = (OrganizationKind.WORK_COMMITTEE, OrganizationKind.COMMITTEE)
UNITS = Register(
    "两新组织",
    Unit,
    UnitRead,
    UnitNotFound,
    queries.seen,
    derived={
        "jurisdiction_name": organization_queries.name_of(Unit.jurisdiction_id),
        "line_organization_name": organization_queries.name_of(Unit.line_organization_id),
        "sector": Unit.kind,
    },
)


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "sector": SECTOR_OF[row["sector"]]}


def _with_links(row: Mapping[str, Any]) -> Mapping[str, Any]:
    links = [CoverageLinkRead.model_validate(link) for link in row["coverage_links"] or ()]
    return {**_readable(row), "coverage_links": links}


@lru_cache(maxsize=2)
def units_on(day: date) -> Register[Unit, UnitRead]:
    """The units, with what covers them and which mass organisations they have on a day."""
    dated = {"mass_organizations": queries.mass_organizations_on(day), "coverage_links": queries.links_on(day)}
    return UNITS.shown_as(UnitRead, derived=dated, readable=_with_links)


async def export_sheet(wanted: UnitListing, day: date, to: Export) -> Response:
    dated = {
        "town_name": organization_queries.town_name_of(Unit.jurisdiction_id),
        "covering_names": queries.covering_names_on(day),
        "set_up_modes": queries.set_up_modes_on(day),
        "mass_organizations": queries.mass_organizations_on(day),
    }
    return await UNITS.shown_as(UnitSheet, derived=dated, readable=_readable).export(wanted, to)


async def require_locked(db: AsyncSession, actor: Actor, unit_id: UUID, if_match: int | None = None) -> Unit:
    """The unit, to be changed: by its jurisdiction, whoever else may read it."""
    found = await UNITS.require(db, actor, unit_id, lock=True, if_match=if_match)
    if not await queries.is_governed(db, actor, found):
        raise OnlyTheJurisdiction
    if not found.is_active:
        raise UnitInactive
    return found


async def governed_unit(db: AsyncSession, actor: Actor, unit_id: UUID) -> Unit:
    """The unit something is written of: by its jurisdiction, as long as it is there."""
    found = await UNITS.find(db, actor, unit_id)
    if found is None or not found.is_active or not await queries.is_governed(db, actor, found):
        raise UnknownUnit
    return found


async def _refuse_unknown_line(db: AsyncSession, unit: Unit) -> None:
    """Units are led along lines across towns: the committee need not be in reach, only of the district."""
    if unit.line_organization_id is None:
        return
    line = await db.get(PartyOrganization, unit.line_organization_id)
    if line is None or not line.is_active or line.root_id != unit.root_id or line.kind not in LEADING:
        raise UnknownLineOrganization


async def _require_jurisdiction(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization:
    found = await ORGANIZATIONS.find(db, actor, organization_id)
    if found is None or not found.is_active:
        raise UnknownJurisdiction
    return found


async def create_unit(db: AsyncSession, entry: UnitCreate, *, actor: Actor, today: date) -> Unit:
    jurisdiction = await _require_jurisdiction(db, actor, entry.jurisdiction_id)
    counted_from = entry.counted_from or today
    refuse_wrong_dates(UNIT_DATES, {"counted_from": counted_from}, today)
    unit = Unit(
        **entry.model_dump(exclude={"counted_from", "mass_organizations"}),
        root_id=jurisdiction.root_id,
        search_keys=search_keys(entry.name),
    )
    await _refuse_unknown_line(db, unit)
    db.add(unit)
    await db.flush()
    db.add(
        UnitJurisdiction(
            unit_id=unit.id,
            unit_no=unit.unit_no,
            organization_id=jurisdiction.id,
            root_id=unit.root_id,
            valid_from=counted_from,
        )
    )
    _add_mass_organizations(db, unit, entry.mass_organizations, counted_from)
    await announce(db, unit, actor=actor, today=today)
    return unit


def _add_mass_organizations(
    db: AsyncSession, unit: Unit, kinds: Sequence[MassOrganizationKind], valid_from: date
) -> None:
    db.add_all(
        UnitMassOrganization(
            unit_id=unit.id, unit_no=unit.unit_no, kind=kind, root_id=unit.root_id, valid_from=valid_from
        )
        for kind in sorted(set(kinds))
    )


async def correct_unit(
    db: AsyncSession, unit_id: UUID, correction: UnitCorrect, *, if_match: int, actor: Actor, today: date
) -> Unit:
    unit = await require_locked(db, actor, unit_id, if_match)
    effective_on = correction.effective_on or today
    refuse_wrong_dates(UNIT_DATES, {"effective_on": effective_on}, today)
    for field, value in correction.model_dump(exclude_unset=True, include=CORRECTED).items():
        if field not in MAY_BE_EMPTY and value is None:
            raise problems.Unprocessable(fields=[problems.FieldError(f"/body/{field}", "不能清空")])
        setattr(unit, field, value)
    if "line_organization_id" in correction.model_fields_set:
        await _refuse_unknown_line(db, unit)
    unit.search_keys = search_keys(unit.name)
    if correction.jurisdiction_id and correction.jurisdiction_id != unit.jurisdiction_id:
        await _change_jurisdiction(db, unit, correction.jurisdiction_id, effective_on, actor=actor)
    if correction.mass_organizations is not None:
        await _change_mass_organizations(db, unit, set(correction.mass_organizations), effective_on)
    await announce(db, unit, actor=actor, today=today)
    return unit


async def _change_jurisdiction(db: AsyncSession, unit: Unit, organization_id: UUID, day: date, *, actor: Actor) -> None:
    jurisdiction = await _require_jurisdiction(db, actor, organization_id)
    if jurisdiction.root_id != unit.root_id:
        raise UnknownJurisdiction
    await end_record(db, await queries.current_jurisdiction(db, unit), day)
    db.add(
        UnitJurisdiction(
            unit_id=unit.id,
            unit_no=unit.unit_no,
            organization_id=organization_id,
            root_id=unit.root_id,
            valid_from=day,
        )
    )
    unit.jurisdiction_id = organization_id


async def _change_mass_organizations(
    db: AsyncSession, unit: Unit, wanted: set[MassOrganizationKind], day: date
) -> None:
    current = await queries.current_mass_organizations(db, unit)
    for record in current:
        if record.kind not in wanted:
            await end_record(db, record, day)
    _add_mass_organizations(db, unit, list(wanted - {record.kind for record in current}), day)


async def correct_code(
    db: AsyncSession, unit_id: UUID, correction: UnitCodeCorrect, *, if_match: int, actor: Actor, today: date
) -> Unit:
    unit = await require_locked(db, actor, unit_id, if_match)
    if correction.code == unit.code:
        raise SameUnitCode
    told = events.UnitCodeCorrected(id=unit.id, old_code=unit.code, code=correction.code)
    because(db, correction.reason)
    unit.code = correction.code
    await announce(db, unit, actor=actor, today=today)
    path = await queries.path_of(db, unit)
    await record_event(db, told, subject=unit.id, version=unit.version, root_id=unit.root_id, path=path, actor=actor)
    return unit


async def close_unit(
    db: AsyncSession, unit_id: UUID, closing: UnitClose, *, if_match: int, actor: Actor, today: date
) -> Unit:
    unit = await require_locked(db, actor, unit_id, if_match)
    refuse_wrong_dates(UNIT_DATES, {"closed_on": closing.closed_on}, today)
    links = await queries.links_of(db, [unit.id], today)
    if links[unit.id]:
        raise UnitStillCovered
    await end_record(db, await queries.current_jurisdiction(db, unit), closing.closed_on)
    unit.closed_on, unit.is_active = closing.closed_on, False
    await announce(db, unit, actor=actor, today=today)
    return unit


async def cover_unit(
    db: AsyncSession, unit_id: UUID, entry: CoverageLinkCreate, *, actor: Actor, today: date
) -> tuple[Unit, list[str]]:
    """The unit, and what is worth a remark (E2: more than five units under one joint branch)."""
    unit = await require_locked(db, actor, unit_id)
    organization = await ORGANIZATIONS.find(db, actor, entry.organization_id)
    if organization is None or not organization.is_active or organization.root_id != unit.root_id:
        raise UnknownCoveringOrganization
    if organization.level != OrganizationLevel.PRIMARY:
        raise OnlyPrimaryCovers
    dates = {"valid_from": entry.valid_from, "founded_on": organization.founded_on}
    refuse_wrong_dates(UNIT_DATES, dates, today)
    without_members = entry.serves_without_members
    link = CoverageLink(
        unit_id=unit.id,
        unit_no=unit.unit_no,
        organization_id=organization.id,
        organization_no=organization.organization_no,
        root_id=unit.root_id,
        mode=entry.mode,
        valid_from=entry.valid_from,
        serves_without_members=entry.mode is SetUpMode.ONE_PLUS_N if without_members is None else without_members,
        recorded_by=actor.subject,
    )
    db.add(link)
    await _recount(db, unit, old=None, new=link, actor=actor, today=today)
    return unit, await _findings(db, organization, today)


async def _findings(db: AsyncSession, organization: PartyOrganization, today: date) -> list[str]:
    if organization.kind is not OrganizationKind.JOINT_BRANCH:
        return []
    finding = joint_branch_finding(await queries.covered_count(db, organization.id, today))
    return [finding] if finding else []


async def end_coverage(
    db: AsyncSession, unit_id: UUID, link_id: UUID, ended_on: date, *, if_match: int, actor: Actor, today: date
) -> Unit:
    unit, link = await _require_link(db, unit_id, link_id, if_match=if_match, actor=actor)
    refuse_wrong_dates(UNIT_DATES, {"ended_on": ended_on}, today)
    ended = await end_record(db, link, ended_on, recorded_by=actor.subject)
    await _recount(db, unit, old=link, new=ended, actor=actor, today=today)
    return unit


async def void_coverage(
    db: AsyncSession, unit_id: UUID, link_id: UUID, reason: str, *, if_match: int, actor: Actor, today: date
) -> Unit:
    """The unit was never covered so; the history of the unit keeps the mistake."""
    unit, link = await _require_link(db, unit_id, link_id, if_match=if_match, actor=actor)
    await void_record(db, link, reason, recorded_by=actor.subject)
    await _recount(db, unit, old=link, new=None, actor=actor, today=today)
    return unit


async def _require_link(
    db: AsyncSession, unit_id: UUID, link_id: UUID, *, if_match: int, actor: Actor
) -> tuple[Unit, CoverageLink]:
    unit = await require_locked(db, actor, unit_id, if_match)
    link = await queries.find_link(db, unit, link_id)
    if link is None:
        raise CoverageLinkNotFound
    return unit, link


async def _recount(
    db: AsyncSession, unit: Unit, *, old: CoverageLink | None, new: CoverageLink | None, actor: Actor, today: date
) -> None:
    """What covers a unit has changed, so the unit has."""
    touch(unit)
    await announce(db, unit, actor=actor, today=today)
    old_words, new_words = [await _in_words(db, one) if one else None for one in (old, new)]
    await note_change(db, unit, "coverage_links", old=old_words, new=new_words)


async def _in_words(db: AsyncSession, link: CoverageLink) -> str:
    name = await db.scalar(select(organization_queries.name_of(link.organization_id)))
    return link_in_words(str(name), link.mode.label, link.valid_from, link.valid_to)


async def announce(db: AsyncSession, unit: Unit, *, actor: Actor, today: date) -> None:
    await db.flush()
    links = await queries.links_of(db, [unit.id], today)
    covering = [link.organization_id for link in links[unit.id]]
    await record_events(db, [events.changed(unit, await queries.path_of(db, unit), covering)], actor)


CONSTRAINT_ERRORS: dict[str, type[problems.Problem]] = {
    "uq_units_code": UnitCodeTaken,
    "ex_coverage_links_unit_no_organization_no": AlreadyCovered,
}
