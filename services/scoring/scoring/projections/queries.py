"""Where subjects stand and who may see them."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from kit.access import Actor, within
from sqlalchemy import ColumnElement, CompoundSelect, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.projections.models import DemonstrationPoint, Member, PartyOrganization, Post
from scoring.projections.rules import PARTY_MEMBER_STAGES, SECRETARY_POSTS


async def resolve_paths(db: AsyncSession, organization_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, UUID]]:
    query = select(PartyOrganization.id, PartyOrganization.path, PartyOrganization.root_id)
    found = await db.execute(query.where(PartyOrganization.id.in_(organization_ids)))
    return list(found.tuples())


def members_visible_to(actor: Actor) -> ColumnElement[bool]:
    """Members below the actor's organisations, and the actor's own person where the operation allows it."""
    seen = within(Member.path, actor.paths)
    if actor.person is not None and "self" in actor.scope:
        return or_(seen, Member.id == actor.person)
    return seen


def organizations_visible_to(actor: Actor) -> ColumnElement[bool]:
    return within(PartyOrganization.path, actor.paths)


def subjects_visible_to(actor: Actor) -> CompoundSelect[Any]:
    """Ids of the members and Party organisations whose points the actor may see."""
    return union_all(
        select(Member.id).where(members_visible_to(actor)),
        select(PartyOrganization.id).where(organizations_visible_to(actor)),
    )


async def visible_member(db: AsyncSession, actor: Actor, member_id: UUID) -> Member | None:
    return await db.scalar(select(Member).where(Member.id == member_id, members_visible_to(actor)))


async def visible_organization(db: AsyncSession, actor: Actor, organization_id: UUID) -> PartyOrganization | None:
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id)
    return await db.scalar(query.where(organizations_visible_to(actor)))


async def party_members_of(db: AsyncSession, organization_id: UUID) -> Sequence[Member]:
    query = select(Member).where(Member.organization_id == organization_id, Member.is_active)
    return (await db.scalars(query.where(Member.stage.in_(PARTY_MEMBER_STAGES)).order_by(Member.id))).all()


async def known_non_members(db: AsyncSession, ids: Sequence[UUID]) -> set[UUID]:
    """Those of `ids` registry knows to be applicants, activists or prospects."""
    query = select(Member.id).where(Member.id.in_(ids), Member.stage.not_in(PARTY_MEMBER_STAGES))
    return set(await db.scalars(query))


async def is_secretary(db: AsyncSession, member_id: UUID, organization_id: UUID, day: date) -> bool:
    query = select(literal(value=True)).where(
        Post.member_id == member_id,
        Post.organization_id == organization_id,
        Post.kind.in_(SECRETARY_POSTS),
        Post.is_current_record,
        Post.valid_from <= day,
        or_(Post.valid_to.is_(None), Post.valid_to > day),
    )
    return bool(await db.scalar(query.limit(1)))


async def is_demonstration_point(db: AsyncSession, organization_id: UUID, day: date) -> bool:
    query = select(literal(value=True)).where(
        DemonstrationPoint.organization_id == organization_id,
        DemonstrationPoint.valid_from <= day,
        or_(DemonstrationPoint.valid_to.is_(None), DemonstrationPoint.valid_to > day),
    )
    return bool(await db.scalar(query))
