from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select

from kit.access import Actor
from training.kinds import MakeUpState
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.queries import ids_at_or_below
from training.reference.projections.models import Member, PartyOrganization


@dataclass(frozen=True, slots=True)
class MakeUpFilter:
    state: MakeUpState | None
    member_id: UUID | None
    meeting_id: UUID | None
    organization_id: UUID | None


def visible_to(actor: Actor) -> Select[MakeUp]:
    """Gaps of members below the actor's organisations, and the actor's own."""
    below = (
        select(Member.id)
        .join(PartyOrganization, PartyOrganization.id == Member.organization_id)
        .where(actor.reaches(PartyOrganization.path))
    )
    return select(MakeUp).where(or_(MakeUp.member_id.in_(below), actor.is_self(MakeUp.member_id)))


def filtered(query: Select[MakeUp], wanted: MakeUpFilter, today: date) -> Select[MakeUp]:
    if wanted.member_id is not None:
        query = query.where(MakeUp.member_id == wanted.member_id)
    if wanted.meeting_id is not None:
        query = query.where(MakeUp.meeting_id == wanted.meeting_id)
    if wanted.organization_id is not None:
        members = select(Member.id).where(Member.organization_id.in_(ids_at_or_below(wanted.organization_id)))
        query = query.where(MakeUp.member_id.in_(members))
    if wanted.state is MakeUpState.DONE:
        return query.where(MakeUp.made_up_on.is_not(None))
    if wanted.state is MakeUpState.OVERDUE:
        return query.where(MakeUp.made_up_on.is_(None), MakeUp.due_on < today)
    if wanted.state is MakeUpState.DUE:
        return query.where(MakeUp.made_up_on.is_(None), MakeUp.due_on >= today)
    return query
