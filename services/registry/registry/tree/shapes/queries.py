"""Which form and which committee an organisation should have for its members, as conditions on its row (E1, E3, E5)."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import aliased

from records.bitemporal import believed, valid_on
from registry.limits import limits_on
from registry.members.members.kinds import ENROLLED, MemberStage
from registry.members.members.models import Member
from registry.tree.organizations.kinds import PRIMARY_KINDS, OrganizationKind, OrganizationLevel
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post

ORGANIZATION = PartyOrganization
IS_PRIMARY_COMMITTEE = and_(
    ORGANIZATION.kind == OrganizationKind.COMMITTEE, ORGANIZATION.level == OrganizationLevel.PRIMARY
)
IS_BRANCH = ORGANIZATION.kind.in_(PRIMARY_KINDS)
IS_GENERAL_BRANCH = ORGANIZATION.kind == OrganizationKind.GENERAL_BRANCH


def members_below(*stages: MemberStage) -> Any:
    """Active members of an organisation and of all below it."""
    below = aliased(PartyOrganization)
    inside = and_(below.path >= ORGANIZATION.path, below.path < func.left(ORGANIZATION.path, -1) + "0")
    query = select(func.count()).select_from(Member).join(below, and_(below.id == Member.organization_id, inside))
    return query.where(Member.is_active, Member.stage.in_(stages)).correlate(ORGANIZATION).scalar_subquery()


def enrolled_below() -> Any:
    return members_below(*ENROLLED)


def formal_below() -> Any:
    return members_below(MemberStage.FORMAL)


def is_above_size(day: date) -> ColumnElement[bool]:
    limits, members = limits_on(day), enrolled_below()
    return or_(
        and_(IS_BRANCH, members > limits["branch_members"]),
        and_(IS_GENERAL_BRANCH, members >= limits["committee_members"]),
    )


def is_below_size(day: date) -> ColumnElement[bool]:
    limits, members = limits_on(day), enrolled_below()
    return or_(
        and_(IS_GENERAL_BRANCH, members < limits["branch_members"]),
        and_(IS_PRIMARY_COMMITTEE, members < limits["committee_members"]),
    )


def is_too_small_a_branch(day: date) -> ColumnElement[bool]:
    return and_(IS_BRANCH, formal_below() < limits_on(day)["setting_up_members"])


def fits_its_members(day: date) -> ColumnElement[bool]:
    return not_(or_(is_above_size(day), is_below_size(day), is_too_small_a_branch(day)))


def people_in_office(day: date) -> Any:
    held = select(func.count(func.distinct(Post.member_id)))
    return held.where(Post.organization_id == ORGANIZATION.id, valid_on(Post, day)).scalar_subquery()


def is_committee_of_wrong_size(day: date) -> ColumnElement[bool]:
    """A branch of fewer than seven formal members has no committee, and so none of the wrong size."""
    limits, people = limits_on(day), people_in_office(day)
    is_large = formal_below() >= limits["branch_committee_from"]
    of_branch = people.between(limits["branch_committee_least"], limits["branch_committee_most"])
    return or_(
        and_(IS_BRANCH, is_large, not_(of_branch)),
        and_(
            or_(IS_GENERAL_BRANCH, ORGANIZATION.kind == OrganizationKind.COMMITTEE),
            not_(people.between(limits["committee_least"], limits["committee_most"])),
        ),
    )


IS_SECRETARY_HERE = and_(Post.organization_id == ORGANIZATION.id, Post.kind == PostKind.SECRETARY)


def has_secretary(day: date) -> ColumnElement[bool]:
    return exists(select(1).where(IS_SECRETARY_HERE, valid_on(Post, day)))


def vacant_since(day: date) -> Any:
    """Since when one without a secretary has had none: the last one's end, or its own founding."""
    last = select(func.max(Post.valid_to)).where(IS_SECRETARY_HERE, believed(Post), Post.valid_to <= day)
    return func.coalesce(last.scalar_subquery(), ORGANIZATION.founded_on)
