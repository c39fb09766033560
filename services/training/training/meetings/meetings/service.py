from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.calendar import day_of
from kit.etags import check_version
from kit.ids import uuid7
from records.events import record_event
from records.registers import Register
from roster.models import PartyOrganization
from roster.queries import is_demonstration_point, name_of, organization_within
from training.kinds import Audience, ClassKind, MeetingKind, MeetingState
from training.meetings.meetings import errors, queries, rules
from training.meetings.meetings.events import (
    MeetingCancelled,
    MeetingChanged,
    MeetingEvent,
    MeetingPlanned,
    ParticipantsChosen,
)
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.schemas import (
    MeetingChange,
    MeetingDetail,
    MeetingLinks,
    MeetingPlan,
    MeetingRead,
    Permissions,
    ReopeningRead,
)
from training.reference.policies.models import TrainingLimit
from training.reference.policies.queries import limits_on

Known = Row[UUID, bool, bool]
ELECTING = (MeetingKind.BRANCH_ASSEMBLY, MeetingKind.BRANCH_COMMITTEE)
MEETINGS = Register(
    "会议和培训班",
    Meeting,
    MeetingRead,
    errors.MeetingNotFound,
    queries.is_seen_by,
    derived={
        "organization_name": name_of(Meeting.organization_id),
        "visited_organization_name": name_of(Meeting.visited_organization_id),
    },
)


async def plan_meeting(
    db: AsyncSession, plan: MeetingPlan, *, actor: Actor, now: datetime, series: UUID | None = None
) -> Meeting:
    organization = await organization_within(db, actor.paths, plan.organization_id)
    if organization is None:
        raise problems.NotFound
    audience = check_plan(plan, organization)
    meeting = Meeting(
        **plan.model_dump(exclude={"participant_ids", "audience"}),
        id=uuid7(),
        audience=audience,
        root_id=organization.root_id,
        held_on=day_of(plan.starts_at),
        is_by_superior=plan.kind is MeetingKind.CLASS,
        planned_by=actor.subject,
        recorded_at=now,
        series=series,
    )
    await settle_length(db, meeting, today=day_of(now))
    await refuse_other_places(db, meeting)
    people = await choose_people(db, meeting, organization, plan.participant_ids)
    meeting.expected = len(people)
    db.add(meeting)
    await db.flush()
    if people:
        await db.execute(insert(Participant), [_row(meeting, *person) for person in people])
    await record_state(db, meeting, MeetingPlanned, organization.path, actor)
    return meeting


def check_plan(plan: MeetingPlan, organization: PartyOrganization) -> Audience:
    if not organization.is_active:
        raise errors.InactiveOrganization
    if not rules.may_hold(organization.kind, plan.kind):
        raise errors.WrongOrganizationKind(kind=plan.kind.label)
    if (plan.kind is MeetingKind.CLASS) != (plan.class_kind is not None):
        raise errors.ClassKindMismatch
    if plan.has_election and plan.kind not in ELECTING:
        raise errors.ElectionNotPossible
    is_exchange = plan.kind is MeetingKind.EXCHANGE
    if any((given is not None) != is_exchange for given in (plan.direction, plan.host_name)):
        raise errors.ExchangeMismatch
    if (plan.kind is MeetingKind.SITE_VISIT) != (plan.visited_organization_id is not None):
        raise errors.VisitMismatch
    audience = rules.settled_audience(plan.kind, plan.audience)
    of_candidates = plan.class_kind is ClassKind.DEVELOPMENT
    if audience is None or of_candidates != (audience is Audience.CANDIDATES):
        raise errors.AudienceMismatch(kind=plan.kind.label)
    return audience


async def settle_length(db: AsyncSession, meeting: Meeting, *, today: date) -> None:
    """Day and hours from the times; a meeting too old to be confirmed is refused from the start."""
    meeting.held_on, last = day_of(meeting.starts_at), rules.last_day(meeting.ends_at)
    length = meeting.ends_at - meeting.starts_at
    if not rules.fits_duration(meeting.duration, meeting.kind, meeting.held_on, last, length):
        raise errors.LengthMismatch
    limits = await limits_on(db, meeting.root_id, meeting.held_on)
    refuse_too_old(meeting, limits, today)
    conversion = rules.Conversion(limits.full_day_hours, limits.half_day_hours)
    days = (last - meeting.held_on).days + 1
    meeting.hours = rules.hours_of(meeting.duration, meeting.starts_at, meeting.ends_at, days, conversion)


