from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate, Count, Instant
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from registry.units.coverage import models, queries, service
from registry.units.coverage.schemas import (
    CoverageRead,
    CoverageReportCreate,
    CoverageReportListing,
    CoverageReportRead,
    ReportId,
    WhiteSpotListing,
    WhiteSpotRead,
)
from registry.units.coverage.service import REPORTS
from registry.units.units.kinds import UnitKind

router = business_router("/api/v1/registry", ["覆盖"])
Wanted = Annotated[CoverageReportListing, Depends(query_of(CoverageReportListing))]
WantedSpots = Annotated[WhiteSpotListing, Depends(query_of(WhiteSpotListing))]


async def _question(
    *,
    db: Db,
    actor: CurrentActor,
    today: Today,
    organization_id: Annotated[UUID, Query(title="统计范围")],
    unit_kind: Annotated[list[UnitKind], Query(max_length=6, title="单位类别")] = [],  # noqa: B006 - FastAPI copies it
    as_of: Annotated[BusinessDate | None, Query(title="统计日期", description="默认当天")] = None,
    known_at: Annotated[Instant | None, Query(title="按何时的记录", description="默认现在")] = None,
    min_staff: Annotated[Count | None, Query(strict=False, title="最少职工人数")] = None,
) -> queries.Question:
    return await service.question_of(
        db,
        actor,
        organization_id,
        day=as_of or today,
        today=today,
        known_at=known_at,
        unit_kinds=unit_kind,
        min_staff=min_staff,
    )


Asked = Annotated[queries.Question, Depends(_question, scope="function")]


@router.get("/coverage", summary="组织覆盖、单独组建与工作覆盖(可指定日期)")
async def read_coverage(organization_id: UUID, db: Db, asked: Asked) -> CoverageRead:
    return await service.measure(db, organization_id, asked)


@router.get("/coverage/white-spots", summary="空白点:没有任何覆盖的单位")
async def list_white_spots(wanted: WantedSpots, asked: Asked, db: Db) -> Page[WhiteSpotRead]:
    return await service.page_white_spots(db, asked, wanted)


@router.get("/coverage/white-spots/export", summary="导出空白点", response_class=Response, responses=FILE_ANSWER)
async def export_white_spots(wanted: WantedSpots, asked: Asked, to: ExportTo) -> Response:
    return await service.export_white_spots(asked, wanted, to)


@router.get("/coverage-reports", summary="覆盖率报告列表")
async def list_coverage_reports(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[CoverageReportRead]:
    return await REPORTS.page(db, actor, wanted)


@router.get("/coverage-reports/export", summary="导出覆盖率报告", response_class=Response, responses=FILE_ANSWER)
async def export_coverage_reports(wanted: Wanted, to: ExportTo) -> Response:
    return await service.export_reports(wanted, to)


@router.post("/coverage-reports", summary="出具覆盖率报告(分母一并存档)", status_code=status.HTTP_201_CREATED)
async def create_coverage_report(
    body: CoverageReportCreate, db: Db, actor: CurrentActor, today: Today, response: Response
) -> CoverageReportRead:
    return await REPORTS.answer(db, await service.state_report(db, body, actor=actor, today=today), response)


@router.get("/coverage-reports/{report_id}", summary="覆盖率报告详情")
async def read_coverage_report(
    report_id: ReportId, db: Db, actor: CurrentActor, response: Response
) -> CoverageReportRead:
    return await REPORTS.show(db, actor, report_id, response)


DOMAIN = Domain(routers=[router], tables=models)
