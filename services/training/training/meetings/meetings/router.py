from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, CurrentActor
from kit.clock import Now
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from training.meetings.meetings import models, queries, service
from training.meetings.meetings.errors import MeetingAlreadyPlanned
from training.meetings.meetings.models import Meeting
from training.meetings.meetings.schemas import (
    Cancellation,
    HistoryEntry,
    MeetingChange,
    MeetingDetail,
    MeetingListing,
    MeetingPlan,
    MeetingRead,
    ParticipantsChoice,
)
from training.meetings.meetings.service import MEETINGS

router = business_router("/api/v1/training/meetings", ["组织生活与培训"])
Wanted = Annotated[MeetingListing, Depends(query_of(MeetingListing))]


async def detail(db: AsyncSession, response: Response, meeting: Meeting, actor: Actor, now: datetime) -> MeetingDetail:
    return await service.describe(db, await MEETINGS.answer(db, meeting, response), actor, now)


@router.get("", summary="查询会议和培训班")
async def list_meetings(wanted: Wanted, db: Db, actor: CurrentActor) -> Page[MeetingRead]:
    return await MEETINGS.page(db, actor, wanted)


@router.get("/export", summary="导出会议和培训班", response_class=Response, responses=FILE_ANSWER)
async def export_meetings(wanted: Wanted, to: ExportTo) -> Response:
    return await MEETINGS.export(wanted, to)


@router.post("", summary="安排会议或培训班", status_code=201)
async def plan_meeting(body: MeetingPlan, db: Db, actor: CurrentActor, now: Now, response: Response) -> MeetingDetail:
    meeting = await service.plan_meeting(db, body, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)


@router.get("/{meeting_id}", summary="查看会议")
async def read_meeting(meeting_id: UUID, db: Db, actor: CurrentActor, now: Now, response: Response) -> MeetingDetail:
    return await service.describe(db, await MEETINGS.show(db, actor, meeting_id, response), actor, now)


@router.patch("/{meeting_id}", summary="修改尚未确认的会议")
async def change_meeting(
    meeting_id: UUID, body: MeetingChange, version: IfMatch, db: Db, actor: CurrentActor, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.change_meeting(db, meeting_id, body, expected_version=version, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)


@router.put("/{meeting_id}/participants", summary="重新确定应到人员")
async def choose_participants(
    meeting_id: UUID,
    body: ParticipantsChoice,
    version: IfMatch,
    db: Db,
    actor: CurrentActor,
    now: Now,
    response: Response,
) -> MeetingDetail:
    meeting = await service.choose_participants(
        db, meeting_id, body.participant_ids, expected_version=version, actor=actor
    )
    return await detail(db, response, meeting, actor, now)


@router.post("/{meeting_id}/cancellation", summary="取消会议")
async def cancel_meeting(
    meeting_id: UUID, body: Cancellation, version: IfMatch, db: Db, actor: CurrentActor, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.cancel_meeting(db, meeting_id, body.reason, expected_version=version, actor=actor)
    return await detail(db, response, meeting, actor, now)


@router.get("/{meeting_id}/history", summary="查看会议的变更历史")
async def read_meeting_history(meeting_id: UUID, db: Db, actor: CurrentActor) -> Page[HistoryEntry]:
    await MEETINGS.require(db, actor, meeting_id)
    rows = await db.execute(queries.history_of(meeting_id))
    return Page(items=[HistoryEntry.model_validate(row) for row in rows])


DOMAIN = Domain(
    routers=[router],
    tables=models,
    constraint_errors={"uq_meetings_organization_id_kind_starts_at": MeetingAlreadyPlanned},
)
