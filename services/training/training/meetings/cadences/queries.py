"""Which branches lack which meetings: every period that is over, against the valid meetings held in it, as one set."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    String,
    Subquery,
    Uuid,
    and_,
    case,
    cast,
    column,
    exists,
    false,
    func,
    null,
    or_,
    select,
    values,
)
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by, array
from sqlalchemy.orm import aliased

from roster.models import PartyOrganization, Post
from roster.queries import in_office
from roster.rules import GROUP_KINDS
from training.kinds import COMMITTEE_POSTS, PRIMARY_KINDS, MeetingKind, MeetingState
from training.meetings.meetings.models import Meeting

BETWEEN = "|"
TEXTS = ARRAY(String)


class Due(NamedTuple):
    """A period that is over, and the kind of meeting each branch of the district owes in it."""

    root_id: UUID
    kind: str
    label: str
    first: date
    last: date


def with_committee(day: date) -> Select[UUID | None]:
    """A branch has a committee when somebody besides secretary and deputy sits in it; without one E5 asks for none."""
    return select(Post.organization_id).where(in_office(day), Post.kind.in_(COMMITTEE_POSTS))


def with_groups() -> Select[UUID | None]:
    return select(PartyOrganization.parent_id).where(PartyOrganization.kind.in_(GROUP_KINDS))


def applies(kind: Any, organization_id: Any, day: date) -> ColumnElement[bool]:
    return or_(
        kind.not_in([MeetingKind.BRANCH_COMMITTEE.value, MeetingKind.GROUP_MEETING.value]),
        and_(kind == MeetingKind.BRANCH_COMMITTEE.value, organization_id.in_(with_committee(day))),
        and_(kind == MeetingKind.GROUP_MEETING.value, organization_id.in_(with_groups())),
    )


def branches(due: Iterable[Due], year: int, day: date, seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Every branch with the number of meetings it lacks, their kinds, and each as `kind|period`."""
    lacking, superior = _lacking(list(due), year, day, seen), aliased(PartyOrganization)
    found = func.array_agg(
        aggregate_order_by(lacking.c.kind + BETWEEN + lacking.c.label, lacking.c.kind, lacking.c.first)
    )
    counted = (
        select(
            lacking.c.organization_id,
            func.count().label("missing"),
            func.array_agg(lacking.c.kind.distinct()).label("kinds"),
            found.label("found"),
        )
        .group_by(lacking.c.organization_id)
        .subquery("counted")
    )
    missing, nothing = func.coalesce(counted.c.missing, 0), array([], type_=String())
    columns = (
        PartyOrganization.id.label("organization_id"),
        PartyOrganization.name.label("organization_name"),
        PartyOrganization.parent_id.label("superior_id"),
        superior.name.label("superior_name"),
        (missing > 0).label("is_behind"),
        missing.label("missing"),
        func.coalesce(counted.c.kinds, cast(nothing, TEXTS)).label("kinds"),
        func.coalesce(counted.c.found, cast(nothing, TEXTS)).label("found"),
    )
    rows = (
        select(*columns)
        .outerjoin(superior, superior.id == PartyOrganization.parent_id)
        .outerjoin(counted, counted.c.organization_id == PartyOrganization.id)
        .where(_is_branch(), seen)
        .subquery("cadences")
    )
    return select(*rows.c)


def _is_branch() -> ColumnElement[bool]:
    return and_(PartyOrganization.is_active, PartyOrganization.kind.in_(PRIMARY_KINDS))


def _lacking(due: list[Due], year: int, day: date, seen: ColumnElement[bool]) -> Subquery:
    owed, held = _owed(due), _held(year)
    was_held = exists().where(
        held.c.branch_id == PartyOrganization.id,
        held.c.kind == owed.c.kind,
        held.c.held_on.between(owed.c.first, owed.c.last),
    )
    return (
        select(PartyOrganization.id.label("organization_id"), owed.c.kind, owed.c.label, owed.c.first)
        .join(owed, owed.c.root_id == PartyOrganization.root_id)
        .where(_is_branch(), seen, applies(owed.c.kind, PartyOrganization.id, day), ~was_held)
        .subquery("lacking")
    )


def _owed(due: list[Due]) -> FromClause:
    columns: dict[str, Any] = {"root_id": Uuid(), "kind": String(), "label": String(), "first": Date(), "last": Date()}
    if not due:
        nothing = (cast(null(), kind).label(name) for name, kind in columns.items())
        return select(*nothing).where(false()).subquery("owed")
    return values(*(column(name, kind) for name, kind in columns.items()), name="owed").data(due)


def _held(year: int) -> Subquery:
    """Valid meetings of the year, those of a group as its branch's."""
    is_group = PartyOrganization.kind.in_(GROUP_KINDS)
    branch_id = case((is_group, PartyOrganization.parent_id), else_=PartyOrganization.id)
    query = (
        select(branch_id.label("branch_id"), cast(Meeting.kind, String).label("kind"), Meeting.held_on)
        .join(PartyOrganization, PartyOrganization.id == Meeting.organization_id)
        .where(Meeting.state == MeetingState.CONFIRMED, Meeting.is_valid.is_(True))
        .where(Meeting.held_on.between(date(year, 1, 1), date(year, 12, 31)))
    )
    return query.subquery("held")
