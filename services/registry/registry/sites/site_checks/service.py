"""Checks of sites by 六有, 五有五上墙, the ten standards of a demonstration point, or 五联一化 of a park (R35–R38)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.events import record_event
from records.files import Export
from records.listing import slice_of
from records.registers import Register
from records.voiding import void_row
from registry.links import refuse_wrong_dates
from registry.sites.site_checks import queries
from registry.sites.site_checks.events import SiteCheckChanged, SiteYearChanged
from registry.sites.site_checks.kinds import ITEMS_OF, PARK_ITEMS, PHOTOGRAPHED, CheckList
from registry.sites.site_checks.models import SiteCheck
from registry.sites.site_checks.rules import CHECK_DATES, wrong_items, year_of
from registry.sites.site_checks.schemas import (
    ItemCheck,
    ItemRead,
    ParkLinksListing,
    ParkLinksRead,
    SiteCheckCreate,
    SiteCheckListing,
    SiteCheckRead,
    SiteCheckSheet,
)
from registry.sites.site_files import queries as file_queries
from registry.sites.standards import queries as standard_queries
from registry.sites.standards.models import SiteStandard
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.kinds import HostKind
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.service import ORGANIZATIONS
from registry.units.units.kinds import UnitSector


class SiteCheckNotFound(problems.NotFound):
    code = "site-check-not-found"
    detail = "没有这次检查,或不在您的管理范围内"


class UnknownCheckedOrganization(problems.Unprocessable):
    code = "unknown-checked-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class WrongCheckList(problems.Unprocessable):
    code = "wrong-check-list"
    detail = "{reason}"


class WrongItems(problems.Unprocessable):
    code = "wrong-check-items"
    detail = "“{title}”共 {expected} 项,每项写一次;有误的是:{items}"


class PhotoMissing(problems.Unprocessable):
    code = "photo-missing"
    detail = "达到的项须附本党组织上传的照片:{items}"


def _readable(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "items": [ItemRead.model_validate(one) for one in row["items"]]}


def _with_unmet(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**row, "unmet": "、".join(one["name"] for one in row["unmet"] if not one["is_met"])}


CHECKS = Register(
    "阵地检查",
    SiteCheck,
    SiteCheckRead,
    SiteCheckNotFound,
    organization_queries.belonging(SiteCheck.organization_id),
    derived={
        "organization_name": organization_queries.name_of(SiteCheck.organization_id),
        "standard_name": standard_queries.name_of(SiteCheck.standard_id),
    },
    readable=_readable,
)
SHEET = CHECKS.shown_as(SiteCheckSheet, derived={"unmet": SiteCheck.items}, readable=_with_unmet)


async def export_checks(wanted: SiteCheckListing, to: Export) -> Response:
    return await SHEET.export(wanted, to)


async def record_check(db: AsyncSession, body: SiteCheckCreate, *, actor: Actor, today: date) -> SiteCheck:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownCheckedOrganization
    refuse_wrong_dates(CHECK_DATES, {"checked_on": body.checked_on}, today)
    standard = await _standard_for(db, organization, body)
    names = _names(body.check_list, standard)
    if wrong := wrong_items([one.item for one in body.items], names):
        raise WrongItems(title=body.check_list.label, expected=len(names), items="、".join(wrong))
    items = await _items(db, body, names)
    met = sum(one["is_met"] for one in items)
    check = SiteCheck(
        organization_id=organization.id,
        root_id=organization.root_id,
        recorded_by=actor.subject,
        check_list=body.check_list,
        standard_id=standard.id if standard else None,
        checked_on=body.checked_on,
        items=items,
        expected=len(items),
        met=met,
        is_passed=met == len(items),
    )
    db.add(check)
    await _tell(db, check, actor=actor)
    return check


async def _standard_for(
    db: AsyncSession, organization: PartyOrganization, body: SiteCheckCreate
) -> SiteStandard | None:
    """The list of the level for the ten standards; a list that is not this organisation's is refused."""
    if body.check_list is CheckList.TEN_STANDARDS:
        return await _ten_standards(db, organization, body.checked_on)
    if body.check_list is CheckList.PARK_LINKS:
        if organization.host_kind is not HostKind.PARK:
            raise WrongCheckList(reason="五联一化只用于园区党组织")
        return None
    sectors = await queries.sectors_of(db, organization.id, body.checked_on)
    wanted = UnitSector.SOCIAL if body.check_list is CheckList.FIVE_AND_FIVE else UnitSector.ECONOMIC
    if wanted not in (sectors or {UnitSector.ECONOMIC}):
        raise WrongCheckList(reason="企业党组织用“六有”(6 项),社会组织党组织用“五有五上墙”(10 项)")
    return None