async def refuse_other_places(db: AsyncSession, meeting: Meeting) -> None:
    """What is visited is a demonstration point of the same district on the day."""
    visited = meeting.visited_organization_id
    if visited is None:
        return
    place = await db.get(PartyOrganization, visited)
    is_here = place is not None and place.root_id == meeting.root_id
    if not is_here or not await is_demonstration_point(db, visited, meeting.held_on):
        raise errors.NotADemonstrationPoint(day=meeting.held_on)


def refuse_too_old(meeting: Meeting, limits: TrainingLimit, today: date) -> None:
    """What a superior has opened again may be confirmed again, however old."""
    due = rules.last_confirmation_day(meeting.held_on, limits.confirmation_days)
    if today > due and not meeting.confirmations:
        raise errors.MeetingTooOld(first=today - timedelta(days=limits.confirmation_days))


async def choose_people(
    db: AsyncSession, meeting: Meeting, organization: PartyOrganization, chosen: Sequence[UUID] | None
) -> list[tuple[UUID, bool]]:
    if (meeting.audience in rules.NAMED) != (chosen is not None):
        raise errors.ChosenParticipantsMismatch
    wanted = set(chosen or ())
    if meeting.audience is Audience.PUBLIC:
        return []
    people = await queries.expected_people(db, organization, meeting.audience, meeting.held_on, list(wanted))
    if wanted and len(people) != len(wanted):
        raise errors.UnknownParticipant(count=len(wanted) - len(people))
    if not people:
        raise errors.NobodyExpected
    return people


async def change_meeting(
    db: AsyncSession, meeting_id: UUID, change: MeetingChange, *, expected_version: int, actor: Actor, now: datetime
) -> Meeting:
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    for name, value in change.model_dump(exclude_unset=True).items():
        setattr(meeting, name, value)
    if meeting.has_election and meeting.kind not in ELECTING:
        raise errors.ElectionNotPossible
    await settle_length(db, meeting, today=day_of(now))
    await refuse_other_places(db, meeting)
    await record_state(db, meeting, MeetingChanged, await queries.organization_path(db, meeting.organization_id), actor)
    return meeting


async def choose_participants(
    db: AsyncSession, meeting_id: UUID, chosen: Sequence[UUID] | None, *, expected_version: int, actor: Actor
) -> Meeting:
    """Name the expected again; whoever is already present stays with the meeting."""
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    organization = await organization_within(db, actor.paths, meeting.organization_id)
    if organization is None:
        raise problems.NotFound
    people = dict(await choose_people(db, meeting, organization, chosen))
    known = await _known(db, meeting)
    gone = known.keys() - people.keys()
    if gone and meeting.confirmations:
        raise errors.MeetingReopened
    if any(known[member_id].attended for member_id in gone):
        raise errors.ParticipantAlreadyPresent
    await _expect(db, meeting, people, known)
    await db.flush()
    await record_state(db, meeting, ParticipantsChosen, organization.path, actor)
    return meeting


async def expect_as_held(db: AsyncSession, meeting: Meeting, *, today: date) -> None:
    """From its day on a meeting expects who belongs to it that day, not who did when it was planned.

    Of people named one by one the members of that day stay. Whoever left before does not count, even if present.
    What was confirmed once has been told, so a reopened meeting keeps its people.
    """
    if today < meeting.held_on or meeting.confirmations or meeting.audience is Audience.PUBLIC:
        return
    organization = await db.get_one(PartyOrganization, meeting.organization_id)
    known = await _known(db, meeting)
    people = await queries.expected_people(db, organization, meeting.audience, meeting.held_on, list(known))
    if not people:
        raise errors.NobodyExpected
    await _expect(db, meeting, dict(people), known)


