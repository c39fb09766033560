from typing import Any
from uuid import UUID

from fastapi import Response

from kit.clock import Now
from kit.database import Db
from kit.paging import Page, PageOf, paginate
from kit.routing import business_router
from training.actors import Caller
from training.meetings.attendances import check_ins, queries, service
from training.meetings.attendances.schemas import (
    AttendanceCount,
    AttendanceList,
    CheckIn,
    CheckInRead,
    CodeIssue,
    CodeRead,
    ParticipantRead,
)
from training.meetings.meetings.models import Participant
from training.meetings.meetings.router import detail
from training.meetings.meetings.schemas import MeetingDetail
from training.meetings.versions import GivenVersion

router = business_router("/api/v1/training", ["考勤"])


@router.get("/meetings/{meeting_id}/attendances", summary="查看应到人员和考勤", response_model=Page[ParticipantRead])
async def list_attendances(meeting_id: UUID, db: Db, actor: Caller, page: PageOf) -> Any:
    await service.count_attendance(db, meeting_id, actor=actor)
    return await paginate(db, queries.participants_of(meeting_id).order_by(Participant.member_id), page)


@router.get(
    "/meetings/{meeting_id}/attendance-count", summary="查看到会人数和表决权人数", response_model=AttendanceCount
)
async def count_attendance(meeting_id: UUID, db: Db, actor: Caller) -> Any:
    return await service.count_attendance(db, meeting_id, actor=actor)


@router.put("/meetings/{meeting_id}/attendances", summary="登记考勤名单(整份替换)", response_model=AttendanceCount)
async def record_attendances(meeting_id: UUID, body: AttendanceList, db: Db, actor: Caller) -> Any:
    return await service.record_list(db, meeting_id, body.items, actor=actor)


@router.post("/meetings/{meeting_id}/check-in-codes", summary="生成签到码", status_code=201, response_model=CodeRead)
async def issue_check_in_code(meeting_id: UUID, body: CodeIssue, db: Db, actor: Caller) -> Any:
    return await check_ins.issue_code(db, meeting_id, body, actor=actor)


@router.post("/check-ins", summary="凭签到码签到", status_code=201, response_model=CheckInRead)
async def check_in(body: CheckIn, db: Db, actor: Caller, now: Now) -> Any:
    return await check_ins.check_in(db, body.code, actor=actor, now=now)


@router.post("/meetings/{meeting_id}/confirmation", summary="确认考勤(确认后不可更改)")
async def confirm_meeting(
    meeting_id: UUID, version: GivenVersion, db: Db, actor: Caller, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.confirm_meeting(db, meeting_id, expected_version=version, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)
