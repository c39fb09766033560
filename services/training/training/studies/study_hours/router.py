from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query, Response

from kit.access import CurrentActor
from kit.clock import Today
from kit.database import Db
from kit.domains import Domain
from kit.paging import Page
from kit.routing import business_router
from records.columns import shown
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of, slice_of
from training.studies.study_hours import queries, service
from training.studies.study_hours.schemas import MemberStudyHours, StudyHoursListing, StudyHoursRead

router = business_router("/api/v1/training/study-hours", ["学时"])
Year = Annotated[int, Query(ge=2000, le=2099, title="年度", description="自然年")]
YearInPath = Annotated[int, Path(ge=2000, le=2099, title="年度", description="自然年")]
Wanted = Annotated[StudyHoursListing, Depends(query_of(StudyHoursListing))]


@router.get("", summary="查询党员年度学时")
async def list_study_hours(
    year: Year, wanted: Wanted, db: Db, actor: CurrentActor, today: Today
) -> Page[StudyHoursRead]:
    found = await slice_of(db, queries.study_hours(year, today, queries.visible_to(actor)), wanted)
    items = [shown(StudyHoursRead, row) for row in found.rows]
    return Page[StudyHoursRead].model_construct(items=items, next=found.next, total=found.total)


@router.get("/export", summary="导出党员年度学时", response_class=Response, responses=FILE_ANSWER)
async def export_study_hours(year: Year, wanted: Wanted, today: Today, to: ExportTo) -> Response:
    query = queries.study_hours(year, today, queries.visible_to(to.actor))
    rows = await to.select(wanted.ordered(query))
    return await to.file(f"{year}年学时", StudyHoursRead, (row._mapping for row in rows))


@router.get("/{member_id}", summary="查看一名党员的年度学时与明细")
async def read_study_hours(member_id: UUID, year: Year, db: Db, actor: CurrentActor, today: Today) -> MemberStudyHours:
    return await service.member_hours(db, member_id, year=year, actor=actor, today=today)


DOMAIN = Domain(routers=[router])
