from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from records.bitemporal import valid_on
from registry.members.members.models import Member
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post


def secretary_name_of(organization_id: Any, day: date) -> Any:
    """Who is secretary of an organisation on a day, as a column of the row that has its id."""
    query = select(Member.name).join(Post, Post.member_id == Member.id)
    query = query.where(Post.organization_id == organization_id, Post.kind == PostKind.SECRETARY, valid_on(Post, day))
    return query.scalar_subquery()


async def officers_of(db: AsyncSession, organization_id: UUID, day: date) -> list[UUID]:
    """Who holds a post in the organisation that day: what is decided about it is their own case."""
    return [post.member_id for post in await held_in(db, organization_id, day)]


async def held_in(db: AsyncSession, organization_id: UUID, day: date) -> Sequence[Post]:
    query = select(Post).where(Post.organization_id == organization_id, valid_on(Post, day))
    return (await db.scalars(query.order_by(Post.id))).all()
