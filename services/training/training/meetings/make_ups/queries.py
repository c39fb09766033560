from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, literal, or_, select
from sqlalchemy.orm import aliased

from kit.access import Actor
from kit.database import stored_enum
from records.listing import Where
from training.kinds import MakeUpState
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting
from training.reference.projections.models import Member, PartyOrganization
from training.reference.projections.queries import ids_at_or_below

STATE = stored_enum(MakeUpState)


def is_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Gaps of members below the actor's organisations, and the actor's own."""
    below = (
        select(Member.id)
        .join(PartyOrganization, PartyOrganization.id == Member.organization_id)
        .where(actor.reaches(PartyOrganization.path))
    )
    return or_(MakeUp.member_id.in_(below), actor.is_self(MakeUp.member_id))


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
