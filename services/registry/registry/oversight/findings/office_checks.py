"""Posts and instructors: who holds one from elsewhere or no longer should, and who serves too many or nobody."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, not_, select
from sqlalchemy.orm import aliased

from records.bitemporal import valid_on
from records.findings import found
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.liaison.instructors.queries import engaged_on
from registry.limits import limits_on
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.models import Post


def _post(day: date, *conditions: ColumnElement[bool], since: Any) -> Select[Any]:
    office, home = aliased(PartyOrganization), aliased(PartyOrganization)
    is_inside = and_(home.path >= office.path, home.path < func.left(office.path, -1) + "0")
    named = Member.name + " · " + office.name
    query = found(subject=Post.id, name=named, organization=office.id, since=since, person=Member.id)
    query = query.select_from(Post).join(Member, Member.id == Post.member_id)
    query = query.join(office, office.id == Post.organization_id).join(home, home.id == Member.organization_id)
    return query.where(
        valid_on(Post, day), *(conditions or (Member.is_active, not_(is_inside), not_(Post.is_seconded)))
    )


def held_from_elsewhere(day: date) -> Select[Any]:
    """Members of an organisation below hold posts above it as a matter of course; those from beside it do not,
    unless they are seconded."""
    return _post(day, since=Post.valid_from)


def of_departed_member(day: date) -> Select[Any]:
    return _post(day, not_(Member.is_active), since=Member.left_on)


def _instructor(day: date, **columns: Any) -> tuple[Select[Any], Any]:
    """With the number of units the instructor serves."""
    served = select(func.count()).where(
        InstructorAssignment.instructor_id == Instructor.id, valid_on(InstructorAssignment, day)
    )
    units = served.scalar_subquery()
    query = found(
        subject=Instructor.id,
        name=Instructor.name,
        organization=Instructor.organization_id,
        person=Instructor.member_id,
        value=units,
        **columns,
    )
    return query, units


def of_many_units(day: date) -> Select[Any]:
    query, units = _instructor(day)
    return query.where(engaged_on(day), units > limits_on(day)["instructor_units"])


def without_unit(day: date) -> Select[Any]:
    query, units = _instructor(day)
    return query.where(engaged_on(day), units == 0)


def released_with_units(day: date) -> Select[Any]:
    query, units = _instructor(day, since=Instructor.released_on)
    return query.where(Instructor.released_on <= day, units > 0)
