from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, Text, and_, literal, null, or_, select, type_coerce, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import Bitemporal, believed
from registry.identity.accounts.models import Account
from registry.identity.authorities.rules import Basis, HeldRole, Holding
from registry.identity.grants.models import Grant
from registry.liaison.instructors.models import Instructor, InstructorAssignment
from registry.members.members.models import Member
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.models import Post
from registry.units.units.models import CoverageLink

EARLIEST = date(1900, 1, 1)


async def holdings_of(db: AsyncSession, account: Account, today: date) -> list[Holding]:
    """Everything that gives a role today or will later, in one round trip."""
    sources = [_grants(account.id, today)]
    if account.member_id is not None:
        sources += [_posts(account.member_id, today), _membership(account.member_id)]
    sources.append(_assignments(account, today))
    rows = await db.execute(union_all(*sources))
    return [_holding(row) for row in rows]


def _holding(row: Row[Any]) -> Holding:
    return Holding(Basis[row.basis], row.kind, row.organization_id, row.level, row.valid_from, row.valid_to)


def _not_over(model: type[Bitemporal], today: date) -> ColumnElement[bool]:
    return and_(believed(model), or_(model.valid_to.is_(None), model.valid_to > today))


def _row(basis: Basis, kind: Any, organization_id: Any, level: Any, valid_from: Any, valid_to: Any) -> Select[Any]:
    return select(
        literal(basis.name).label("basis"),
        kind.label("kind"),
        organization_id.label("organization_id"),
        level.label("level"),
        valid_from.label("valid_from"),
        valid_to.label("valid_to"),
    )


def _text(column: Any) -> Any:
    return type_coerce(column, Text)


def _grants(account_id: UUID, today: date) -> Select[Any]:
    level = select(PartyOrganization.level).where(PartyOrganization.id == Grant.organization_id).scalar_subquery()
    given = _row(Basis.GRANT, _text(Grant.role), Grant.organization_id, level, Grant.valid_from, Grant.valid_to)
    return given.where(Grant.account_id == account_id, _not_over(Grant, today))


def _posts(member_id: UUID, today: date) -> Select[Any]:
    held = _row(
        Basis.POST, _text(Post.kind), Post.organization_id, PartyOrganization.level, Post.valid_from, Post.valid_to
    )
    return (
        held.join_from(Post, PartyOrganization, PartyOrganization.id == Post.organization_id)
        .join(Member, Member.id == Post.member_id)
        .where(Post.member_id == member_id, Member.is_active, PartyOrganization.is_active, _not_over(Post, today))
    )


def _membership(member_id: UUID) -> Select[Any]:
    row = _row(Basis.MEMBERSHIP, _text(Member.stage), Member.organization_id, null(), literal(EARLIEST), Member.left_on)
    return row.where(Member.id == member_id, Member.is_active)


def _assignments(account: Account, today: date) -> Select[Any]:
    """An instructor sees the organisations that cover the units served; without one, the role alone."""
    link_holds = and_(CoverageLink.unit_id == InstructorAssignment.unit_id, _not_over(CoverageLink, today))
    person = Instructor.id == account.instructor_id
    if account.member_id is not None:
        person = Instructor.member_id == account.member_id
    served = _row(
        Basis.ASSIGNMENT,
        literal("instructor"),
        CoverageLink.organization_id,
        null(),
        InstructorAssignment.valid_from,
        InstructorAssignment.valid_to,
    )
    return (
        served.select_from(InstructorAssignment)
        .join(Instructor, Instructor.id == InstructorAssignment.instructor_id)
        .outerjoin(CoverageLink, link_holds)
        .where(person, Instructor.released_on.is_(None), _not_over(InstructorAssignment, today))
    )


async def names_of(db: AsyncSession, roles: Sequence[HeldRole]) -> dict[UUID, str]:
    ids = {role.organization_id for role in roles if role.organization_id is not None}
    if not ids:
        return {}
    rows = await db.execute(select(PartyOrganization.id, PartyOrganization.name).where(PartyOrganization.id.in_(ids)))
    return {row.id: row.name for row in rows}


async def accounts_turning(db: AsyncSession, after: date, until: date) -> Sequence[UUID]:
    """Accounts whose posts or grants start or end on a day in (after, until]."""
    of_posts = select(Account.id).join(Post, Post.member_id == Account.member_id).where(_turns(Post, after, until))
    of_grants = select(Grant.account_id).where(_turns(Grant, after, until))
    return (await db.scalars(of_posts.union(of_grants))).all()


def _turns(model: type[Bitemporal], after: date, until: date) -> ColumnElement[bool]:
    starts = and_(model.valid_from > after, model.valid_from <= until)
    return and_(believed(model), or_(starts, and_(model.valid_to > after, model.valid_to <= until)))
