from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.clock import Now
from kit.database import Db
from kit.etags import IfMatch, tag
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.meetings.meetings import queries, service
from training.meetings.meetings.filters import MeetingFilters
from training.meetings.meetings.models import Meeting
from training.meetings.meetings.schemas import (
    Cancellation,
    HistoryEntry,
    MeetingChange,
    MeetingDetail,
    MeetingPlan,
    MeetingRead,
    ParticipantsChoice,
)

router = business_router("/api/v1/training", ["组织生活与培训"])


async def detail(db: AsyncSession, response: Response, meeting: Meeting, actor: Actor, now: datetime) -> MeetingDetail:
    tag(response, meeting)
    more = await service.describe(db, meeting, actor, now)
    return MeetingDetail.model_validate(MeetingRead.model_validate(meeting).model_dump() | more)


@router.get("/meetings", summary="查询会议和培训班", response_model=Page[MeetingRead])
async def list_meetings(db: Db, actor: Caller, wanted: MeetingFilters, page: PageOf) -> Any:
    return await paginate(db, queries.newest_first(queries.filtered(queries.visible_to(actor), wanted)), page)


@router.post("/meetings", summary="安排会议或培训班", status_code=201)
async def plan_meeting(body: MeetingPlan, db: Db, actor: Caller, now: Now, response: Response) -> MeetingDetail:
    meeting = await service.plan_meeting(db, body, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)


@router.get("/meetings/{meeting_id}", summary="查看会议")
async def read_meeting(meeting_id: UUID, db: Db, actor: Caller, now: Now, response: Response) -> MeetingDetail:
    return await detail(db, response, await service.see_meeting(db, meeting_id, actor), actor, now)


@router.patch("/meetings/{meeting_id}", summary="修改尚未确认的会议")
async def change_meeting(
    meeting_id: UUID, body: MeetingChange, version: IfMatch, db: Db, actor: Caller, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.change_meeting(db, meeting_id, body, expected_version=version, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)


@router.put("/meetings/{meeting_id}/participants", summary="重新确定应到人员")
async def choose_participants(
    meeting_id: UUID, body: ParticipantsChoice, version: IfMatch, db: Db, actor: Caller, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.choose_participants(
        db, meeting_id, body.participant_ids, expected_version=version, actor=actor
    )
    return await detail(db, response, meeting, actor, now)


@router.post("/meetings/{meeting_id}/cancellation", summary="取消会议")
async def cancel_meeting(
    meeting_id: UUID, body: Cancellation, version: IfMatch, db: Db, actor: Caller, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.cancel_meeting(db, meeting_id, body.reason, expected_version=version, actor=actor)
    return await detail(db, response, meeting, actor, now)


@router.get("/meetings/{meeting_id}/history", summary="查看会议的变更历史")
async def read_meeting_history(meeting_id: UUID, db: Db, actor: Caller) -> list[HistoryEntry]:
    await service.see_meeting(db, meeting_id, actor)
    rows = await db.execute(queries.history_of(meeting_id))
    return [HistoryEntry.model_validate(row) for row in rows]
