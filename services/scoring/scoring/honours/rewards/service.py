from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from records.events import record_event
from records.registers import Register
from records.voiding import void_row
from roster.queries import name_of
from scoring.honours.rewards import queries
from scoring.honours.rewards.events import RewardChanged
from scoring.honours.rewards.models import Reward
from scoring.honours.rewards.rules import REWARDED, StarClass, class_of, is_rewarded
from scoring.honours.rewards.schemas import (
    ClassCount,
    LevelCount,
    RewardGrant,
    RewardRead,
    RewardStatement,
    Unequal,
)
from scoring.honours.stars.models import Plaque, Star
from scoring.reference.policies.models import PolicyName
from scoring.reference.policies.queries import value_of, whole_number
from scoring.reference.projections.queries import of_seen_organizations, serving_among, subject_name
from scoring.reviews.access.service import OwnCase
from scoring.reviews.cycles.models import Cycle

AMOUNTS = {5: PolicyName.REWARD_FIVE_STARS, 4: PolicyName.REWARD_FOUR_STARS, 3: PolicyName.REWARD_THREE_STARS}
NONE = Decimal(0)


class RewardNotFound(problems.NotFound):
    code = "reward-not-found"
    detail = "没有找到这项奖励,或不在您的管理范围内"


class CycleNotFound(problems.NotFound):
    code = "cycle-not-found"
    detail = "没有找到这个评议年度,或不在您的管理范围内"


class RewardWithoutStar(problems.Unprocessable):
    code = "reward-without-star"
    detail = "奖励名单须与星级名单一致:所列的不都是本年度现行的三星级以上星级"


class RewardAlreadyGranted(problems.Conflict):
    code = "reward-already-granted"
    detail = "所列的对象中有本年度已经奖励的,一年只奖励一次;星级调整后请先作废原奖励"


class NothingToReward(problems.Conflict):
    code = "nothing-to-reward"
    detail = "三星级以上的对象都已奖励,没有可以补上的"


class GrantedOutOfTime(problems.Unprocessable):
    code = "granted-out-of-time"
    detail = "奖励日期不能早于星级公布之日,也不能晚于今天"


REWARDS = Register(
    "星级奖励名单",
    Reward,
    RewardRead,
    RewardNotFound,
    of_seen_organizations(Reward.organization_id),
    derived={
        "organization_name": name_of(Reward.organization_id),
        "cycle_name": select(Cycle.name).where(Cycle.id == Reward.cycle_id).scalar_subquery(),
        "subject_name": subject_name(Reward.subject_id),
        "is_star_current": select(Star.is_current).where(Star.id == Reward.star_id).scalar_subquery(),
        "plaque_number": select(Plaque.number)
        .where(Plaque.organization_id == Reward.subject_id, Plaque.withdrawn_on.is_(None))
        .scalar_subquery(),
    },
)


async def grant(db: AsyncSession, new: RewardGrant, *, today: date, actor: Actor) -> RewardStatement:
    """Exactly what the list of stars says: each star of three and more once, with the amount in force that day.

    Without ids a thousand at a time; the statement says how many are left.
    """
    cycle = await _cycle(db, actor, new.cycle_id)
    stars = await (_named(db, new, actor) if new.star_ids else _left(db, new, actor))
    if new.granted_on > today or any(new.granted_on < one.published_on for one in stars):
        raise GrantedOutOfTime
    amounts = {
        level: await value_of(db, name, new.granted_on, root_id=cycle.root_id) for level, name in AMOUNTS.items()
    }
    rewards = [
        Reward(
            root_id=star.root_id,
            organization_id=star.organization_id,
            recorded_by=actor.subject,
            cycle_id=star.cycle_id,
            star_id=star.id,
            subject_kind=star.subject_kind,
            subject_id=star.subject_id,
            level=star.level,
            amount=amounts[star.level],
            granted_on=new.granted_on,
        )
        for star in stars
    ]
    db.add_all(rewards)
    await db.flush()
    for reward in rewards:
        await _tell(db, reward, actor)
    return await statement(db, actor, cycle.id, today=today)


