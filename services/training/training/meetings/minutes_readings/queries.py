from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from kit.access import Actor
from roster.queries import ids_at_or_below
from training.kinds import MeetingState
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.queries import is_managed_by
from training.meetings.minutes.models import Minutes
from training.meetings.minutes_readings.models import MinutesReading


def seen(actor: Actor) -> ColumnElement[bool]:
    """By the offices at and above the meeting's organisation, and by whoever was absent."""
    managed = Participant.meeting_id.in_(select(Meeting.id).where(is_managed_by(actor)))
    return or_(managed, actor.is_self(Participant.member_id))


def absent() -> ColumnElement[bool]:
    """From a meeting whose attendance is confirmed and of which there are minutes."""
    confirmed = select(Meeting.id).where(Meeting.state == MeetingState.CONFIRMED)
    of_these = Participant.meeting_id.in_(confirmed.join(Minutes, Minutes.meeting_id == Meeting.id))
    return and_(of_these, ~Participant.attended)


def of_meeting(column: Any) -> Any:
    return select(column).where(Meeting.id == Participant.meeting_id).scalar_subquery()


def of_reading(column: Any) -> Any:
    return select(column).where(MinutesReading.participant_id == Participant.id).scalar_subquery()


def meeting_below(top: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = of_meeting(Meeting.organization_id).in_(ids_at_or_below(top))
    return found


def is_signed(wanted: bool) -> ColumnElement[bool]:
    signed = exists().where(MinutesReading.participant_id == Participant.id)
    return signed if wanted else ~signed


def expected_at(meeting_id: Any, member_id: Any) -> Select[Participant]:
    return select(Participant).where(Participant.meeting_id == meeting_id, Participant.member_id == member_id)
