from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, Update, and_, case, literal, or_, select, update
from sqlalchemy.orm import aliased

from kit.access import Actor
from kit.database import stored_enum
from records.listing import Where
from roster.models import Member, PartyOrganization
from roster.queries import ids_at_or_below
from training.kinds import MakeUpState
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant

STANDS = MakeUp.voided_at.is_(None)
STATE = stored_enum(MakeUpState)


def is_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Gaps of members below the actor's organisations, and the actor's own."""
    below = (
        select(Member.id)
        .join(PartyOrganization, PartyOrganization.id == Member.organization_id)
        .where(actor.reaches(PartyOrganization.path))
    )
    return and_(STANDS, or_(MakeUp.member_id.in_(below), actor.is_self(MakeUp.member_id)))


def visible_to(actor: Actor) -> Select[MakeUp]:
    return select(MakeUp).where(is_seen_by(actor))


def state_on(today: date) -> ColumnElement[MakeUpState]:
    return case(
        (MakeUp.made_up_on.is_not(None), literal(MakeUpState.DONE, STATE)),
        (MakeUp.due_on < literal(today, Date), literal(MakeUpState.OVERDUE, STATE)),
        else_=literal(MakeUpState.DUE, STATE),
    )


def of_member(column: Any) -> Any:
    """A column of the organisation the absent member belongs to."""
    person = aliased(Member)
    query = select(column).join(person, person.organization_id == PartyOrganization.id)
    return query.where(person.id == MakeUp.member_id).correlate(MakeUp).scalar_subquery()


def of_meeting(column: Any) -> Any:
    return select(column).where(Meeting.id == MakeUp.meeting_id).correlate(MakeUp).scalar_subquery()


def members_below() -> Where:
    """A filter: gaps of the members of an organisation and of all below it."""
    return Where(
        lambda top: MakeUp.member_id.in_(select(Member.id).where(Member.organization_id.in_(ids_at_or_below(top))))
    )


def named_like() -> Where:
    return Where(
        lambda text: MakeUp.member_id.in_(select(Member.id).where(Member.name.icontains(text, autoescape=True)))
    )


IS_LATE = and_(MakeUp.made_up_on.is_not(None), MakeUp.made_up_on > MakeUp.due_on)


def absent_without_gap(meeting_id: UUID) -> Select[UUID, UUID]:
    known = select(MakeUp.participant_id).where(MakeUp.meeting_id == meeting_id)
    query = select(Participant.id, Participant.member_id).where(Participant.meeting_id == meeting_id)
    return query.where(~Participant.attended, Participant.id.not_in(known))


def made_up_of(meeting_id: UUID) -> Select[MakeUp]:
    query = select(MakeUp).where(MakeUp.meeting_id == meeting_id, STANDS, MakeUp.made_up_on.is_not(None))
    return query.order_by(MakeUp.id)


def _came(*, attended: bool) -> Select[UUID]:
    return select(Participant.id).where(Participant.attended.is_(attended))


def renew(meeting_id: UUID, held_on: date, due_on: date, hours: Decimal) -> Update:
    """The gaps of those still absent, after a correction; the days of one already made up stay."""
    is_open = MakeUp.made_up_on.is_(None)
    query = (
        update(MakeUp)
        .where(MakeUp.meeting_id == meeting_id, MakeUp.participant_id.in_(_came(attended=False)))
        .values(
            voided_at=None,
            hours=hours,
            held_on=case((is_open, literal(held_on, Date)), else_=MakeUp.held_on),
            due_on=case((is_open, literal(due_on, Date)), else_=MakeUp.due_on),
            version=MakeUp.version + 1,
        )
    )
    return query.execution_options(synchronize_session=False)


def void(meeting_id: UUID, *, still_due: bool, now: datetime) -> Update:
    is_filled = MakeUp.participant_id.in_(_came(attended=True))
    is_void = is_filled if still_due else or_(is_filled, MakeUp.made_up_on.is_(None))
    query = update(MakeUp).where(MakeUp.meeting_id == meeting_id, STANDS, is_void)
    return query.values(voided_at=now, version=MakeUp.version + 1).execution_options(synchronize_session=False)
