from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from training.meetings.meetings.models import Participant
from training.reference.projections.models import Member


def participants_of(meeting_id: UUID) -> Select[*tuple[Any, ...]]:
    columns = (
        Participant.id,
        Participant.member_id,
        Member.name,
        Participant.has_vote,
        Participant.attended,
        Participant.checked_in_at,
        Participant.is_listed,
        Participant.absence_reason,
        Participant.hours,
    )
    query = select(*columns).outerjoin(Member, Member.id == Participant.member_id)
    return query.where(Participant.meeting_id == meeting_id)


def outcome_of(meeting_id: UUID) -> Select[UUID, bool, Any]:
    query = select(Participant.member_id, Participant.attended, Participant.hours)
    return query.where(Participant.meeting_id == meeting_id).order_by(Participant.member_id)
