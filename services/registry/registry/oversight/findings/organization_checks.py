"""What Party organisations lack: a secretary, a term, the size of their kind, or a reason to be (rules.md §2)."""

from datetime import date
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Interval, Select, Text, and_, cast, exists, func, not_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from records.bitemporal import believed, valid_on
from records.findings import found
from registry.limits import limits_on, months_from
from registry.members.members.models import Member
from registry.tree.organizations.kinds import OrganizationKind, OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import Background, PostKind
from registry.tree.posts.models import Post
from registry.tree.shapes import queries as shapes
from registry.units.units.models import CoverageLink, Unit

ORGANIZATION = PartyOrganization
SUPERIOR = func.coalesce(ORGANIZATION.parent_id, ORGANIZATION.id)
IS_ELECTED = and_(
    ORGANIZATION.is_active,
    ORGANIZATION.level.in_((OrganizationLevel.TOWN, OrganizationLevel.PRIMARY)),
)
IS_PROJECT_GROUP = ORGANIZATION.kind == OrganizationKind.PROJECT_GROUP
MONTHS = "months"


def interval(months: int) -> ColumnElement[Any]:
    return cast(f"{months} {MONTHS}", Interval)


def _about(*conditions: SQLCoreOperations[bool], by_superior: bool = False, **columns: Any) -> Select[Any]:
    responsible = SUPERIOR if by_superior else ORGANIZATION.id
    query = found(subject=ORGANIZATION.id, name=ORGANIZATION.name, organization=responsible, **columns)
    return query.where(*conditions)


def without_secretary(day: date) -> Select[Any]:
    since = shapes.vacant_since(day)
    return _about(IS_ELECTED, not_(shapes.has_secretary(day)), since=since, by_superior=True)


def without_term(_: date) -> Select[Any]:
    return _about(IS_ELECTED, ORGANIZATION.term_ends_on.is_(None), since=ORGANIZATION.founded_on)


def term_ending(day: date) -> Select[Any]:
    months = limits_on(day)["term_notice_months"]
    ends = ORGANIZATION.term_ends_on
    soon = ends.between(day, months_from(day, months))
    since = ends - interval(months)
    return _about(ORGANIZATION.is_active, not_(IS_PROJECT_GROUP), soon, since=since, due_on=ends)


def term_overdue(day: date) -> Select[Any]:
    ends = ORGANIZATION.term_ends_on
    return _about(ORGANIZATION.is_active, not_(IS_PROJECT_GROUP), ends < day, since=ends, due_on=ends)


def project_group_ended(day: date) -> Select[Any]:
    ends = ORGANIZATION.term_ends_on
    return _about(ORGANIZATION.is_active, IS_PROJECT_GROUP, ends < day, since=ends, by_superior=True)


def above_size(day: date) -> Select[Any]:
    return _about(ORGANIZATION.is_active, shapes.is_above_size(day), value=shapes.enrolled_below())


def below_size(day: date) -> Select[Any]:
    return _about(ORGANIZATION.is_active, shapes.is_below_size(day), value=shapes.enrolled_below())


def branch_below_size(day: date) -> Select[Any]:
    return _about(ORGANIZATION.is_active, shapes.is_too_small_a_branch(day), value=shapes.formal_below())


def committee_of_wrong_size(day: date) -> Select[Any]:
    wrong = shapes.is_committee_of_wrong_size(day)
    return _about(ORGANIZATION.is_active, wrong, value=shapes.people_in_office(day))


def joint_branch_of_many_units(day: date) -> Select[Any]:
    covered = select(func.count(func.distinct(CoverageLink.unit_id))).where(
        CoverageLink.organization_id == ORGANIZATION.id, valid_on(CoverageLink, day)
    )
    units = covered.scalar_subquery()
    is_joint = ORGANIZATION.kind == OrganizationKind.JOINT_BRANCH
    return _about(ORGANIZATION.is_active, is_joint, units > limits_on(day)["joint_branch_units"], value=units)


def joint_branch_without_reason(_: date) -> Select[Any]:
    """From before reasons were required, or imported without."""
    is_joint = ORGANIZATION.kind == OrganizationKind.JOINT_BRANCH
    return _about(
        ORGANIZATION.is_active, is_joint, func.cardinality(cast(ORGANIZATION.joint_reasons, ARRAY(Text))) == 0
    )


def owner_secretary_without_deputy(day: date) -> Select[Any]:
    """E9: large is an organisation whose units have fifty people and more; `value` is how many they have."""
    held = and_(Post.organization_id == ORGANIZATION.id, valid_on(Post, day))
    is_owner = and_(held, Post.kind == PostKind.SECRETARY, Post.background == Background.OWNER)
    deputy = exists(select(1).where(held, Post.kind == PostKind.DEPUTY_SECRETARY))
    since = select(func.max(Post.valid_from)).where(is_owner).scalar_subquery()
    covered = and_(CoverageLink.organization_id == ORGANIZATION.id, valid_on(CoverageLink, day), Unit.is_active)
    people = select(func.sum(Unit.staff_count)).join(CoverageLink, CoverageLink.unit_id == Unit.id).where(covered)
    staff = people.scalar_subquery()
    is_large = staff >= limits_on(day)["large_unit_staff"]
    owned = exists(select(1).where(is_owner))
    return _about(ORGANIZATION.is_active, owned, not_(deputy), is_large, since=since, value=staff)


def dissolved_with_members(_: date) -> Select[Any]:
    left = _own_members()
    return _about(not_(ORGANIZATION.is_active), left > 0, since=ORGANIZATION.dissolved_on, value=left, by_superior=True)


def of_closed_units(day: date) -> Select[Any]:
    """It covers nothing that is open, and something it covered has closed; `value` members must be placed first."""
    linked = (CoverageLink.organization_id == ORGANIZATION.id, CoverageLink.unit_id == Unit.id)
    still = exists(select(1).where(*linked, valid_on(CoverageLink, day), Unit.is_active))
    closed = select(func.max(Unit.closed_on)).where(*linked, believed(CoverageLink)).scalar_subquery()
    return _about(
        ORGANIZATION.is_active,
        shapes.IS_BRANCH,
        not_(still),
        closed.is_not(None),
        since=closed,
        value=_own_members(),
        by_superior=True,
    )


def _own_members() -> Any:
    query = select(func.count()).where(Member.organization_id == ORGANIZATION.id, Member.is_active)
    return query.correlate(ORGANIZATION).scalar_subquery()
