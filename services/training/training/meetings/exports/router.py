from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import and_

from kit.clock import Today
from kit.database import Db
from kit.routing import KitRoute
from training.actors import Caller
from training.meetings.exports import service
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.filters import MeetingFilters
from training.studies.study_hours import queries as study
from training.studies.study_hours.router import Year

router = APIRouter(prefix="/api/v1/training", tags=["导出"], route_class=KitRoute)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ANSWER: dict[int | str, dict[str, Any]] = {200: {"content": {WORKBOOK: {}}, "description": "XLSX 工作簿"}}


def workbook(content: bytes, name: str) -> Response:
    return Response(content, media_type=WORKBOOK, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@router.get("/exports/meetings", summary="导出会议和培训班", response_class=Response, responses=ANSWER)
async def export_meetings(db: Db, actor: Caller, wanted: MeetingFilters) -> Response:
    query = meetings.newest_first(meetings.filtered(meetings.visible_to(actor), wanted))
    return workbook(await service.meetings_workbook(db, query, actor=actor), "meetings.xlsx")


@router.get("/exports/study-hours", summary="导出党员年度学时", response_class=Response, responses=ANSWER)
async def export_study_hours(
    year: Year,
    db: Db,
    actor: Caller,
    today: Today,
    organization_id: Annotated[UUID | None, Query(description="该党组织及其下级")] = None,
) -> Response:
    who = study.visible_to(actor)
    if organization_id is not None:
        who = and_(who, study.below(organization_id))
    query = study.by_member(study.study_hours(year, today, who))
    return workbook(await service.study_hours_workbook(db, query, year=year, actor=actor), "study-hours.xlsx")
