from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from records.events import Payload, record_event
from records.registers import Register
from roster.queries import name_of
from scoring.honours.stars import queries, rules
from scoring.honours.stars.events import PlaqueIssued, PlaqueWithdrawn, StarPublished
from scoring.honours.stars.models import Plaque, Star
from scoring.honours.stars.rules import PlaqueChange
from scoring.honours.stars.schemas import (
    PlaqueRead,
    StarAdjustment,
    StarRead,
)
from scoring.reviews.access.queries import subjects_of
from scoring.reviews.access.service import OnlyTheSuperior, ReviewAccess, enter, hidden_as, refuse_own_case
from scoring.reviews.cycles.models import StarModel
from scoring.reviews.ratings.queries import stars_proposed, stars_without_veto
from scoring.reviews.ratings.rules import veto_said
from scoring.reviews.ratings.service import set_aside_in
from scoring.reviews.resolutions.queries import standing_decisions
from scoring.reviews.resolutions.service import AboveVetoCap
from scoring.reviews.vetoes.queries import is_vetoed
from scoring.subjects import SubjectKind

CONFIRMED = "{basis},审议通过"
ANNOUNCED = "{basis},公示无异议"
BASES = {StarModel.BANDS: "按综合得分评定", StarModel.DIMENSIONS: "按各维度得分评定"}


class StarNotFound(problems.NotFound):
    code = "star-not-found"
    detail = "没有找到这项星级"


class PlaqueNotFound(problems.NotFound):
    code = "plaque-not-found"
    detail = "没有找到这块牌匾"


class StarNotCurrent(problems.Conflict):
    code = "star-not-current"
    detail = "这项星级已被新的结果替代"


class LevelUnchanged(problems.Unprocessable):
    code = "level-unchanged"
    detail = "调整后的星级与现星级相同"


STARS = Register(
    "星级名单",
    Star,
    StarRead,
    StarNotFound,
    lambda _: queries.is_public(),
    derived={
        "subject_name": Star.name,
        "organization_name": name_of(Star.organization_id),
        "version": case((Star.is_current, 1), else_=2),
    },
)
PLAQUES = Register(
    "命名挂牌名单",
    Plaque,
    PlaqueRead,
    PlaqueNotFound,
    lambda _: true(),
    derived={"organization_name": Plaque.name},
)


def seen_rows(actor: Actor) -> Select[*tuple[Any, ...]]:
    """Stars of members and organisations within the caller's reach, former ones too."""
    return STARS.rows().where(queries.seen_by(actor))


async def star_seen_by(db: AsyncSession, actor: Actor, star_id: UUID) -> Star:
    star = await db.scalar(select(Star).where(Star.id == star_id, queries.seen_by(actor)))
    if star is None:
        raise StarNotFound
    return star


async def publish(db: AsyncSession, access: ReviewAccess, *, today: date, actor: Actor) -> dict[str, object]:
    """Every subject's star, as resolved (or, without a deliberating step, as announced), and its plaque."""
    review = access.review
    proposed = await stars_proposed(db, review.id)
    resolved = {one.subject_id: one for one in await standing_decisions(db, review.id)}
    limited, aside = await stars_without_veto(db, review.id), await set_aside_in(db, review.id)
    basis = BASES[access.cycle.star_model]
    levels: dict[str, int] = {}
    for subject in await subjects_of(db, review.id):
        decision = resolved.get(subject.subject_id)
        level = decision.stars if decision else proposed.get(subject.subject_id)
        if level is None:
            continue
        confirmed = (CONFIRMED if decision else ANNOUNCED).format(basis=basis)
        reason = (decision.reason if decision else None) or confirmed
        if subject.subject_id in aside:
            reason = f"{reason};异议成立,不计入{aside[subject.subject_id]}"
        if subject.subject_id in limited:
            reason = f"{veto_said(limited[subject.subject_id], access.cycle.veto_cap)};{reason}"
        star = _star(access, subject.subject_id, subject.name, level, reason, today)
        await _publish_one(db, star, access.path, actor)
        levels[str(level)] = levels.get(str(level), 0) + 1
    return {"stars": levels}


