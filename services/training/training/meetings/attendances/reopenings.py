"""The superior opens a confirmed attendance again; its next confirmation corrects what followed from the last one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from kit.ids import uuid7
from records.events import record_event
from roster.models import PartyOrganization
from training.kinds import MeetingState
from training.meetings.attendances.events import AttendanceReopened
from training.meetings.meetings import rules
from training.meetings.meetings.models import Meeting, Participant, Reopening
from training.meetings.meetings.service import lock_managed


class MeetingNotConfirmed(problems.Conflict):
    code = "meeting-not-confirmed"
    detail = "考勤尚未确认,不必重新打开"


class NotTheSuperior(problems.Forbidden):
    code = "not-the-superior"
    detail = "已确认的考勤只能由上级党组织重新打开"


async def reopen(
    db: AsyncSession, meeting_id: UUID, reason: str, *, expected_version: int, actor: Actor, now: datetime
) -> Meeting:
    """Attendance can be corrected and confirmed again; points stand as they were told until then."""
    meeting = await lock_managed(db, meeting_id, actor)
    organization = await db.get_one(PartyOrganization, meeting.organization_id)
    if not rules.is_superior(actor.paths, organization.path, has_superior=organization.parent_id is not None):
        raise NotTheSuperior
    if meeting.confirmed_at is None or meeting.confirmed_by is None:
        raise MeetingNotConfirmed
    check_version(meeting, expected_version)
    reopening = Reopening(
        id=uuid7(),
        meeting_id=meeting.id,
        root_id=meeting.root_id,
        reason=reason,
        was_confirmed_at=meeting.confirmed_at,
        was_confirmed_by=meeting.confirmed_by,
        reopened_at=now,
        reopened_by=actor.subject,
    )
    db.add(reopening)
    meeting.state, meeting.confirmed_at, meeting.confirmed_by = MeetingState.PLANNED, None, None
    meeting.is_valid, meeting.attended, meeting.confirmations = None, 0, max(meeting.confirmations, 1)
    await db.flush()
    uncredited = update(Participant).where(Participant.meeting_id == meeting.id).values(hours=None)
    await db.execute(uncredited.execution_options(synchronize_session=False))
    payload = AttendanceReopened(
        meeting_id=meeting.id,
        organization_id=meeting.organization_id,
        held_on=meeting.held_on,
        confirmations=meeting.confirmations,
    )
    await record_event(
        db,
        payload,
        subject=meeting.id,
        version=meeting.version,
        root_id=meeting.root_id,
        path=organization.path,
        actor=actor,
    )
    return meeting
