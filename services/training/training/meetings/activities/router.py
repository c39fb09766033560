from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.edge import BusinessDate
from kit.etags import IfMatch
from kit.routing import business_router
from training.meetings.activities import service
from training.meetings.activities.schemas import ActivityFigures, HeadCount, SeriesPlan, SeriesRead
from training.meetings.meetings.router import detail
from training.meetings.meetings.schemas import MeetingDetail

router = business_router("/api/v1/training", ["活动"])


@router.post("/meeting-series", summary="安排每周重复的活动", status_code=201)
async def plan_series(body: SeriesPlan, db: Db, actor: CurrentActor, now: Now) -> SeriesRead:
    return await service.plan_series(db, body, actor=actor, now=now)


@router.put("/meetings/{meeting_id}/heads", summary="登记活动的队数和党员以外的人数(不记个人信息)")
async def count_heads(
    meeting_id: UUID, body: HeadCount, version: IfMatch, db: Db, actor: CurrentActor, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.count_heads(db, meeting_id, body, expected_version=version, actor=actor)
    return await detail(db, response, meeting, actor, now)


@router.get("/activity-figures", summary="统计已确认的活动:场次、人次、队数和企业")
async def read_activity_figures(
    db: Db,
    actor: CurrentActor,
    today: Today,
    from_day: Annotated[BusinessDate | None, Query(title="日期起", description="默认今年第一天")] = None,
    to_day: Annotated[BusinessDate | None, Query(title="日期止", description="默认今天")] = None,
    under: Annotated[UUID | None, Query(title="该组织及其全部下级")] = None,
) -> ActivityFigures:
    begin, end = from_day or date(today.year, 1, 1), to_day or today
    return await service.read_figures(db, actor=actor, from_day=begin, to_day=end, under=under)


DOMAIN = Domain(routers=[router])
