"""Hours of each member in a year: attendance confirmed plus gaps made up, against the requirement of that year."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Numeric,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    union_all,
)

from kit.access import Actor
from training.kinds import MeetingState, RequirementGroup
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant
from training.meetings.meetings.queries import ids_at_or_below
from training.reference.policies.models import StudyHourRequirement
from training.reference.policies.queries import in_force
from training.reference.projections.models import Member, PartyOrganization
from training.reference.projections.queries import leaders_on, party_members
from training.studies.study_hours import rules

NO_HOURS = cast(0, Numeric(8, 2))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(actor.reaches(PartyOrganization.path), actor.is_self(Member.id))


def below(organization_id: UUID) -> ColumnElement[bool]:
    return PartyOrganization.id.in_(ids_at_or_below(organization_id))


def credits_between(first: date, last: date) -> Subquery:
    by_superior = case((Meeting.is_by_superior, 1), else_=0).label("superior_classes")
    attended = (
        select(Participant.member_id, Participant.hours.label("hours"), by_superior)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Meeting.state == MeetingState.CONFIRMED, Participant.attended, Meeting.held_on.between(first, last))
    )
    made_up = (
        select(MakeUp.member_id, MakeUp.hours.label("hours"), by_superior)
        .join(Meeting, Meeting.id == MakeUp.meeting_id)
        .where(MakeUp.made_up_on.between(first, last))
    )
    every = union_all(attended, made_up).subquery()
    total = (func.sum(every.c.hours).label("hours"), func.sum(every.c.superior_classes).label("superior_classes"))
    return select(every.c.member_id, *total).group_by(every.c.member_id).subquery("credits")


def study_hours(year: int, today: date, who: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Rows of member_id, name, organization_id, is_leader, hours, required, superior classes and whether it is met."""
    last = rules.last_counted_day(year, today)
    credit = credits_between(rules.first_day(year), last)
    leaders = leaders_on(last)
    people = (
        party_members()
        .outerjoin(credit, credit.c.member_id == Member.id)
        .where(who)
        .with_only_columns(
            Member.id.label("member_id"),
            Member.name,
            Member.organization_id,
            Member.root_id,
            Member.id.in_(leaders).label("is_leader"),
            func.coalesce(credit.c.hours, NO_HOURS).label("hours"),
            func.coalesce(credit.c.superior_classes, 0).label("superior_classes"),
        )
        .subquery("people")
    )
    required = _required(people, StudyHourRequirement.hours, year).label("required")
    classes = _required(people, StudyHourRequirement.superior_classes, year).label("required_superior_classes")
    measured = select(people, required, classes).subquery("measured")
    met = and_(
        measured.c.hours >= measured.c.required,
        measured.c.superior_classes >= measured.c.required_superior_classes,
    )
    return select(*(column for column in measured.c if column.name != "root_id"), met.label("is_met"))


def by_member(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(query.selected_columns.member_id)


def _required(people: Subquery, column: Any, year: int) -> ScalarSelect[Any]:
    wanted = case((people.c.is_leader, RequirementGroup.LEADER.value), else_=RequirementGroup.MEMBER.value)
    rows = in_force(StudyHourRequirement, people.c.root_id, rules.cut(year)).with_only_columns(column)
    return rows.where(StudyHourRequirement.group == wanted).limit(1).correlate(people).scalar_subquery()
