"""A review goes on to its next step, or back: what each step does when it is left and when it is entered."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.etags import check_version
from records.steps import StepKind, require_earlier, require_finished, require_next
from scoring.honours.stars.service import publish
from scoring.points.closures import service as closures
from scoring.reviews.access.queries import subjects_of
from scoring.reviews.access.service import ReviewAccess, enter, record_step, require_taker
from scoring.reviews.ballots.queries import reopen_all
from scoring.reviews.cycles.rules import State, is_late
from scoring.reviews.notices.models import NoticeState
from scoring.reviews.notices.service import close_notices, open_notices
from scoring.reviews.ratings import service as ratings
from scoring.reviews.resolutions.queries import set_aside
from scoring.reviews.reviews.facts import facts_of
from scoring.reviews.reviews.service import record_advance


async def advance(
    db: AsyncSession, review_id: UUID, to: State, *, today: date, now: datetime, actor: Actor, if_match: int
) -> ReviewAccess:
    access = await enter(db, actor, review_id, lock=True)
    review, procedure, left = access.review, access.procedure, access.review.state
    require_taker(access, procedure.step(left).by)
    check_version(review, if_match)
    require_next(procedure, left, to)
    facts = await facts_of(db, review, access.cycle, today)
    require_finished(procedure, left, facts)
    output = procedure.step(left).output(facts) | await _leave(db, access, left, now=now, actor=actor)
    review.state = to
    output |= await _arrive(db, access, today=today, actor=actor)
    await db.flush()
    await record_step(db, review, kind=StepKind.ADVANCED, left=left, output=output, today=today, now=now, actor=actor)
    await record_advance(db, review, access.path, actor, left=left)
    return access


async def _leave(db: AsyncSession, access: ReviewAccess, left: State, *, now: datetime, actor: Actor) -> dict[str, Any]:
    """Inputs are frozen and stars proposed when appraisal ends, in either template."""
    if left is State.APPRAISE:
        await ratings.freeze(db, access.review.id, now=now)
        await ratings.rate(db, access.review.id, now=now)
        return {"frozen_at": now.isoformat()}
    if left is State.PUBLICISE:
        await close_notices(db, access, state=NoticeState.CLOSED, actor=actor)
    return {}


async def _arrive(db: AsyncSession, access: ReviewAccess, *, today: date, actor: Actor) -> dict[str, Any]:
    review = access.review
    if review.state is State.PUBLICISE:
        return await open_notices(db, access, today=today, actor=actor)
    if review.state is not State.FINAL:
        return {}
    review.finished_on, review.is_late = today, is_late(today, access.cycle.final_before)
    published = await publish(db, access, today=today, actor=actor)
    await _close_period(db, access, today)
    return {**published, "is_late": review.is_late}


async def _close_period(db: AsyncSession, access: ReviewAccess, today: date) -> None:
    review, cycle = access.review, access.cycle
    await closures.close(
        db,
        [one.subject_id for one in await subjects_of(db, review.id)],
        root_id=review.root_id,
        review_id=review.id,
        superior_id=review.superior_id,
        title=cycle.name,
        first_day=cycle.period_from,
        last_day=cycle.period_to,
        closed_on=today,
    )


async def reopen(
    db: AsyncSession,
    review_id: UUID,
    to: State,
    reason: str,
    *,
    today: date,
    now: datetime,
    actor: Actor,
    if_match: int,
) -> ReviewAccess:
    """Back to an earlier step, by the superior; what was computed, posted and resolved later no longer stands."""
    access = await enter(db, actor, review_id, lock=True)
    review, procedure, left = access.review, access.procedure, access.review.state
    require_taker(access, procedure.back_by)
    check_version(review, if_match)
    require_earlier(procedure, left, to)
    await close_notices(db, access, state=NoticeState.REPLACED, actor=actor)
    await set_aside(db, review_id)
    await closures.reopen(db, review_id)
    if procedure.is_reached(State.APPRAISE, to):
        await ratings.withdraw(db, review_id)
        await reopen_all(db, review_id, reason=reason, today=today, by=actor.subject)
    review.state, review.finished_on, review.is_late = to, None, False
    await db.flush()
    if to is State.PUBLICISE:
        await open_notices(db, access, today=today, actor=actor)
    await record_step(
        db, review, kind=StepKind.REOPENED, left=left, output={}, today=today, now=now, actor=actor, reason=reason
    )
    await record_advance(db, review, access.path, actor, left=left, reason=reason)
    return access
