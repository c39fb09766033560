"""Who belongs where, on a given day."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import within
from training.kinds import GROUP_KINDS, INSTRUCTOR, PARTY_MEMBER_STAGES, SECRETARY
from training.reference.projections.models import Member, PartyOrganization, Post


async def resolve_paths(db: AsyncSession, organization_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, UUID]]:
    query = select(PartyOrganization.id, PartyOrganization.path, PartyOrganization.root_id)
    found = await db.execute(query.where(PartyOrganization.id.in_(organization_ids)))
    return list(found)


async def organization_within(
    db: AsyncSession, paths: Sequence[str], organization_id: UUID
) -> PartyOrganization | None:
    query = select(PartyOrganization).where(PartyOrganization.id == organization_id)
    return await db.scalar(query.where(within(PartyOrganization.path, paths)))


def at_or_in_groups_of(organization_id: UUID) -> ColumnElement[bool]:
    """The organisation itself and the Party groups directly below it."""
    return or_(
        PartyOrganization.id == organization_id,
        and_(PartyOrganization.parent_id == organization_id, PartyOrganization.kind.in_(GROUP_KINDS)),
    )


def party_members() -> Select[UUID, str]:
    """Ids and stages of those who are in the Party now, joined to their organisation."""
    return (
        select(Member.id, Member.stage)
        .join(PartyOrganization, PartyOrganization.id == Member.organization_id)
        .where(Member.is_active, Member.stage.in_(PARTY_MEMBER_STAGES))
    )


def in_office(day: date) -> ColumnElement[bool]:
    return and_(
        Post.is_current_record,
        Post.valid_from <= day,
        or_(Post.valid_to.is_(None), Post.valid_to > day),
        Post.kind != INSTRUCTOR,
    )


def leaders_on(day: date) -> Select[UUID | None]:
    """Members who are secretary, deputy or committee member of any Party organisation on `day`."""
    return select(Post.member_id).where(in_office(day), Post.member_id.is_not(None), Post.organization_id.is_not(None))


def post_holders_below(path: str, day: date, *, only_secretaries: bool) -> Select[UUID | None]:
    query = (
        select(Post.member_id)
        .join(PartyOrganization, PartyOrganization.id == Post.organization_id)
        .where(in_office(day), within(PartyOrganization.path, [path]))
    )
    return query.where(Post.kind == SECRETARY) if only_secretaries else query


def committee_of(organization_id: UUID, day: date) -> Select[UUID | None]:
    return select(Post.member_id).where(in_office(day), Post.organization_id == organization_id)
