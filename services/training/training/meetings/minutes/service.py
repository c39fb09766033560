from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version, check_version_unless_new
from records.columns import touch
from records.events import record_event
from training.kinds import MeetingState
from training.meetings.meetings import queries as meetings
from training.meetings.meetings.errors import MeetingCancelled, MeetingNotFound
from training.meetings.meetings.models import Meeting
from training.meetings.meetings.service import MEETINGS
from training.meetings.minutes.events import MinutesApproved, MinutesEvent, MinutesSupplemented, MinutesWritten
from training.meetings.minutes.models import Addendum, Minutes
from training.meetings.minutes.schemas import AddendumRead, MinutesRead


class MinutesLocked(problems.Conflict):
    code = "minutes-locked"
    detail = "会议记录已锁定,只能补充更正"


class MinutesNotLocked(problems.Conflict):
    code = "minutes-not-locked"
    detail = "会议记录尚未锁定,请直接修改"


class MinutesNotFixed(problems.Conflict):
    code = "minutes-not-fixed"
    detail = "会议记录尚未审定,审定后应到人员可以查看"


class MinutesMissing(problems.Conflict):
    code = "minutes-missing"
    detail = "尚无会议记录,不能审定"


async def read_minutes(db: AsyncSession, meeting_id: UUID, *, actor: Actor) -> MinutesRead:
    """Whoever is expected but keeps no minutes reads them once they are fixed."""
    meeting = await MEETINGS.require(db, actor, meeting_id)
    minutes = await db.get(Minutes, meeting_id)
    if not _is_locked(meeting, minutes) and not await meetings.does_manage(db, actor, meeting):
        raise MinutesNotFixed
    return await _read(db, meeting, minutes)


async def write_minutes(
    db: AsyncSession, meeting_id: UUID, text: str, *, expected_version: int | None, actor: Actor, now: datetime
) -> MinutesRead:
    """The first writing needs no version, every later one the version it was made from."""
    meeting = await _lock(db, meeting_id, actor)
    minutes = await db.get(Minutes, meeting_id)
    if minutes is not None:
        if expected_version is None:
            raise problems.PreconditionRequired
        check_version(minutes, expected_version)
    if _is_locked(meeting, minutes):
        raise MinutesLocked
    if minutes is None:
        minutes = Minutes(meeting_id=meeting_id, text=text, written_by=actor.subject, recorded_at=now)
        db.add(minutes)
    minutes.text = text
    await _record_minutes(db, meeting, MinutesWritten, minutes, actor)
    return await _read(db, meeting, minutes)


async def approve_minutes(
    db: AsyncSession, meeting_id: UUID, *, expected_version: int, actor: Actor, now: datetime
) -> MinutesRead:
    meeting = await _lock(db, meeting_id, actor)
    minutes = await db.get(Minutes, meeting_id)
    if minutes is None:
        raise MinutesMissing
    check_version(minutes, expected_version)
    if minutes.approved_at is not None:
        raise MinutesLocked
    minutes.approved_at, minutes.approved_by = now, actor.subject
    await _record_minutes(db, meeting, MinutesApproved, minutes, actor)
    return await _read(db, meeting, minutes)


async def are_approved(db: AsyncSession, meeting_id: UUID) -> bool:
    minutes = await db.get(Minutes, meeting_id)
    return minutes is not None and minutes.approved_at is not None


async def add_addendum(
    db: AsyncSession, meeting_id: UUID, text: str, *, expected_version: int | None, actor: Actor, now: datetime
) -> MinutesRead:
    """Where a meeting was confirmed without minutes there is no version to name."""
    meeting = await _lock(db, meeting_id, actor)
    minutes = await db.get(Minutes, meeting_id)
    if not _is_locked(meeting, minutes):
        raise MinutesNotLocked
    check_version_unless_new(minutes, expected_version)
    if minutes is not None:
        touch(minutes)
    db.add(Addendum(meeting_id=meeting_id, text=text, written_by=actor.subject, written_at=now))
    await _record_minutes(db, meeting, MinutesSupplemented, minutes, actor)
    return await _read(db, meeting, minutes)


async def _lock(db: AsyncSession, meeting_id: UUID, actor: Actor) -> Meeting:
    query = select(Meeting).where(Meeting.id == meeting_id, meetings.is_managed_by(actor))
    meeting = await db.scalar(query.with_for_update())
    if meeting is None:
        raise MeetingNotFound
    if meeting.state is MeetingState.CANCELLED:
        raise MeetingCancelled
    return meeting


def _is_locked(meeting: Meeting, minutes: Minutes | None) -> bool:
    return meeting.state is MeetingState.CONFIRMED or (minutes is not None and minutes.approved_at is not None)


async def _read(db: AsyncSession, meeting: Meeting, minutes: Minutes | None) -> MinutesRead:
    addenda = await db.scalars(select(Addendum).where(Addendum.meeting_id == meeting.id).order_by(Addendum.id))
    return MinutesRead(
        meeting_id=meeting.id,
        meeting_name=meeting.title,
        version=minutes.version if minutes else 0,
        text=minutes.text if minutes else None,
        is_locked=_is_locked(meeting, minutes),
        approved_at=minutes.approved_at if minutes else None,
        approved_by=minutes.approved_by if minutes else None,
        addenda=[AddendumRead.model_validate(addendum) for addendum in addenda],
    )


async def _record_minutes(
    db: AsyncSession, meeting: Meeting, kind: type[MinutesEvent], minutes: Minutes | None, actor: Actor
) -> None:
    await db.flush()
    await record_event(
        db,
        kind(meeting_id=meeting.id),
        subject=meeting.id,
        version=minutes.version if minutes else 0,
        root_id=meeting.root_id,
        path=await meetings.organization_path(db, meeting.organization_id),
        actor=actor,
    )
