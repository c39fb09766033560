"""Where subjects stand and who may see them."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from kit.access import Actor, within
from kit.clock import business_today
from roster.models import Member, PartyOrganization, Post
from roster.queries import at_or_in_groups_of, in_office, member_name_of, name_of
from roster.rules import GROUP_KINDS, PARTY_MEMBER_STAGES
from scoring.reference.projections.rules import ancestors


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
        in_office(await business_today(db)),
    )
    return {one for one in await db.scalars(held) if one is not None}


async def visible_organization(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization | None:
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id)
    return await db.scalar(query.where(organizations_visible_to(actor)))


async def known_non_members(db: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` registry knows to be applicants, activists or prospects."""
    query = select(Member.id).where(Member.id.in_(ids), Member.stage.not_in(PARTY_MEMBER_STAGES))
    return set(await db.scalars(query))


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


def subject_name(subject_id: Any) -> Any:
    """Of a member or of a Party organisation: an id is only ever one of them."""
    return func.coalesce(member_name_of(subject_id), name_of(subject_id))


def about_visible_subjects(subject_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """Rows about the members and organisations whose points the actor may see."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        found: ColumnElement[bool] = subject_id.in_(subjects_visible_to(actor))
        return found

    return seen


def of_seen_organizations(organization_id: Any) -> Callable[[Actor], ColumnElement[bool]]:
    """Rows of the organisations below the actor's offices, and of the member's own organisation."""

    def seen(actor: Actor) -> ColumnElement[bool]:
        path = PartyOrganization.path
        near = select(PartyOrganization.id).where(actor.reaches(path) | path.in_(actor.own_paths))
        found: ColumnElement[bool] = organization_id.in_(near)
        return found

    return seen


async def party_members_of(db: AsyncSession, organization_id: UUID, ids: Collection[UUID]) -> set[UUID]:
    """Those of `ids` that are Party members of the organisation or of a group inside it today."""
    query = select(Member.id).where(
        Member.id.in_(ids),
        Member.organization_id.in_(at_or_in_groups_of(organization_id)),
        Member.is_active,
        Member.stage.in_(PARTY_MEMBER_STAGES),
    )
    return set(await db.scalars(query))
