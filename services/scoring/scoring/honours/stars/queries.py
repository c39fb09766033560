from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Subquery, Text, and_, cast, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from kit.access import Actor, within
from roster.models import PartyOrganization
from scoring.honours.stars.models import Plaque, Star
from scoring.subjects import SubjectKind

TOWN_LEVEL = 3


def is_public() -> ColumnElement[bool]:
    """What anybody may read: organisations only; a member's star is shown to those in the Party organisation."""
    return and_(Star.is_current, Star.subject_kind == SubjectKind.ORGANIZATION)


def seen_by(actor: Actor) -> ColumnElement[bool]:
    seen = actor.reaches(PartyOrganization.path) | PartyOrganization.path.in_(actor.own_paths)
    return Star.organization_id.in_(select(PartyOrganization.id).where(seen))


async def current_star(db: AsyncSession, cycle_id: UUID, subject_id: UUID) -> Star | None:
    query = select(Star).where(Star.cycle_id == cycle_id, Star.subject_id == subject_id, Star.is_current)
    return await db.scalar(query.with_for_update())


async def is_succeeded(db: AsyncSession, star: Star) -> bool:
    """Whether a later year's star of the same subject stands."""
    later = select(Star.id).where(Star.subject_id == star.subject_id, Star.is_current, Star.year > star.year)
    return await db.scalar(later.limit(1)) is not None


async def last_level(db: AsyncSession, subject_id: UUID, before_year: int) -> int | None:
    query = select(Star.level).where(Star.subject_id == subject_id, Star.is_current, Star.year < before_year)
    return await db.scalar(query.order_by(Star.year.desc()).limit(1))


async def standing_plaque(db: AsyncSession, organization_id: UUID) -> Plaque | None:
    query = select(Plaque).where(Plaque.organization_id == organization_id, Plaque.withdrawn_on.is_(None))
    return await db.scalar(query.with_for_update())


async def next_sequence(db: AsyncSession, root_id: UUID) -> int:
    """Numbers of one district are given out one after the other, without gaps."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(cast(str(root_id), Text), 0))))
    return 1 + (await db.scalar(select(func.max(Plaque.sequence)).where(Plaque.root_id == root_id)) or 0)


def published_by(day: date) -> Subquery:
    """The star each subject held in each cycle on that day: the last one published until then."""
    last = (
        select(Star)
        .where(Star.published_on <= day)
        .ext(distinct_on(Star.cycle_id, Star.subject_id))
        .order_by(Star.cycle_id, Star.subject_id, Star.published_on.desc(), Star.id.desc())
    )
    return last.subquery("published_stars")


async def star_counts(db: AsyncSession, paths: Sequence[str], day: date) -> Sequence[RowMapping]:
    """The newest year each district had published by that day, by organisation of the third level, kind and star."""
    star, home, town = published_by(day), aliased(PartyOrganization), aliased(PartyOrganization)
    newest = func.max(star.c.year).over(partition_by=(star.c.root_id, star.c.subject_kind)).label("newest_year")
    seen = (
        select(star, newest, home.path)
        .join(home, home.id == star.c.organization_id)
        .where(within(home.path, paths))
        .subquery()
    )
    is_of_town = (town.level == TOWN_LEVEL) & func.starts_with(seen.c.path, town.path)
    query = (
        select(
            town.id.label("organization_id"), town.name, seen.c.subject_kind, seen.c.level, func.count().label("count")
        )
        .select_from(seen)
        .outerjoin(town, is_of_town)
        .where(seen.c.year == seen.c.newest_year)
        .group_by(town.id, town.name, seen.c.subject_kind, seen.c.level)
        .order_by(town.name, seen.c.subject_kind, seen.c.level.desc())
    )
    return (await db.execute(query)).mappings().all()
