"""Hours of each member in a year: attendance confirmed plus gaps made up, against the requirement of that year."""

from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Numeric,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on

from kit.access import Actor
from roster.models import Affiliation, Member, PartyOrganization
from roster.queries import leaders_on, party_members
from training.kinds import MeetingState, RequirementGroup
from training.meetings.make_ups import queries as make_ups
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant
from training.reference.policies.models import StudyHourRequirement
from training.studies.study_hours import rules

NO_HOURS = cast(0, Numeric(8, 2))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(actor.reaches(PartyOrganization.path), actor.is_self(Member.id))


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
        .where(make_ups.STANDS, MakeUp.made_up_on.between(first, last))
    )
    every = union_all(attended, made_up).subquery()
    total = (func.sum(every.c.hours).label("hours"), func.sum(every.c.superior_classes).label("superior_classes"))
    return select(every.c.member_id, *total).group_by(every.c.member_id).subquery("credits")


def study_hours(year: int, today: date, who: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Who, where, whether a leader, hours and classes, those required, and whether that is met; of a district's own
    requirement and the default the former counts, read once for all people.
    """
    last = rules.last_counted_day(year, today)
    credit = credits_between(rules.first_day(year), last)
    people = (
        party_members(last)
        .outerjoin(credit, credit.c.member_id == Member.id)
        .where(who)
        .with_only_columns(
            Member.id.label("member_id"),
            Member.name.label("member_name"),
            Affiliation.organization_id,
            PartyOrganization.name.label("organization_name"),
            Member.root_id,
            Member.id.in_(leaders_on(last)).label("is_leader"),
            func.coalesce(credit.c.hours, NO_HOURS).label("hours"),
            func.coalesce(credit.c.superior_classes, 0).label("superior_classes"),
        )
        .subquery("people")
    )
    required = _required(rules.cut(year))
    group = case((people.c.is_leader, RequirementGroup.LEADER.value), else_=RequirementGroup.MEMBER.value)
    is_theirs = and_(required.c.root_id == people.c.root_id, cast(required.c.group, String) == group)
    met = and_(people.c.hours >= required.c.hours, people.c.superior_classes >= required.c.superior_classes)
    measured = (
        select(
            *(column for column in people.c if column.name != "root_id"),
            required.c.hours.label("required"),
            required.c.superior_classes.label("required_superior_classes"),
            met.label("is_met"),
        )
        .join(required, is_theirs)
        .subquery("measured")
    )
    return select(*measured.c)


def _required(day: date) -> Subquery:
    """For each district and group the row in force: its own before the default, the latest that has begun."""
    rows = StudyHourRequirement
    district = select(PartyOrganization.root_id).distinct().subquery("district").c
    columns = (district.root_id, rows.group, rows.hours, rows.superior_classes)
    query = select(*columns).join(rows, or_(rows.root_id.is_(None), rows.root_id == district.root_id))
    return (
        query.where(rows.effective_from <= day)
        .ext(distinct_on(district.root_id, rows.group))
        .order_by(district.root_id, rows.group, rows.root_id.is_(None), rows.effective_from.desc())
        .subquery("required")
    )


def by_member(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(query.selected_columns.member_id)
