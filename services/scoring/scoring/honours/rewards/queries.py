from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from scoring.honours.rewards.models import Reward
from scoring.honours.stars.models import Plaque, Star
from scoring.honours.stars.queries import seen_by
from scoring.honours.stars.rules import LEAST_STARS_FOR_PLAQUE
from scoring.reference.projections.queries import of_seen_organizations

MOST_NAMED, MOST_AT_ONCE = 100, 1000
STANDING = Reward.void_reason.is_(None)
REWARD_OF_STAR = and_(Reward.star_id == Star.id, STANDING)
IS_NAMED = Star.level >= LEAST_STARS_FOR_PLAQUE


def published(actor: Actor, cycle_id: UUID) -> ColumnElement[bool]:
    return and_(Star.cycle_id == cycle_id, Star.is_current, seen_by(actor))


async def unrewarded(db: AsyncSession, actor: Actor, cycle_id: UUID) -> Sequence[Star]:
    """Locked, so that none of them is superseded meanwhile; a reward for the star before has to be void first."""
    rewarded = select(Reward.subject_id).where(Reward.cycle_id == cycle_id, STANDING)
    query = select(Star).where(published(actor, cycle_id), IS_NAMED, Star.subject_id.not_in(rewarded))
    return (await db.scalars(query.order_by(Star.id).limit(MOST_AT_ONCE).with_for_update())).all()


async def stars_among(db: AsyncSession, actor: Actor, cycle_id: UUID, ids: Collection[UUID]) -> Sequence[Star]:
    query = select(Star).where(Star.cycle_id == cycle_id, Star.id.in_(ids), seen_by(actor))
    return (await db.scalars(query.order_by(Star.id).with_for_update())).all()


async def by_level(db: AsyncSession, actor: Actor, cycle_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Of each level: current stars, rewards that rest on them, and their amount."""
    amount = func.coalesce(func.sum(Reward.amount), 0)
    query = select(Star.level, func.count(Star.id), func.count(Reward.id), amount).outerjoin(Reward, REWARD_OF_STAR)
    return (await db.execute(query.where(published(actor, cycle_id)).group_by(Star.level))).all()


async def missing(db: AsyncSession, actor: Actor, cycle_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    query = select(Star.subject_id, Star.name.label("subject_name"), Star.level).outerjoin(Reward, REWARD_OF_STAR)
    query = query.where(published(actor, cycle_id), IS_NAMED, Reward.id.is_(None))
    return (await db.execute(query.order_by(Star.name, Star.id).limit(MOST_NAMED))).all()


async def surplus(db: AsyncSession, actor: Actor, cycle_id: UUID) -> Sequence[Row[*tuple[Any, ...]]]:
    """Rewards whose star is no longer the one that stands; with each, how many there are and their whole amount."""
    numbers = (func.count().over().label("rewards"), func.sum(Reward.amount).over().label("amount"))
    query = select(Reward.subject_id, Star.name.label("subject_name"), Reward.level, *numbers)
    query = query.join(Star, Star.id == Reward.star_id).where(Reward.cycle_id == cycle_id, STANDING)
    query = query.where(Star.is_current.is_(False), of_seen_organizations(Reward.organization_id)(actor))
    return (await db.execute(query.order_by(Star.name, Reward.id).limit(MOST_NAMED))).all()


async def plaques(db: AsyncSession, actor: Actor, cycle_id: UUID) -> int:
    rated = select(Star.subject_id).where(published(actor, cycle_id))
    query = select(func.count()).select_from(Plaque)
    query = query.where(Plaque.withdrawn_on.is_(None), Plaque.organization_id.in_(rated))
    return await db.scalar(query) or 0