async def _expect(db: AsyncSession, meeting: Meeting, people: Mapping[UUID, bool], known: Mapping[UUID, Known]) -> None:
    here = Participant.meeting_id == meeting.id
    gone = known.keys() - people.keys()
    await db.execute(delete(Participant).where(here, Participant.member_id.in_(gone)))
    turned = [one for one in known.keys() - gone if known[one].has_vote != people[one]]
    turn = update(Participant).where(here, Participant.member_id.in_(turned)).values(has_vote=~Participant.has_vote)
    await db.execute(turn.execution_options(synchronize_session=False))
    added = [_row(meeting, member_id, vote) for member_id, vote in people.items() if member_id not in known]
    if added:
        await db.execute(insert(Participant), added)
    meeting.expected = len(people)


async def cancel_meeting(
    db: AsyncSession, meeting_id: UUID, reason: str, *, expected_version: int, actor: Actor
) -> Meeting:
    meeting = await lock_planned(db, meeting_id, actor, expected_version)
    if meeting.confirmations:
        raise errors.MeetingReopened
    meeting.state, meeting.cancel_reason = MeetingState.CANCELLED, reason
    await record_state(
        db, meeting, MeetingCancelled, await queries.organization_path(db, meeting.organization_id), actor
    )
    return meeting


async def lock_managed(db: AsyncSession, meeting_id: UUID, actor: Actor) -> Meeting:
    query = select(Meeting).where(Meeting.id == meeting_id, queries.is_managed_by(actor))
    meeting = await db.scalar(query.with_for_update())
    if meeting is None:
        raise errors.MeetingNotFound
    return meeting


async def lock_planned(
    db: AsyncSession, meeting_id: UUID, actor: Actor, expected_version: int | None = None
) -> Meeting:
    """The meeting, locked against check-ins and everybody else, if it can still change."""
    meeting = await lock_managed(db, meeting_id, actor)
    refuse_settled(meeting)
    if expected_version is not None:
        check_version(meeting, expected_version)
    return meeting


def refuse_settled(meeting: Meeting) -> None:
    if meeting.state is MeetingState.CONFIRMED:
        raise errors.MeetingAlreadyConfirmed
    if meeting.state is MeetingState.CANCELLED:
        raise errors.MeetingCancelled


async def describe(db: AsyncSession, meeting: MeetingRead, actor: Actor, now: datetime) -> MeetingDetail:
    """What a caller may do with the meeting now, until when, and where its history is."""
    limits = await limits_on(db, meeting.root_id, meeting.held_on)
    due = rules.last_confirmation_day(meeting.held_on, limits.confirmation_days)
    query = select(Meeting.id).where(Meeting.id == meeting.id, queries.is_managed_by(actor))
    is_open = meeting.state is MeetingState.PLANNED and await db.scalar(query) is not None
    is_again = meeting.confirmations > 0
    return MeetingDetail.model_construct(
        **meeting.__dict__,
        permissions=Permissions(
            may_change=is_open,
            may_record_attendance=is_open,
            may_confirm=is_open and rules.is_over(meeting.ends_at, now) and (day_of(now) <= due or is_again),
            may_cancel=is_open and not is_again,
        ),
        due_on=due if meeting.state is MeetingState.PLANNED else None,
        reopenings=[ReopeningRead.model_validate(one) for one in await db.scalars(queries.reopenings_of(meeting.id))],
        links=MeetingLinks(history=f"/api/v1/training/meetings/{meeting.id}/history"),
    )


async def record_state(db: AsyncSession, meeting: Meeting, kind: type[MeetingEvent], path: str, actor: Actor) -> None:
    await db.flush()
    payload = kind(
        meeting_id=meeting.id,
        organization_id=meeting.organization_id,
        kind=meeting.kind,
        title=meeting.title,
        held_on=meeting.held_on,
        hours=meeting.hours,
        state=meeting.state,
        expected=meeting.expected,
    )
    await record_event(
        db, payload, subject=meeting.id, version=meeting.version, root_id=meeting.root_id, path=path, actor=actor
    )


def _row(meeting: Meeting, member_id: UUID, has_vote: bool) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "meeting_id": meeting.id,
        "member_id": member_id,
        "root_id": meeting.root_id,
        "has_vote": has_vote,
    }


async def _known(db: AsyncSession, meeting: Meeting) -> dict[UUID, Known]:
    query = select(Participant.member_id, Participant.attended, Participant.has_vote)
    return {row.member_id: row for row in await db.execute(query.where(Participant.meeting_id == meeting.id))}
