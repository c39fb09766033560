"""Hours of each member in a year: attendance confirmed plus gaps made up, against the requirement of that year."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Numeric,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    func,
    literal,
    not_,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects.postgresql import distinct_on

from kit.access import Actor
from roster.models import Affiliation, Member, PartyOrganization
from roster.queries import leaders_on, party_members
from training.branch_sites.months.models import SiteParticipation
from training.kinds import Audience, Duration, MeetingState, RequirementGroup
from training.meetings.make_ups import queries as make_ups
from training.meetings.make_ups.models import MakeUp
from training.meetings.meetings.models import Meeting, Participant
from training.reference.policies.models import StudyHourRequirement
from training.studies.remote_classes.models import ClassViewing
from training.studies.remote_classes.queries import IS_WATCHED
from training.studies.study_hours import rules

SECONDS_OF_AN_HOUR, SECONDS_OF_A_MINUTE = 3600, 60
A_DAY = timedelta(days=1)
NO_TIME = text("'{}'::tstzmultirange")
IS_BY_CLOCK = Meeting.duration == Duration.BY_CLOCK
SECONDS = case(
    (IS_BY_CLOCK, func.extract("epoch", Meeting.ends_at - Meeting.starts_at)), else_=Meeting.hours * SECONDS_OF_AN_HOUR
)
BY_SUPERIOR = case((Meeting.is_by_superior, 1), else_=0)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(actor.reaches(PartyOrganization.path), actor.is_self(Member.id))


def credits_between(first: date, last: date, people: Select[UUID]) -> Subquery:
    """Each member's seconds and superior's classes. Meetings by the clock count for the time they really took, and
    time spent at two of them, or at one during a lesson of a day, counts once: `overlapping` is the rest.
    """
    attended, made_up = _attended(first, last, people), _made_up(first, last, people)
    every = union_all(attended, made_up, _studied_online(first, last, people), _watched(first, last, people)).subquery()
    seconds = func.sum(every.c.seconds)
    totals = (
        seconds.label("seconds"),
        (func.sum(every.c.spent) - seconds).label("overlapping"),
        cast(func.sum(every.c.superior_classes), Integer).label("superior_classes"),
    )
    return select(every.c.member_id, *totals).group_by(every.c.member_id).subquery("credits")


def _attended(first: date, last: date, people: Select[UUID]) -> Select[*tuple[Any, ...]]:
    span = func.range_agg(func.tstzrange(Meeting.starts_at, Meeting.ends_at))
    counts = Participant.hours > 0
    lesson = and_(counts, not_(IS_BY_CLOCK), Meeting.ends_at - Meeting.starts_at <= A_DAY)
    of_member = (
        select(
            Participant.member_id,
            func.coalesce(func.sum(SECONDS).filter(counts), 0).label("spent"),
            func.coalesce(func.sum(SECONDS).filter(counts, not_(IS_BY_CLOCK)), 0).label("converted"),
            func.coalesce(span.filter(counts, IS_BY_CLOCK), NO_TIME).label("by_clock"),
            func.coalesce(span.filter(lesson), NO_TIME).label("lessons"),
            func.sum(BY_SUPERIOR).label("superior_classes"),
        )
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Meeting.state == MeetingState.CONFIRMED, Participant.attended, Meeting.held_on.between(first, last))
        .where(Participant.member_id.in_(people), Meeting.audience != Audience.CANDIDATES)
        .group_by(Participant.member_id)
        .subquery("of_member")
    )
    piece = func.unnest(of_member.c.by_clock.op("-")(of_member.c.lessons)).column_valued("piece")
    length = func.extract("epoch", func.upper(piece) - func.lower(piece))
    really = select(func.coalesce(func.sum(length), 0)).correlate(of_member).scalar_subquery()
    seconds = (of_member.c.converted + really).label("seconds")
    return select(of_member.c.member_id, seconds, of_member.c.spent, of_member.c.superior_classes)


def _made_up(first: date, last: date, people: Select[UUID]) -> Select[*tuple[Any, ...]]:
    seconds = case((MakeUp.hours > 0, SECONDS), else_=0)
    return (
        select(
            MakeUp.member_id, seconds.label("seconds"), seconds.label("spent"), BY_SUPERIOR.label("superior_classes")
        )
        .join(Meeting, Meeting.id == MakeUp.meeting_id)
        .where(make_ups.STANDS, MakeUp.made_up_on.between(first, last), MakeUp.member_id.in_(people))
        .where(Meeting.audience != Audience.CANDIDATES)
    )


def _studied_online(first: date, last: date, people: Select[UUID]) -> Select[*tuple[Any, ...]]:
    """Minutes in the study columns of a site, as published for the month that ended in the year."""
    seconds = SiteParticipation.study_minutes * SECONDS_OF_A_MINUTE
    what = (seconds.label("seconds"), seconds.label("spent"), literal(0).label("superior_classes"))
    return select(SiteParticipation.member_id, *what).where(
        SiteParticipation.ends_on.between(first, last), SiteParticipation.member_id.in_(people)
    )


def _watched(first: date, last: date, people: Select[UUID]) -> Select[*tuple[Any, ...]]:
    """What counts of the remote classes watched in the year, each piece on the day it was watched."""
    seconds = cast(ClassViewing.credited_minutes, Integer) * SECONDS_OF_A_MINUTE
    what = (seconds.label("seconds"), seconds.label("spent"), literal(0).label("superior_classes"))
    query = select(ClassViewing.member_id, *what).where(IS_WATCHED, ClassViewing.watched_on.between(first, last))
    return query.where(ClassViewing.member_id.in_(people))


def _as_hours(seconds: Any) -> Any:
    """Half up to two places, once, of the whole sum."""
    hours = func.round(func.coalesce(seconds, 0) / cast(SECONDS_OF_AN_HOUR, Numeric), 2)
    return cast(hours, Numeric(8, 2))


def study_hours(year: int, today: date, who: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Who, where, whether a leader, hours and classes, those required, and whether that is met; of a district's own
    requirement and the default the former counts, read once for all people.
    """
    last = rules.last_counted_day(year, today)
    asked = party_members(last).where(who).with_only_columns(Member.id)
    credit = credits_between(rules.first_day(year), last, asked)
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
            _as_hours(credit.c.seconds).label("hours"),
            _as_hours(credit.c.overlapping).label("overlapping_hours"),
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


def required_of_members(year: int, root_id: UUID) -> Select[Decimal]:
    """The hours that every member of the district needs in the year, leaders included."""
    required = _required(rules.cut(year)).c
    is_of_members = cast(required.group, String) == RequirementGroup.MEMBER.value
    return select(required.hours).where(required.root_id == root_id, is_of_members)


def by_member(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return query.order_by(query.selected_columns.member_id)
