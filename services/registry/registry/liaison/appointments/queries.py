from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, distinct, func, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from records.bitemporal import valid_on
from registry.liaison.instructors.models import Instructor
from registry.liaison.instructors.queries import engaged_on
from registry.tree.organizations.queries import belonging, below
from registry.tree.posts.kinds import Background, PostKind
from registry.tree.posts.models import Post


def _reached(column: Any, actor: Actor, organization_id: UUID | None) -> ColumnElement[bool]:
    inside = below(column)(organization_id) if organization_id is not None else true()
    return belonging(column)(actor) & inside


async def instructors(
    db: AsyncSession, actor: Actor, day: date, organization_id: UUID | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    query = select(Instructor.source, func.count().label("number")).where(
        engaged_on(day), _reached(Instructor.organization_id, actor, organization_id)
    )
    return (await db.execute(query.group_by(Instructor.source).order_by(Instructor.source))).all()


async def posts(
    db: AsyncSession, actor: Actor, day: date, organization_id: UUID | None
) -> Sequence[Row[*tuple[Any, ...]]]:
    by = (Post.kind, Post.source, Post.background)
    query = select(*by, func.count().label("number")).where(*_held(actor, day, organization_id))
    return (await db.execute(query.group_by(*by).order_by(*by))).all()


async def people(db: AsyncSession, actor: Actor, day: date, organization_id: UUID | None) -> Row[*tuple[Any, ...]]:
    """Each person once, however many posts: seconded deputies, and owners in a team."""
    person = func.count(distinct(Post.member_id))
    deputies = person.filter(Post.is_seconded, Post.kind == PostKind.DEPUTY_SECRETARY)
    owners = person.filter(Post.background == Background.OWNER)
    query = select(deputies.label("seconded_deputies"), owners.label("owners_in_teams"))
    return (await db.execute(query.where(*_held(actor, day, organization_id)))).one()


def _held(actor: Actor, day: date, organization_id: UUID | None) -> tuple[ColumnElement[bool], ...]:
    return valid_on(Post, day), _reached(Post.organization_id, actor, organization_id)