def _star(
    access: ReviewAccess, subject_id: UUID, name: str, level: int, reason: str, today: date, hearing: str | None = None
) -> Star:
    cycle, review = access.cycle, access.review
    is_organization = cycle.subject_kind is SubjectKind.ORGANIZATION
    return Star(
        root_id=review.root_id,
        cycle_id=cycle.id,
        review_id=review.id,
        organization_id=subject_id if is_organization else review.organization_id,
        year=cycle.year,
        subject_kind=cycle.subject_kind,
        subject_id=subject_id,
        name=name,
        level=level,
        reason=reason,
        hearing=hearing,
        published_on=today,
        is_late=today > cycle.final_before,
        is_current=True,
    )


async def _publish_one(db: AsyncSession, star: Star, path: str, actor: Actor) -> None:
    before = await queries.current_star(db, star.cycle_id, star.subject_id)
    if before is not None:
        star.previous_level, before.is_current = before.level, False
        await db.flush()
    else:
        star.previous_level = await queries.last_level(db, star.subject_id, star.year)
    db.add(star)
    await db.flush()
    await _record(db, StarPublished.model_validate(star), star, path, actor)
    if star.subject_kind is SubjectKind.ORGANIZATION:
        await _settle_plaque(db, star, path, actor)


async def _settle_plaque(db: AsyncSession, star: Star, path: str, actor: Actor) -> None:
    """The plaque follows the newest year's star; a late change of an earlier year leaves it."""
    if await queries.is_succeeded(db, star):
        return
    plaque = await queries.standing_plaque(db, star.organization_id)
    change = rules.plaque_change(star.level, has_plaque=plaque is not None)
    if change is PlaqueChange.ISSUE:
        sequence = await queries.next_sequence(db, star.root_id)
        plaque = Plaque(
            root_id=star.root_id,
            organization_id=star.organization_id,
            name=star.name,
            sequence=sequence,
            number=rules.plaque_number(star.year, sequence),
            level=star.level,
            issued_on=star.published_on,
        )
        db.add(plaque)
    if plaque is None:
        return
    plaque.level = star.level if change is not PlaqueChange.WITHDRAW else plaque.level
    if change is PlaqueChange.WITHDRAW:
        plaque.withdrawn_on, plaque.withdrawal_reason = star.published_on, star.reason
    await db.flush()
    event = PlaqueWithdrawn if change is PlaqueChange.WITHDRAW else PlaqueIssued
    if change is not PlaqueChange.KEEP:
        await _record(db, event.model_validate(plaque), plaque, path, actor)


async def adjust(
    db: AsyncSession, star_id: UUID, change: StarAdjustment, *, today: date, actor: Actor, if_match: int
) -> Star:
    """动态调整 by the superior, with reason and hearing, also after the cycle is closed."""
    star = await db.get(Star, star_id)
    if star is None:
        raise StarNotFound
    with hidden_as(StarNotFound):
        access = await enter(db, actor, star.review_id, lock=True)
    if not access.is_superior:
        raise OnlyTheSuperior
    await refuse_own_case(db, access, star.subject_id)
    await db.refresh(star, with_for_update=True)
    check_version(star, if_match)
    if not star.is_current:
        raise StarNotCurrent
    if star.level == change.level:
        raise LevelUnchanged
    cap = access.cycle.veto_cap
    if change.level > cap and await is_vetoed(db, star.review_id, star.subject_id):
        raise AboveVetoCap(cap=cap)
    fresh = _star(access, star.subject_id, star.name, change.level, change.reason, today, change.hearing)
    await _publish_one(db, fresh, access.path, actor)
    return fresh


async def _record(db: AsyncSession, payload: Payload, row: Star | Plaque, path: str, actor: Actor) -> None:
    await record_event(db, payload, subject=row.id, root_id=row.root_id, path=path, actor=actor)
