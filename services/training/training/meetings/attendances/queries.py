from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select

from kit.access import Actor
from records.listing import Where
from roster.models import Member
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.queries import is_managed_by


def is_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Everybody expected at the meetings the actor manages."""
    return Participant.meeting_id.in_(select(Meeting.id).where(is_managed_by(actor)))


def named_like() -> Where:
    return Where(
        lambda text: Participant.member_id.in_(select(Member.id).where(Member.name.icontains(text, autoescape=True)))
    )


def check_ins_of(meeting_id: UUID) -> Select[*tuple[Any, ...]]:
    query = select(Participant.member_id, Participant.checked_in_at)
    return query.where(Participant.meeting_id == meeting_id)


def outcome_of(meeting_id: UUID) -> Select[UUID, bool, Any, bool]:
    query = select(Participant.member_id, Participant.attended, Participant.hours, Participant.spoke)
    return query.where(Participant.meeting_id == meeting_id).order_by(Participant.member_id)
