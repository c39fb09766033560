"""Check-in by code: many at once, and an early scan leaves nothing behind that could hinder the later one."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.ids import uuid7
from records.columns import touch
from records.events import record_event
from training.meetings.attendances import rules
from training.meetings.attendances.events import CheckedIn, CheckInCodeIssued
from training.meetings.attendances.models import CheckInCode
from training.meetings.attendances.rules import Moment, Window
from training.meetings.attendances.schemas import CheckInRead, CodeIssue, CodeRead
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.service import lock_planned, refuse_settled
from training.reference.policies.queries import limits_on


class UnknownCode(problems.NotFound):
    code = "unknown-check-in-code"
    detail = "签到码不正确"


class CodeVoided(problems.Conflict):
    code = "check-in-code-voided"
    detail = "这个签到码已作废,请用最新的签到码"


class CheckInNotOpen(problems.Conflict):
    code = "check-in-not-open"
    detail = "还没有到签到时间,请稍后再签"


class CheckInClosed(problems.Conflict):
    code = "check-in-closed"
    detail = "签到已结束,请联系支部登记"


class NotExpectedHere(problems.Conflict):
    code = "not-expected-here"
    detail = "您不在这次会议的应到名单中,请联系支部"


class NoMemberIdentity(problems.Forbidden):
    code = "no-member-identity"
    detail = "当前账号没有对应的党员,不能签到"


class UnsoundWindow(problems.Unprocessable):
    code = "unsound-check-in-window"
    detail = "签到时间须围绕会议时间,且开始早于截止"


async def issue_code(
    db: AsyncSession, meeting_id: UUID, wanted: CodeIssue, *, expected_version: int, actor: Actor, now: datetime
) -> CodeRead:
    """A new code voids the one before it, so that a leaked one is withdrawn by issuing another."""
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    limits = await limits_on(db, meeting.root_id, meeting.held_on)
    usual = rules.default_window(meeting.starts_at, meeting.ends_at, limits.check_in_opens_minutes)
    window = Window(wanted.opens_at or usual.opens_at, wanted.closes_at or usual.closes_at)
    if not rules.is_sound(window, meeting.starts_at, meeting.ends_at):
        raise UnsoundWindow
    code = rules.new_code(secrets.choice)
    good = (CheckInCode.meeting_id == meeting.id) & CheckInCode.voided_at.is_(None)
    await db.execute(update(CheckInCode).where(good).values(voided_at=now))
    row = CheckInCode(
        id=uuid7(),
        meeting_id=meeting.id,
        code_hash=rules.hash_of(code),
        meeting_starts_at=meeting.starts_at,
        meeting_ends_at=meeting.ends_at,
        issued_by=actor.subject,
        recorded_at=now,
        **window._asdict(),
    )
    db.add(row)
    touch(meeting)
    await db.flush()
    issued = CheckInCodeIssued(meeting_id=meeting.id, closes_at=window.closes_at)
    await record_event(db, issued, subject=row.id, root_id=meeting.root_id, actor=actor)
    return CodeRead(
        id=row.id,
        meeting_id=meeting.id,
        meeting_name=meeting.title,
        version=meeting.version,
        code=code,
        **window._asdict(),
    )


async def check_in(db: AsyncSession, code: str, *, actor: Actor, now: datetime) -> CheckInRead:
    if actor.person is None:
        raise NoMemberIdentity
    meeting, issued = await _meeting_of(db, code)
    refuse_settled(meeting)
    if issued.voided_at is not None:
        raise CodeVoided
    await _refuse_stranger(db, meeting.id, actor.person)
    moment = rules.moment_in(_window(issued, meeting), now)
    if moment is Moment.EARLY:
        raise CheckInNotOpen
    if moment is Moment.LATE:
        raise CheckInClosed
    checked_in_at = await _mark_present(db, meeting, actor, now)
    return CheckInRead(meeting_id=meeting.id, meeting_name=meeting.title, checked_in_at=checked_in_at)


async def _meeting_of(db: AsyncSession, code: str) -> tuple[Meeting, CheckInCode]:
    """The meeting under a shared lock: check-ins run side by side, a confirmation waits for them and they for it."""
    query = (
        select(Meeting, CheckInCode)
        .join(CheckInCode, CheckInCode.meeting_id == Meeting.id)
        .where(CheckInCode.code_hash == rules.hash_of(code))
        .with_for_update(read=True, of=Meeting)
    )
    found = (await db.execute(query)).one_or_none()
    if found is None:
        raise UnknownCode
    meeting, issued = found
    return meeting, issued


def _window(issued: CheckInCode, meeting: Meeting) -> Window:
    """Around the meeting as it stands now."""
    now_at = Window(meeting.starts_at, meeting.ends_at)
    given_for = Window(issued.meeting_starts_at or meeting.starts_at, issued.meeting_ends_at or meeting.ends_at)
    return rules.moved(Window(issued.opens_at, issued.closes_at), given_for, now_at)


async def _refuse_stranger(db: AsyncSession, meeting_id: UUID, person: UUID) -> None:
    query = select(Participant.id).where(Participant.meeting_id == meeting_id, Participant.member_id == person)
    if await db.scalar(query) is None:
        raise NotExpectedHere


async def _mark_present(db: AsyncSession, meeting: Meeting, actor: Actor, now: datetime) -> datetime:
    """The first scan counts; a repeated one answers with its moment."""
    here = (Participant.meeting_id == meeting.id) & (Participant.member_id == actor.person)
    first = (
        update(Participant)
        .where(here, Participant.checked_in_at.is_(None))
        .values(checked_in_at=now)
        .returning(Participant.id)
        .execution_options(synchronize_session=False)
    )
    participant_id = await db.scalar(first)
    if participant_id is None:
        return (await db.scalars(select(Participant.checked_in_at).where(here))).one() or now
    payload = CheckedIn(meeting_id=meeting.id, member_id=actor.person, checked_in_at=now)
    await record_event(db, payload, subject=participant_id, root_id=meeting.root_id, actor=actor)
    return now
