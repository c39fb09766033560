from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from kit.access import CurrentActor
from kit.clock import Now, Today
from kit.database import Db
from kit.domains import Domain
from kit.etags import IfMatch, tag
from kit.paging import Page
from kit.routing import business_router
from records.files import FILE_ANSWER, ExportTo
from records.listing import query_of
from training.meetings.attendances import check_ins, models, reopenings, service
from training.meetings.attendances.schemas import (
    AttendanceCount,
    AttendanceList,
    AttendanceReopen,
    CheckIn,
    CheckInRead,
    CodeIssue,
    CodeRead,
    Confirmation,
    ParticipantListing,
    ParticipantRead,
)
from training.meetings.meetings.router import detail
from training.meetings.meetings.schemas import MeetingDetail

router = business_router("/api/v1/training", ["考勤"])
Wanted = Annotated[ParticipantListing, Depends(query_of(ParticipantListing))]


@router.get("/meetings/{meeting_id}/attendances", summary="查看应到人员和考勤")
async def list_attendances(
    meeting_id: UUID, wanted: Wanted, db: Db, actor: CurrentActor, response: Response
) -> Page[ParticipantRead]:
    meeting = await service.managed(db, meeting_id, actor=actor)
    tag(response, meeting)
    return await service.expected_at(meeting).page(db, actor, wanted)


@router.get(
    "/meetings/{meeting_id}/attendances/export",
    summary="导出应到人员和考勤",
    response_class=Response,
    responses=FILE_ANSWER,
)
async def export_attendances(meeting_id: UUID, wanted: Wanted, to: ExportTo) -> Response:
    meeting = await service.managed(to.db, meeting_id, actor=to.actor)
    return await service.expected_at(meeting).export(wanted, to)


@router.get("/meetings/{meeting_id}/attendance-count", summary="查看到会人数和表决权人数")
async def count_attendance(meeting_id: UUID, db: Db, actor: CurrentActor, response: Response) -> AttendanceCount:
    meeting = await service.managed(db, meeting_id, actor=actor)
    tag(response, meeting)
    return await service.count_attendance(db, meeting)


@router.put("/meetings/{meeting_id}/attendances", summary="登记考勤名单(整份替换)")
async def record_attendances(
    meeting_id: UUID,
    body: AttendanceList,
    version: IfMatch,
    db: Db,
    actor: CurrentActor,
    today: Today,
    response: Response,
) -> AttendanceCount:
    counted = await service.record_list(db, meeting_id, body.items, expected_version=version, actor=actor, today=today)
    tag(response, counted)
    return counted


@router.post("/meetings/{meeting_id}/check-in-codes", summary="生成签到码(原有的随即作废)", status_code=201)
async def issue_check_in_code(
    meeting_id: UUID, body: CodeIssue, version: IfMatch, db: Db, actor: CurrentActor, now: Now, response: Response
) -> CodeRead:
    issued = await check_ins.issue_code(db, meeting_id, body, expected_version=version, actor=actor, now=now)
    tag(response, issued)
    return issued


@router.post("/check-ins", summary="凭签到码签到", status_code=201)
async def check_in(body: CheckIn, db: Db, actor: CurrentActor, now: Now) -> CheckInRead:
    return await check_ins.check_in(db, body.code, actor=actor, now=now)


@router.post("/meetings/{meeting_id}/confirmation", summary="确认考勤(之后只有上级能重新打开)", status_code=201)
async def confirm_meeting(
    meeting_id: UUID, body: Confirmation, version: IfMatch, db: Db, actor: CurrentActor, now: Now, response: Response
) -> MeetingDetail:
    meeting = await service.confirm_meeting(db, meeting_id, body, expected_version=version, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)


@router.post("/meetings/{meeting_id}/reopening", summary="由上级重新打开已确认的考勤", status_code=201)
async def reopen_attendance(
    meeting_id: UUID,
    body: AttendanceReopen,
    version: IfMatch,
    db: Db,
    actor: CurrentActor,
    now: Now,
    response: Response,
) -> MeetingDetail:
    meeting = await reopenings.reopen(db, meeting_id, body.reason, expected_version=version, actor=actor, now=now)
    return await detail(db, response, meeting, actor, now)


DOMAIN = Domain(routers=[router], tables=models)
