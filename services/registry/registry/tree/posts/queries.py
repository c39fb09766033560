from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.bitemporal import believed, valid_on
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import AppointmentSource, PostKind
from registry.tree.posts.models import Post


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFilter:
    organization_id: UUID | None = None
    member_id: UUID | None = None
    kind: Sequence[PostKind] = ()
    source: AppointmentSource | None = None
    as_of: date | None = None

    def narrow(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        for column, value in (
            (Post.organization_id, self.organization_id),
            (Post.member_id, self.member_id),
            (Post.source, self.source),
        ):
            if value is not None:
                query = query.where(column == value)
        if self.kind:
            query = query.where(Post.kind.in_(self.kind))
        return query.where(valid_on(Post, self.as_of)) if self.as_of else query


def visible_to(actor: Actor) -> Select[Post]:
    query = select(Post).join(PartyOrganization, PartyOrganization.id == Post.organization_id)
    return query.where(believed(Post), actor.reaches(PartyOrganization.path))


def listed_for(actor: Actor, wanted: PostFilter) -> Select[Post]:
    return wanted.narrow(visible_to(actor)).order_by(Post.valid_from, Post.id)


async def find_locked(db: AsyncSession, actor: Actor, post_id: UUID) -> Post | None:
    query = visible_to(actor).where(Post.id == post_id).with_for_update(of=Post)
    found: Post | None = await db.scalar(query, execution_options={"populate_existing": True})
    return found


async def held_in(db: AsyncSession, organization_id: UUID, day: date) -> Sequence[Post]:
    query = select(Post).where(Post.organization_id == organization_id, valid_on(Post, day))
    return (await db.scalars(query.order_by(Post.id))).all()
