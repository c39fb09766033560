from typing import Annotated

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.paging import Page, PageOf
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.history import ChangeRead
from records.listing import query_of
from records.periods import Cadence, period_of
from records.voiding import VoidCreate
from registry.sites.archives import models, service
from registry.sites.archives.schemas import (
    ArchiveCheckListing,
    ArchiveCheckRead,
    ArchiveEntryCreate,
    ArchiveEntryId,
    ArchiveEntryListing,
    ArchiveEntryRead,
)
from registry.sites.archives.service import ENTRIES

router = business_router("/api/v1/registry", ["党组织档案"])
Wanted = Annotated[ArchiveEntryListing, Depends(query_of(ArchiveEntryListing))]
WantedChecks = Annotated[ArchiveCheckListing, Depends(query_of(ArchiveCheckListing))]
InQuarter = Annotated[BusinessDate | None, Query(title="该日所在的季度", description="默认今天所在的季度")]


@router.get("/archive-entries", summary="档案材料列表")
async def list_archive_entries(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[ArchiveEntryRead]:
    return await ENTRIES.page(db, actor, wanted)


@router.get("/archive-entries/export", summary="导出档案材料", response_class=Response, responses=FILE_ANSWER)
async def export_archive_entries(wanted: Wanted, to: ExportTo) -> Response:
    return await ENTRIES.export(wanted, to)


@router.get("/archive-entries/{archive_entry_id}", summary="档案材料详情")
async def read_archive_entry(
    archive_entry_id: ArchiveEntryId, db: Db, actor: CurrentActor, response: Response
) -> ArchiveEntryRead:
    return await ENTRIES.show(db, actor, archive_entry_id, response)


@router.post("/archive-entries", summary="归档一份材料", status_code=status.HTTP_201_CREATED)
async def create_archive_entry(
    body: ArchiveEntryCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> ArchiveEntryRead:
    return await ENTRIES.answer(db, await service.enter(db, body, actor=actor, today=today), response)


@router.post("/archive-entries/{archive_entry_id}/void", summary="作废录入有误的档案材料(视为从未归档,记录保留)")
async def void_archive_entry(
    *,
    archive_entry_id: ArchiveEntryId,
    body: VoidCreate,
    db: Db,
    actor: CurrentActor,
    if_match: IfMatch,
    response: Response,
) -> ArchiveEntryRead:
    entry = await ENTRIES.require(db, actor, archive_entry_id, if_match=if_match)
    return await ENTRIES.answer(db, await service.void_entry(db, entry, body.reason, actor=actor), response)


@router.get("/archive-entries/{archive_entry_id}/history", summary="档案材料的变更历史")
async def read_archive_entry_history(
    archive_entry_id: ArchiveEntryId, page: PageOf, db: Db, actor: CurrentActor
) -> Page[ChangeRead]:
    return await ENTRIES.history(db, actor, archive_entry_id, page)


@router.get("/archive-checks", summary="季度档案检查:各党组织缺材料的类别")
async def list_archive_checks(
    wanted: WantedChecks, db: Db, actor: CurrentActor, today: Today, on: InQuarter = None
) -> Page[ArchiveCheckRead]:
    return await service.checks_page(db, actor, wanted, period_of(on or today, Cadence.QUARTERLY))


@router.get("/archive-checks/export", summary="导出季度档案检查", response_class=Response, responses=FILE_ANSWER)
async def export_archive_checks(wanted: WantedChecks, to: ExportTo, today: Today, on: InQuarter = None) -> Response:
    return await service.export_checks(wanted, to, period_of(on or today, Cadence.QUARTERLY))


DOMAIN = Domain(routers=[router], tables=models)
