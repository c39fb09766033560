"""Where subjects stand and who may see them."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from kit.access import Actor, within
from kit.clock import business_today
from scoring.reference.projections.models import DemonstrationPoint, Member, PartyOrganization, Post
from scoring.reference.projections.rules import GROUP_KINDS, NOT_OF_THE_COMMITTEE, PARTY_MEMBER_STAGES, ancestors


async def resolve_paths(db: AsyncSession, organization_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, UUID]]:
    query = select(PartyOrganization.id, PartyOrganization.path, PartyOrganization.root_id)
    found = await db.execute(query.where(PartyOrganization.id.in_(organization_ids)))
    return list(found)


def members_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Members below the actor's organisations, and the actor's own person where the operation allows it."""
    return or_(actor.reaches(Member.path), actor.is_self(Member.id))


def organizations_visible_to(actor: Actor) -> ColumnElement[bool]:
    return within(PartyOrganization.path, actor.paths)


def subjects_visible_to(actor: Actor) -> CompoundSelect[Any]:
    """Ids of the members and Party organisations whose points the actor may see."""
    return union_all(
        select(Member.id).where(members_visible_to(actor)),
        select(PartyOrganization.id).where(organizations_visible_to(actor)),
    )


def covered_by(actor: Actor, path: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """What is below an office, and what stands above the office or the member's own organisation."""
    return or_(actor.reaches(path), path.in_(ancestors((*actor.paths, *actor.own_paths))))


async def serving_among(db: AsyncSession, person: UUID | None, organization_ids: Collection[UUID]) -> set[UUID]:
    """Of these organisations, those the person holds a post of today, whatever office this sign-in acts for."""
    if person is None:
        return set()
    held = select(Post.organization_id).where(
        Post.member_id == person,
        Post.organization_id.in_(organization_ids),
        Post.kind.not_in(NOT_OF_THE_COMMITTEE),
        held_on(await business_today(db)),
    )
    return {one for one in await db.scalars(held) if one is not None}


async def visible_organization(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization | None:
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id)
    return await db.scalar(query.where(organizations_visible_to(actor)))


async def known_non_members(db: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` registry knows to be applicants, activists or prospects."""
    query = select(Member.id).where(Member.id.in_(ids), Member.stage.not_in(PARTY_MEMBER_STAGES))
    return set(await db.scalars(query))


async def is_demonstration_point(db: AsyncSession, organization_id: UUID, day: date) -> bool:
    query = select(literal(value=True)).where(
        DemonstrationPoint.organization_id == organization_id,
        DemonstrationPoint.valid_from <= day,
        or_(DemonstrationPoint.valid_to.is_(None), DemonstrationPoint.valid_to > day),
    )
    return bool(await db.scalar(query))


async def roots_of(db: AsyncSession, subject_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    query = union_all(
        select(Member.id, Member.root_id).where(Member.id.in_(subject_ids)),
        select(PartyOrganization.id, PartyOrganization.root_id).where(PartyOrganization.id.in_(subject_ids)),
    )
    return dict((await db.execute(query)).all())


async def judging_organization(db: AsyncSession, organization_id: UUID) -> PartyOrganization | None:
    """The organisation itself, or the branch above a party or project group."""
    path = select(PartyOrganization.path).where(PartyOrganization.id == organization_id).scalar_subquery()
    query = select(PartyOrganization).where(
        func.starts_with(path, PartyOrganization.path), PartyOrganization.kind.not_in(GROUP_KINDS)
    )
    return await db.scalar(query.order_by(func.length(PartyOrganization.path).desc()).limit(1))


def held_on(day: date) -> ColumnElement[bool]:
    """Posts in force that day, as far as is known now."""
    return and_(Post.is_current_record, Post.valid_from <= day, or_(Post.valid_to.is_(None), Post.valid_to > day))


def at_or_in_groups_of(organization_id: UUID) -> Select[UUID]:
    """Ids of the organisation itself and of the Party groups directly below it."""
    is_group_of = and_(PartyOrganization.parent_id == organization_id, PartyOrganization.kind.in_(GROUP_KINDS))
    return select(PartyOrganization.id).where(or_(PartyOrganization.id == organization_id, is_group_of))


async def branches_of_groups(db: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Of those of `ids` that are Party groups, the branch each belongs to."""
    query = select(PartyOrganization.id, PartyOrganization.parent_id).where(
        PartyOrganization.id.in_(ids), PartyOrganization.kind.in_(GROUP_KINDS)
    )
    return {group: parent for group, parent in await db.execute(query) if parent is not None}


async def judged_members(db: AsyncSession, branch: PartyOrganization) -> Sequence[Member]:
    """Party members of a branch and of the groups inside it, whom its monthly evaluation is about."""
    query = select(Member).where(Member.organization_id.in_(at_or_in_groups_of(branch.id)), Member.is_active)
    return (await db.scalars(query.where(Member.stage.in_(PARTY_MEMBER_STAGES)).order_by(Member.id))).all()


def organization_name(organization_id: Any) -> Any:
    """The name beside an organisation's id, as a column of the row that has the id."""
    named = aliased(PartyOrganization)
    return select(named.name).where(named.id == organization_id).scalar_subquery()


def member_name(member_id: Any) -> Any:
    named = aliased(Member)
    return select(named.name).where(named.id == member_id).scalar_subquery()


def subject_name(subject_id: Any) -> Any:
    """Of a member or of a Party organisation: an id is only ever one of them."""
    return func.coalesce(member_name(subject_id), organization_name(subject_id))


def about_visible_subjects(subject_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """Rows about the members and organisations whose points the actor may see."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        found: ColumnElement[bool] = subject_id.in_(subjects_visible_to(actor))
        return found

    return seen
