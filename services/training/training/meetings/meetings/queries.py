from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor, within
from kit.events.log import event_log
from roster import queries as roster
from roster.models import Member, PartyOrganization
from roster.rules import FORMAL
from training.kinds import Audience, MeetingKind, MeetingState
from training.meetings.meetings.models import Meeting, Participant, Reopening
from training.meetings.meetings.rules import Votes


def is_managed_by(actor: Actor) -> ColumnElement[bool]:
    below = select(PartyOrganization.id).where(actor.reaches(PartyOrganization.path))
    return Meeting.organization_id.in_(below)


async def does_manage(db: AsyncSession, actor: Actor, meeting: Meeting) -> bool:
    query = select(Meeting.id).where(Meeting.id == meeting.id, is_managed_by(actor))
    return await db.scalar(query) is not None


def is_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Meetings below the actor's organisations, and those where the actor is expected in person."""
    own = exists().where(Participant.meeting_id == Meeting.id, actor.is_self(Participant.member_id))
    return or_(is_managed_by(actor), own)


def visible_to(actor: Actor) -> Select[Meeting]:
    return select(Meeting).where(is_seen_by(actor))


async def organization_path(db: AsyncSession, organization_id: UUID) -> str:
    query = select(PartyOrganization.path).where(PartyOrganization.id == organization_id)
    return (await db.scalars(query)).one()


async def expected_people(
    db: AsyncSession, organization: PartyOrganization, audience: Audience, day: date, chosen: Sequence[UUID]
) -> list[tuple[UUID, bool]]:
    """Member ids and whether each has a vote; only people below the organisation, whatever was asked for."""
    rows = await db.execute(_people(organization, audience, day, chosen).order_by(Member.id))
    votes_by_office = audience is Audience.COMMITTEE
    return [(member_id, votes_by_office or stage == FORMAL) for member_id, stage in rows]


def _people(
    organization: PartyOrganization, audience: Audience, day: date, chosen: Sequence[UUID]
) -> Select[UUID, str]:
    everybody = roster.party_members(day)
    below = everybody.where(within(PartyOrganization.path, [organization.path]))
    if audience is Audience.MEMBERS:
        return roster.members_of(organization.id, day)
    if audience is Audience.COMMITTEE:
        return everybody.where(Member.id.in_(roster.committee_of(organization.id, day)))
    if audience is Audience.CHOSEN:
        return below.where(Member.id.in_(chosen))
    if audience is Audience.CANDIDATES:
        return roster.candidates_below(organization.path, day).where(Member.id.in_(chosen))
    if audience is Audience.SUBTREE_MEMBERS:
        return below
    only_secretaries = audience is Audience.SECRETARIES
    holders = roster.post_holders_below(organization.path, day, only_secretaries=only_secretaries)
    return everybody.where(Member.id.in_(holders))


async def count_votes(db: AsyncSession, meeting_id: UUID) -> tuple[int, Votes]:
    """How many attended, and the votes expected and present."""
    columns = (
        func.count().filter(Participant.attended),
        func.count().filter(Participant.has_vote),
        func.count().filter(Participant.has_vote, Participant.attended),
    )
    attended, expected, present = (await db.execute(select(*columns).where(Participant.meeting_id == meeting_id))).one()
    return attended, Votes(expected, present)


def others_attended_meanwhile(meeting: Meeting) -> Select[str, date, int]:
    """Confirmed classes at the same time, and how many of those present at this one were at each."""
    here = select(Participant.member_id).where(Participant.meeting_id == meeting.id, Participant.attended)
    return (
        select(Meeting.title, Meeting.held_on, func.count())
        .join(Participant, Participant.meeting_id == Meeting.id)
        .where(Meeting.kind == MeetingKind.CLASS, Meeting.state == MeetingState.CONFIRMED, Meeting.id != meeting.id)
        .where(Meeting.starts_at < meeting.ends_at, Meeting.ends_at > meeting.starts_at)
        .where(Participant.attended, Participant.member_id.in_(here))
        .group_by(Meeting.id)
        .order_by(Meeting.starts_at, Meeting.id)
    )


def lock_present(meeting_id: UUID) -> Select[UUID]:
    """Those present, so that two classes of one time are not confirmed side by side."""
    here = select(Participant.member_id).where(Participant.meeting_id == meeting_id, Participant.attended)
    return select(Member.id).where(Member.id.in_(here)).order_by(Member.id).with_for_update(key_share=True)


def reopenings_of(meeting_id: UUID) -> Select[Reopening]:
    return select(Reopening).where(Reopening.meeting_id == meeting_id).order_by(Reopening.id)


def history_of(meeting_id: UUID) -> Select[*tuple[Any, ...]]:
    log = event_log.c
    query = select(log.type, log.subject_version.label("version"), log.time, log.actor)
    return query.where(log.subject == meeting_id).order_by(log.tx, log.seq).limit(500)