async def _named(db: AsyncSession, new: RewardGrant, actor: Actor) -> Sequence[Star]:
    stars = await queries.stars_among(db, actor, new.cycle_id, new.star_ids)
    if await _concerned(db, actor, [one.subject_id for one in stars]):
        raise OwnCase
    if len(stars) != len(set(new.star_ids)) or not all(one.is_current and is_rewarded(one.level) for one in stars):
        raise RewardWithoutStar
    return stars


async def _left(db: AsyncSession, new: RewardGrant, actor: Actor) -> Sequence[Star]:
    """What concerns the caller is left to somebody else, and stays listed as missing."""
    stars = await queries.unrewarded(db, actor, new.cycle_id)
    own = await _concerned(db, actor, [one.subject_id for one in stars])
    if not (left := [one for one in stars if one.subject_id not in own]):
        raise NothingToReward
    return left


async def void(db: AsyncSession, reward: Reward, reason: str, *, actor: Actor) -> Reward:
    if await _concerned(db, actor, [reward.subject_id]):
        raise OwnCase
    void_row(db, reward, reason)
    await db.flush()
    await _tell(db, reward, actor)
    return reward


async def statement(db: AsyncSession, actor: Actor, cycle_id: UUID, *, today: date) -> RewardStatement:
    cycle = await _cycle(db, actor, cycle_id)
    found = {level: (stars, given, paid) for level, stars, given, paid in await queries.by_level(db, actor, cycle_id)}
    levels = [
        LevelCount(level=level, stars=stars, rewards=given, amount=paid)
        for level, (stars, given, paid) in ((one, found.get(one, (0, 0, NONE))) for one in REWARDED)
    ]
    surplus = await queries.surplus(db, actor, cycle_id)
    left_over = surplus[0].rewards if surplus else 0
    named, given = sum(one.stars for one in levels), sum(one.rewards for one in levels)
    return RewardStatement(
        cycle_id=cycle.id,
        cycle_name=cycle.name,
        stars=sum(stars for stars, _, _ in found.values()),
        classes=await _classes(db, cycle, {level: stars for level, (stars, _, _) in found.items()}, today),
        levels=levels,
        named=named,
        rewards=given + left_over,
        amount=sum((one.amount for one in levels), NONE) + (surplus[0].amount if surplus else NONE),
        plaques=await queries.plaques(db, actor, cycle_id),
        is_equal=named == given and not left_over,
        without_reward=named - given,
        without_star=left_over,
        missing=[Unequal(**one._mapping) for one in await queries.missing(db, actor, cycle_id)],
        surplus=[Unequal(subject_id=one.subject_id, subject_name=one.subject_name, level=one.level) for one in surplus],
    )


async def _classes(db: AsyncSession, cycle: Cycle, stars: dict[int, int], today: date) -> list[ClassCount]:
    """By the limits in force when the cycle had to be final: later ones are for later years."""
    day = min(today, cycle.final_before)
    advanced = await whole_number(db, PolicyName.ADVANCED_STARS, day, root_id=cycle.root_id)
    backward = await whole_number(db, PolicyName.BACKWARD_STARS, day, root_id=cycle.root_id)
    classes = {level: class_of(level, advanced_from=advanced, backward_to=backward) for level in stars}
    return [
        ClassCount(star_class=one, stars=sum(number for level, number in stars.items() if classes[level] is one))
        for one in StarClass
    ]


async def _cycle(db: AsyncSession, actor: Actor, cycle_id: UUID) -> Cycle:
    cycle = await db.get(Cycle, cycle_id)
    if cycle is None or cycle.root_id not in actor.root_ids:
        raise CycleNotFound
    return cycle


async def _concerned(db: AsyncSession, actor: Actor, subjects: Sequence[UUID]) -> set[UUID]:
    spoken_for = {actor.person, *actor.office_ids}
    return {one for one in subjects if one in spoken_for} | await serving_among(db, actor.person, subjects)


async def _tell(db: AsyncSession, reward: Reward, actor: Actor) -> None:
    told = RewardChanged(
        id=reward.id,
        organization_id=reward.organization_id,
        subject_kind=reward.subject_kind,
        subject_id=reward.subject_id,
        level=reward.level,
        amount=reward.amount,
        granted_on=reward.granted_on,
        is_void=reward.void_reason is not None,
        revision=reward.version,
    )
    await record_event(db, told, subject=reward.id, version=reward.version, root_id=reward.root_id, actor=actor)
