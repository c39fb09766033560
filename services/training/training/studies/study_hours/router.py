from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query
from sqlalchemy import and_

from kit.clock import Today
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.studies.study_hours import queries, service
from training.studies.study_hours.schemas import MemberStudyHours, StudyHoursRead

router = business_router("/api/v1/training", ["学时"])
Year = Annotated[int, Query(ge=2000, le=2099, description="年度(自然年)")]
YearInPath = Annotated[int, Path(ge=2000, le=2099, description="年度(自然年)")]


@router.get("/study-hours", summary="查询党员年度学时", response_model=Page[StudyHoursRead])
async def list_study_hours(
    year: Year,
    db: Db,
    actor: Caller,
    today: Today,
    page: PageOf,
    organization_id: Annotated[UUID | None, Query(description="该党组织及其下级")] = None,
) -> Any:
    who = queries.visible_to(actor)
    if organization_id is not None:
        who = and_(who, queries.below(organization_id))
    return await paginate(db, queries.by_member(queries.study_hours(year, today, who)), page)


@router.get("/study-hours/{member_id}", summary="查看一名党员的年度学时与明细", response_model=MemberStudyHours)
async def read_study_hours(member_id: UUID, year: Year, db: Db, actor: Caller, today: Today) -> Any:
    return await service.member_hours(db, member_id, year=year, actor=actor, today=today)
