from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, case, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from records.columns import touch
from records.events import Payload, record_event
from records.registers import Register
from roster.queries import member_name_of
from training.kinds import ACTIVITIES, MeetingKind, MeetingState
from training.meetings.attendances import queries, rules
from training.meetings.attendances.events import (
    ActivityConfirmed,
    AttendanceListed,
    MeetingConfirmed,
    Outcome,
    Presence,
)
from training.meetings.attendances.schemas import AttendanceCount, AttendanceLine, Confirmation, ParticipantRead
from training.meetings.make_ups.service import open_gaps, tell_made_up_again, void_gaps
from training.meetings.meetings import errors
from training.meetings.meetings import queries as meetings
from training.meetings.meetings import rules as meeting_rules
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.service import expect_as_held, lock_planned, refuse_too_old
from training.meetings.minutes.service import are_approved
from training.reference.policies.queries import kind_rule_on, limits_on

NOTHING = Decimal(0)
PARTICIPANTS = Register(
    "应到人员和考勤",
    Participant,
    ParticipantRead,
    errors.MeetingNotFound,
    queries.is_seen_by,
    derived={"member_name": member_name_of(Participant.member_id)},
)


class ListedTwice(problems.Unprocessable):
    code = "listed-twice"
    detail = "名单中同一党员出现了两次"


class NotExpected(problems.Unprocessable):
    code = "not-expected"
    detail = "名单中有 {count} 人不在应到范围内"


class ClassesOverlap(problems.Conflict):
    code = "classes-overlap"
    detail = "有 {count} 人同一时间已在{held_on}的“{title}”中登记到会,一人不能同时参加两个培训班,请先更正考勤名单"


class MinutesNotApproved(problems.Conflict):
    code = "minutes-not-approved"
    detail = "会议记录尚未审定:请先审定,或在 without_minutes_reason 中写明未审定而确认考勤的原因"


class CheckedInButListedAbsent(problems.Unprocessable):
    code = "checked-in-but-listed-absent"
    detail = "有 {count} 人已签到却登记为缺席,请注明原因"


async def record_list(
    db: AsyncSession,
    meeting_id: UUID,
    lines: Sequence[AttendanceLine],
    *,
    expected_version: int,
    actor: Actor,
    today: date,
) -> AttendanceCount:
    """The secretary's whole list: it replaces the list before it; whoever is not on it stands by the own check-in."""
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    await expect_as_held(db, meeting, today=today)
    by_member = {line.member_id: line for line in lines}
    if len(by_member) != len(lines):
        raise ListedTwice
    known = {row.member_id: row for row in await db.execute(queries.check_ins_of(meeting.id))}
    strangers = by_member.keys() - known.keys()
    if strangers:
        raise NotExpected(count=len(strangers))
    contradicted = [
        line
        for line in lines
        if rules.contradicts(
            has_checked_in=known[line.member_id].checked_in_at is not None,
            is_listed=line.attended,
            reason=line.absence_reason,
        )
    ]
    if contradicted:
        raise CheckedInButListedAbsent(count=len(contradicted))
    await _replace_list(db, meeting, lines)
    touch(meeting)
    await db.flush()
    return await _count_and_record(db, meeting, actor)


async def _replace_list(db: AsyncSession, meeting: Meeting, lines: Sequence[AttendanceLine]) -> None:
    here = Participant.meeting_id == meeting.id
    cleared = update(Participant).where(here).values(is_listed=None, absence_reason=None, spoke=False)
    await db.execute(cleared.execution_options(synchronize_session=False))
    one = update(Participant).where(here, Participant.member_id == bindparam("who"))
    marks = [
        {
            "who": line.member_id,
            "listed": line.attended,
            "reason": None if line.attended else line.absence_reason,
            "spoke": line.attended and line.spoke,
        }
        for line in lines
    ]
    if marks:
        values = one.values(is_listed=bindparam("listed"), absence_reason=bindparam("reason"), spoke=bindparam("spoke"))
        await (await db.connection()).execute(values, marks)


async def _count_and_record(db: AsyncSession, meeting: Meeting, actor: Actor) -> AttendanceCount:
    attended, votes = await meetings.count_votes(db, meeting.id)
    payload = AttendanceListed(meeting_id=meeting.id, expected=meeting.expected, attended=attended)
    path = await meetings.organization_path(db, meeting.organization_id)
    await _record(db, meeting, payload, path, actor)
    return count_of(meeting, attended, votes)


def count_of(meeting: Meeting, attended: int, votes: meeting_rules.Votes) -> AttendanceCount:
    return AttendanceCount(
        meeting_id=meeting.id,
        meeting_name=meeting.title,
        version=meeting.version,
        expected=meeting.expected,
        attended=attended,
        votes_expected=votes.expected,
        votes_present=votes.present,
        would_be_valid=validity(meeting, votes, attended),
    )