async def _ten_standards(db: AsyncSession, organization: PartyOrganization, day: date) -> SiteStandard:
    level = await queries.demonstration_level(db, organization.id, day)
    if level is None:
        raise WrongCheckList(reason="十条标准只用于检查之日的示范点")
    standard = await standard_queries.find_in_force(db, organization.root_id, level, day)
    if standard is None:
        raise WrongCheckList(reason=f"{level.label}示范点在检查之日还没有施行的十条标准")
    return standard


def _names(check_list: CheckList, standard: SiteStandard | None) -> dict[str, str]:
    if standard is not None:
        return {str(number): text for number, text in enumerate(standard.items, start=1)}
    return {one.value: one.label for one in ITEMS_OF[check_list]}


async def _items(db: AsyncSession, body: SiteCheckCreate, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """In the order of the list."""
    photos = {one.photo_id for one in body.items if one.photo_id}
    known = await file_queries.names_of(db, body.organization_id, photos)
    if lacking := [names[one.item] for one in body.items if _lacks_photo(one, body.check_list, known)]:
        raise PhotoMissing(items="、".join(lacking))
    given = {one.item: one for one in body.items}
    return [
        {
            "item": item,
            "name": name,
            "is_met": given[item].is_met,
            "photo_id": str(photo) if (photo := given[item].photo_id) else None,
            "photo_name": known[photo] if photo else None,
        }
        for item, name in names.items()
    ]


def _lacks_photo(one: ItemCheck, check_list: CheckList, known: Mapping[Any, str]) -> bool:
    if one.photo_id is not None:
        return one.photo_id not in known
    return one.is_met and check_list in PHOTOGRAPHED


async def void_check(db: AsyncSession, check: SiteCheck, reason: str, *, actor: Actor) -> SiteCheck:
    void_row(db, check, reason)
    await _tell(db, check, actor=actor)
    return check


async def _tell(db: AsyncSession, check: SiteCheck, *, actor: Actor) -> None:
    await queries.lock_year(db, check.organization_id)
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [check.organization_id])
    fields = {name: getattr(check, name) for name in SiteCheckChanged.model_fields if name != "is_void"}
    told = SiteCheckChanged(**fields, is_void=check.void_reason is not None)
    version = check.version
    await record_event(db, told, subject=check.id, version=version, root_id=root_id, path=path, actor=actor)
    if check.check_list in PHOTOGRAPHED:
        year = await _year(db, check)
        subject, version = check.organization_id, year.revision
        await record_event(db, year, subject=subject, version=version, root_id=root_id, path=path, actor=actor)


async def _year(db: AsyncSession, check: SiteCheck) -> SiteYearChanged:
    checks: Sequence[SiteCheck] = await queries.checks_of_year(db, check.organization_id, check.checked_on)
    return SiteYearChanged(
        organization_id=check.organization_id,
        year=check.checked_on.year,
        **year_of(one.items for one in checks if one.void_reason is None),
        revision=sum(one.version for one in checks),
    )


def _park(row: Any) -> dict[str, Any]:
    met = {one["item"] for one in row.items or () if one["is_met"]}
    flags = {one.value: one.value in met for one in PARK_ITEMS}
    return {name: value for name, value in row._mapping.items() if name != "items"} | flags


async def parks_page(db: AsyncSession, actor: Actor, wanted: ParkLinksListing, day: date) -> Page[ParkLinksRead]:
    found = await slice_of(db, queries.parks(actor, day), wanted)
    items = [ParkLinksRead.model_validate(_park(row)) for row in found.rows]
    return Page[ParkLinksRead].model_construct(items=items, next=found.next, total=found.total)


async def export_parks(wanted: ParkLinksListing, to: Export, day: date) -> Response:
    rows = await to.select(wanted.ordered(queries.parks(to.actor, day)))
    return await to.file("园区五联一化", ParkLinksRead, map(_park, rows))
