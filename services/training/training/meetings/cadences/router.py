from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of, slice_of
from training.meetings.cadences import service
from training.meetings.cadences.schemas import BranchCadence, CadenceListing, CadenceRead, CadenceSheet
from training.studies.study_hours.router import Year

router = business_router("/api/v1/training/cadences", ["组织生活与培训"])
Wanted = Annotated[CadenceListing, Depends(query_of(CadenceListing))]


@router.get("", summary="查询各支部组织生活的缺漏")
async def list_cadences(year: Year, wanted: Wanted, db: Db, actor: CurrentActor, today: Today) -> Page[BranchCadence]:
    query = await service.of_branches(db, year=year, actor=actor, today=today)
    found = await slice_of(db, query, wanted)
    items = [service.as_read(row._mapping) for row in found.rows]
    return Page[BranchCadence].model_construct(items=items, next=found.next, total=found.total)


@router.get("/export", summary="导出各支部组织生活的缺漏", response_class=Response, responses=FILE_ANSWER)
async def export_cadences(year: Year, wanted: Wanted, today: Today, to: ExportTo) -> Response:
    query = await service.of_branches(to.db, year=year, actor=to.actor, today=today)
    rows = await to.select(wanted.ordered(query))
    return await to.file(f"{year}年组织生活缺漏", CadenceSheet, (service.as_line(row._mapping) for row in rows))


@router.get("/{organization_id}", summary="检查支部组织生活频次")
async def check_cadence(organization_id: UUID, year: Year, db: Db, actor: CurrentActor, today: Today) -> CadenceRead:
    return await service.check_cadence(db, organization_id, year=year, actor=actor, today=today)


DOMAIN = Domain(routers=[router])