def validity(meeting: Meeting, votes: meeting_rules.Votes, attended: int) -> bool:
    return meeting_rules.is_valid(
        meeting.kind,
        votes,
        attended,
        has_election=meeting.has_election,
        guests=meeting.guests,
        enterprise_heads=meeting.enterprise_heads,
    )


async def confirm_meeting(
    db: AsyncSession,
    meeting_id: UUID,
    confirmation: Confirmation,
    *,
    expected_version: int,
    actor: Actor,
    now: datetime,
) -> Meeting:
    """Attendance becomes final until a superior opens it again (rules.md §3–4).

    Counts, hours, gaps and the one event in one transaction.
    """
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    if not meeting_rules.is_over(meeting.ends_at, now):
        raise errors.MeetingNotOver
    limits = await limits_on(db, meeting.root_id, meeting.held_on)
    refuse_too_old(meeting, limits, day_of(now))
    await expect_as_held(db, meeting, today=day_of(now))
    rule = await kind_rule_on(db, meeting.root_id, meeting.kind, meeting.held_on)
    meeting.without_minutes_reason = await _reason_without_minutes(db, meeting, confirmation)
    if meeting.kind is MeetingKind.CLASS:
        await _refuse_overlap(db, meeting)
    attended, votes = await meetings.count_votes(db, meeting.id)
    meeting.attended = attended
    meeting.is_valid = validity(meeting, votes, attended)
    meeting.state, meeting.confirmed_at, meeting.confirmed_by = MeetingState.CONFIRMED, now, actor.subject
    meeting.confirmations += 1
    await db.flush()
    credited = meeting.hours if rule.counts_hours else NOTHING
    await _credit_hours(db, meeting, credited)
    if rule.needs_make_up and meeting.is_valid:
        await open_gaps(db, meeting, hours=credited, make_up_days=limits.make_up_days, now=now)
    await void_gaps(db, meeting, still_due=rule.needs_make_up and meeting.is_valid, now=now)
    await _record_confirmed(db, meeting, actor)
    if meeting.confirmations > 1:
        await tell_made_up_again(db, meeting, actor)
    return meeting


async def _reason_without_minutes(db: AsyncSession, meeting: Meeting, given: Confirmation) -> str | None:
    """Approved minutes ask for no reason, and none is kept beside them."""
    if await are_approved(db, meeting.id):
        return None
    if given.without_minutes_reason is None:
        raise MinutesNotApproved
    return given.without_minutes_reason


async def _refuse_overlap(db: AsyncSession, meeting: Meeting) -> None:
    """Nobody learns in two classes at once: whoever confirms the later list is told which class the people were at."""
    await db.execute(meetings.lock_present(meeting.id))
    other = (await db.execute(meetings.others_attended_meanwhile(meeting).limit(1))).one_or_none()
    if other is not None:
        title, held_on, count = other
        raise ClassesOverlap(count=count, title=title, held_on=held_on)


async def _credit_hours(db: AsyncSession, meeting: Meeting, hours: Decimal) -> None:
    credit = (
        update(Participant)
        .where(Participant.meeting_id == meeting.id)
        .values(hours=case((Participant.attended, hours), else_=NOTHING))
    )
    await db.execute(credit.execution_options(synchronize_session=False))


async def _record_confirmed(db: AsyncSession, meeting: Meeting, actor: Actor) -> None:
    path = await meetings.organization_path(db, meeting.organization_id)
    outcome = (await db.execute(queries.outcome_of(meeting.id))).mappings().all()
    told: type[MeetingConfirmed | ActivityConfirmed]
    told, one = (ActivityConfirmed, Presence) if meeting.kind in ACTIVITIES else (MeetingConfirmed, Outcome)
    alike = {name: getattr(meeting, name) for name in told.model_fields if hasattr(Meeting, name)}
    payload = told(
        **alike,
        meeting_id=meeting.id,
        path=path,
        participants=[one(**{name: person[name] for name in one.model_fields}) for person in outcome],
        revision=meeting_rules.revision_of(meeting.confirmations),
    )
    await _record(db, meeting, payload, path, actor)


async def _record(db: AsyncSession, meeting: Meeting, payload: Payload, path: str, actor: Actor) -> None:
    await record_event(
        db, payload, subject=meeting.id, version=meeting.version, root_id=meeting.root_id, path=path, actor=actor
    )


def expected_at(meeting: Meeting) -> Register[Participant, ParticipantRead]:
    return replace(PARTICIPANTS, only=Participant.meeting_id == meeting.id)


async def count_attendance(db: AsyncSession, meeting: Meeting) -> AttendanceCount:
    return count_of(meeting, *await meetings.count_votes(db, meeting.id))


async def managed(db: AsyncSession, meeting_id: UUID, *, actor: Actor) -> Meeting:
    meeting = await db.scalar(select(Meeting).where(Meeting.id == meeting_id, meetings.is_managed_by(actor)))
    if meeting is None:
        raise errors.MeetingNotFound
    return meeting
