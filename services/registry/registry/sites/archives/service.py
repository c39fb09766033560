"""The archive of an organisation by quarter and category, and which categories a quarter left empty (R39)."""

from collections.abc import Iterable
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
from records.periods import Period
from records.registers import Register
from records.voiding import void_row
from registry.dates import DateRules
from registry.links import refuse_wrong_dates
from registry.sites.archives import queries
from registry.sites.archives.events import ArchiveEntryChanged
from registry.sites.archives.kinds import ArchiveCategory
from registry.sites.archives.models import ArchiveEntry
from registry.sites.archives.schemas import (
    ArchiveCheckListing,
    ArchiveCheckRead,
    ArchiveEntryCreate,
    ArchiveEntryRead,
)
from registry.sites.site_files import queries as file_queries
from registry.tree.organizations import queries as organization_queries
from registry.tree.organizations.service import ORGANIZATIONS

DATES = DateRules({"dated_on": "形成日期"}, (), facts=frozenset({"dated_on"}))


class ArchiveEntryNotFound(problems.NotFound):
    code = "archive-entry-not-found"
    detail = "没有这份档案材料,或不在您的管理范围内"


class UnknownArchiveOrganization(problems.Unprocessable):
    code = "unknown-archive-organization"
    detail = "党组织不存在、已撤销,或不在您的管理范围内"


class UnknownArchiveFile(problems.Unprocessable):
    code = "unknown-archive-file"
    detail = "材料不存在,或不是这个党组织上传的"


ENTRIES = Register(
    "档案材料",
    ArchiveEntry,
    ArchiveEntryRead,
    ArchiveEntryNotFound,
    organization_queries.belonging(ArchiveEntry.organization_id),
    derived={
        "organization_name": organization_queries.name_of(ArchiveEntry.organization_id),
        "file_name": file_queries.name_of(ArchiveEntry.file_id),
    },
)


async def enter(db: AsyncSession, body: ArchiveEntryCreate, *, actor: Actor, today: date) -> ArchiveEntry:
    organization = await ORGANIZATIONS.find(db, actor, body.organization_id)
    if organization is None or not organization.is_active:
        raise UnknownArchiveOrganization
    refuse_wrong_dates(DATES, {"dated_on": body.dated_on}, today)
    if not await file_queries.names_of(db, organization.id, [body.file_id]):
        raise UnknownArchiveFile
    given = body.model_dump()
    entry = ArchiveEntry(**given, root_id=organization.root_id, recorded_by=actor.subject, entered_on=today)
    db.add(entry)
    await _tell(db, entry, actor=actor)
    return entry


async def void_entry(db: AsyncSession, entry: ArchiveEntry, reason: str, *, actor: Actor) -> ArchiveEntry:
    void_row(db, entry, reason)
    await _tell(db, entry, actor=actor)
    return entry


async def _tell(db: AsyncSession, entry: ArchiveEntry, *, actor: Actor) -> None:
    await db.flush()
    [(_, path, root_id)] = await organization_queries.resolve_paths(db, [entry.organization_id])
    fields = {name: getattr(entry, name) for name in ArchiveEntryChanged.model_fields if name != "is_void"}
    told, version = ArchiveEntryChanged(**fields, is_void=entry.void_reason is not None), entry.version
    await record_event(db, told, subject=entry.id, version=version, root_id=root_id, path=path, actor=actor)


def empty(found: Iterable[ArchiveCategory]) -> list[ArchiveCategory]:
    """The categories that are not among these, in their order."""
    known = set(found)
    return [one for one in ArchiveCategory if one not in known]


def _checked(row: Any, quarter: Period) -> dict[str, Any]:
    lacking = empty(row.found or ())
    fields = {name: value for name, value in row._mapping.items() if name != "found"}
    return {**fields, "year": quarter.year, "quarter": quarter.number, "empty": lacking, "is_complete": not lacking}


async def checks_page(
    db: AsyncSession, actor: Actor, wanted: ArchiveCheckListing, quarter: Period
) -> Page[ArchiveCheckRead]:
    found = await slice_of(db, queries.checked(actor, quarter), wanted)
    items = [ArchiveCheckRead.model_validate(_checked(row, quarter)) for row in found.rows]
    return Page[ArchiveCheckRead].model_construct(items=items, next=found.next, total=found.total)


async def export_checks(wanted: ArchiveCheckListing, to: Export, quarter: Period) -> Response:
    rows = await to.select(wanted.ordered(queries.checked(to.actor, quarter)))
    return await to.file("季度档案检查", ArchiveCheckRead, (_checked(row, quarter) for row in rows))
