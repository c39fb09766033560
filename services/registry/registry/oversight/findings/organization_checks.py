"""What Party organisations lack: a secretary, a term, the size of their kind, or a reason to be (rules.md §2)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Interval, Select, and_, cast, exists, func, not_, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import SQLCoreOperations

from records.bitemporal import believed, valid_on
from records.findings import found
from registry.limits import limits_on, months_from
from registry.members.members.kinds import MemberStage
from registry.members.members.models import Member
from registry.tree.organizations.kinds import PRIMARY_KINDS, OrganizationKind, OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post
from registry.units.units.models import CoverageLink, Unit

ORGANIZATION = PartyOrganization
IN_THE_PARTY = (MemberStage.FORMAL, MemberStage.PROBATIONARY)
SUPERIOR = func.coalesce(ORGANIZATION.parent_id, ORGANIZATION.id)
IS_ELECTED = and_(
    ORGANIZATION.is_active,
    ORGANIZATION.level.in_((OrganizationLevel.TOWN, OrganizationLevel.PRIMARY)),
)
IS_PRIMARY_COMMITTEE = and_(
    ORGANIZATION.kind == OrganizationKind.COMMITTEE, ORGANIZATION.level == OrganizationLevel.PRIMARY
)
IS_BRANCH = ORGANIZATION.kind.in_(PRIMARY_KINDS)
IS_GENERAL_BRANCH = ORGANIZATION.kind == OrganizationKind.GENERAL_BRANCH
IS_PROJECT_GROUP = ORGANIZATION.kind == OrganizationKind.PROJECT_GROUP
MONTHS = "months"


def interval(months: int) -> ColumnElement[Any]:
    return cast(f"{months} {MONTHS}", Interval)


def _members_below(*stages: MemberStage) -> Any:
    """Active members of an organisation and of all below it."""
    below = aliased(PartyOrganization)
    inside = and_(below.path >= ORGANIZATION.path, below.path < func.left(ORGANIZATION.path, -1) + "0")
    query = select(func.count()).select_from(Member).join(below, and_(below.id == Member.organization_id, inside))
    return query.where(Member.is_active, Member.stage.in_(stages)).correlate(ORGANIZATION).scalar_subquery()


def _about(*conditions: SQLCoreOperations[bool], by_superior: bool = False, **columns: Any) -> Select[Any]:
    responsible = SUPERIOR if by_superior else ORGANIZATION.id
    query = found(subject=ORGANIZATION.id, name=ORGANIZATION.name, organization=responsible, **columns)
    return query.where(*conditions)


def without_secretary(day: date) -> Select[Any]:
    secretary = and_(Post.organization_id == ORGANIZATION.id, Post.kind == PostKind.SECRETARY)
    last = select(func.max(Post.valid_to)).where(secretary, believed(Post), Post.valid_to <= day)
    in_office = exists(select(1).where(secretary, valid_on(Post, day)))
    since = func.coalesce(last.scalar_subquery(), ORGANIZATION.founded_on)
    return _about(IS_ELECTED, not_(in_office), since=since, by_superior=True)


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
    limits, members = limits_on(day), _members_below(*IN_THE_PARTY)
    too_many = or_(
        and_(IS_BRANCH, members > limits["branch_members"]),
        and_(IS_GENERAL_BRANCH, members >= limits["committee_members"]),
    )
    return _about(ORGANIZATION.is_active, too_many, value=members)


def below_size(day: date) -> Select[Any]:
    limits, members = limits_on(day), _members_below(*IN_THE_PARTY)
    too_few = or_(
        and_(IS_GENERAL_BRANCH, members < limits["branch_members"]),
        and_(IS_PRIMARY_COMMITTEE, members < limits["committee_members"]),
    )
    return _about(ORGANIZATION.is_active, too_few, value=members)


def branch_below_size(day: date) -> Select[Any]:
    formal = _members_below(MemberStage.FORMAL)
    return _about(ORGANIZATION.is_active, IS_BRANCH, formal < limits_on(day)["setting_up_members"], value=formal)


def committee_of_wrong_size(day: date) -> Select[Any]:
    """A branch of fewer than seven formal members has no committee, and so none of the wrong size."""
    limits = limits_on(day)
    held = select(func.count(func.distinct(Post.member_id))).where(
        Post.organization_id == ORGANIZATION.id, valid_on(Post, day)
    )
    people = held.scalar_subquery()
    is_large = _members_below(MemberStage.FORMAL) >= limits["branch_committee_from"]
    wrong = or_(
        and_(
            IS_BRANCH, is_large, not_(people.between(limits["branch_committee_least"], limits["branch_committee_most"]))
        ),
        and_(
            or_(IS_GENERAL_BRANCH, ORGANIZATION.kind == OrganizationKind.COMMITTEE),
            not_(people.between(limits["committee_least"], limits["committee_most"])),
        ),
    )
    return _about(ORGANIZATION.is_active, wrong, value=people)


def joint_branch_of_many_units(day: date) -> Select[Any]:
    covered = select(func.count(func.distinct(CoverageLink.unit_id))).where(
        CoverageLink.organization_id == ORGANIZATION.id, valid_on(CoverageLink, day)
    )
    units = covered.scalar_subquery()
    is_joint = ORGANIZATION.kind == OrganizationKind.JOINT_BRANCH
    return _about(ORGANIZATION.is_active, is_joint, units > limits_on(day)["joint_branch_units"], value=units)


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
        IS_BRANCH,
        not_(still),
        closed.is_not(None),
        since=closed,
        value=_own_members(),
        by_superior=True,
    )


def _own_members() -> Any:
    query = select(func.count()).where(Member.organization_id == ORGANIZATION.id, Member.is_active)
    return query.correlate(ORGANIZATION).scalar_subquery()
