from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, status

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.edge import BusinessDate, Count, Instant
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from registry.units.coverage import queries, service
from registry.units.coverage.schemas import CoverageRead, CoverageReportCreate, CoverageReportRead, WhiteSpotRead
from registry.units.units.kinds import UnitKind

router = business_router("/api/v1/registry", ["覆盖"])


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
async def list_white_spots(db: Db, asked: Asked, page: PageOf) -> Page[WhiteSpotRead]:
    found = await paginate(db, queries.white_spots(asked), page)
    return Page(items=[WhiteSpotRead.model_validate(row) for row in found.items], next=found.next)


@router.get("/coverage-reports", summary="覆盖率报告列表")
async def list_coverage_reports(db: Db, actor: CurrentActor, page: PageOf) -> Page[CoverageReportRead]:
    found = await paginate(db, service.reports_listed_for(actor), page)
    return Page(items=[CoverageReportRead.model_validate(row) for row in found.items], next=found.next)


@router.post("/coverage-reports", summary="出具覆盖率报告(分母一并存档)", status_code=status.HTTP_201_CREATED)
async def create_coverage_report(
    entry: CoverageReportCreate, db: Db, actor: CurrentActor, today: Today
) -> CoverageReportRead:
    return CoverageReportRead.model_validate(await service.state_report(db, entry, actor=actor, today=today))


@router.get("/coverage-reports/{report_id}", summary="覆盖率报告详情")
async def read_coverage_report(report_id: UUID, db: Db, actor: CurrentActor) -> CoverageReportRead:
    return CoverageReportRead.model_validate(await service.require_report(db, actor, report_id))
