from datetime import date, datetime
from typing import Any
from uuid import UUID

from fastapi import Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from roster.models import PartyOrganization
from scoring.honours.stars.service import publish
from scoring.points.closures import service as closures
from scoring.reference.projections.queries import covered_by
from scoring.reviews.ballots.queries import reopen_all
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.queries import visible_cycles
from scoring.reviews.cycles.rules import State, is_late
from scoring.reviews.cycles.service import CycleNotFound
from scoring.reviews.cycles.service import close as close_cycle_row
from scoring.reviews.notices.models import NoticeState
from scoring.reviews.notices.service import close_notices, open_notices
from scoring.reviews.ratings import service as ratings
from scoring.reviews.resolutions.queries import set_aside
from scoring.reviews.reviews import rules
from scoring.reviews.reviews.access import CycleClosed, ReviewAccess, conduct, supervise
from scoring.reviews.reviews.models import Review, StepKind
from scoring.reviews.reviews.queries import progress_of, subjects_of
from scoring.reviews.reviews.service import REVIEWS, record_advance, record_step
from scoring.reviews.steps.queries import facts_of
from scoring.reviews.steps.schemas import Links, MissingRead, Permissions, Progress, ReviewDetail, StepCount


class StepSkipped(problems.Conflict):
    code = "step-order"
    detail = "评议现处于“{state}”,不能直接到“{to}”:须按诺、践、讲、评、比、示、议的顺序推进,退回须由上级办理"


class StepNotFinished(problems.Conflict):
    code = "step-not-finished"
    detail = "“{state}”尚未完成:{missing}"


class ReopenRefused(problems.Conflict):
    code = "reopen-refused"
    detail = "评议现处于“{state}”,只能退回到更早的步骤"


class ReviewsNotFinal(problems.Conflict):
    code = "reviews-not-final"
    detail = "还有 {count} 项评议没有办结,年度不能办结"


class NoReviews(problems.Conflict):
    code = "no-reviews"
    detail = "这一年度没有启动过评议"


async def advance(
    db: AsyncSession, review_id: UUID, to: State, *, today: date, now: datetime, actor: Actor, if_match: int
) -> ReviewAccess:
    access = await conduct(db, actor, review_id)
    check_version(access.review, if_match)
    review, cycle = access.review, access.cycle
    left = review.state
    if not rules.may_follow(cycle.template, left, to):
        raise StepSkipped(state=left.label, to=to.label)
    facts = await facts_of(db, review, cycle, today)
    missing = rules.missing_before_leaving(left, facts)
    if missing:
        raise StepNotFinished(
            state=left.label,
            missing=rules.sentence(missing),
            fields=[problems.FieldError(one.code, one.text) for one in missing],
        )
    output = {name: value for name, value in vars(facts).items() if value}
    output |= await _leave(db, access, left, now=now, actor=actor)
    review.state = to
    output |= await _arrive(db, access, today=today, actor=actor)
    await db.flush()
    await record_step(db, review, kind=StepKind.ADVANCED, left=left, output=output, today=today, now=now, actor=actor)
    await record_advance(db, review, access.path, actor, left=left)
    return access


async def _leave(db: AsyncSession, access: ReviewAccess, left: State, *, now: datetime, actor: Actor) -> dict[str, Any]:
    if rules.rates_on_leaving(left):
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
    access = await supervise(db, actor, review_id)
    check_version(access.review, if_match)
    review, cycle = access.review, access.cycle
    left = review.state
    if not rules.may_reopen(cycle.template, left, to):
        raise ReopenRefused(state=left.label)
    await close_notices(db, access, state=NoticeState.REPLACED, actor=actor)
    await set_aside(db, review_id)
    await closures.reopen(db, review_id)
    if rules.is_reached(cycle.template, State.APPRAISE, to):
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


async def detail(db: AsyncSession, access: ReviewAccess, response: Response, *, today: date) -> ReviewDetail:
    review, cycle = access.review, access.cycle
    facts = await facts_of(db, review, cycle, today)
    missing = rules.missing_before_leaving(review.state, facts)
    due = cycle.deadlines.get(review.state.value)
    base = f"/api/v1/scoring/reviews/{review.id}"
    read = await REVIEWS.answer(db, review, response)
    return ReviewDetail.model_construct(
        **read.__dict__,
        next_state=rules.state_after(cycle.template, review.state),
        missing=[MissingRead(code=one.code, text=one.text) for one in missing],
        permissions=permissions(access, facts, is_finished=not missing),
        due_at=date.fromisoformat(due) if due else cycle.final_before,
        links=Links(history=f"{base}/history", subjects=f"{base}/subjects", results=f"{base}/results"),
    )


def permissions(access: ReviewAccess, facts: rules.StepFacts, *, is_finished: bool) -> Permissions:
    state, is_open = access.review.state, access.cycle.state is CycleState.OPEN
    conducts, is_superior = access.conducts and is_open, access.is_superior and is_open
    before_freeze = state in {State.PLEDGE, State.PRACTISE, State.REPORT, State.APPRAISE}
    return Permissions(
        may_advance=conducts and is_finished and state is not State.FINAL,
        may_reopen=is_superior and state is not rules.first_state(access.cycle.template),
        may_submit_pledges=is_open and state is State.PLEDGE,
        may_decide_pledges=conducts and state is State.PLEDGE,
        may_report=is_open and state is State.REPORT,
        may_open_ballot=conducts and state is State.APPRAISE and not facts.counted_ballots,
        may_reopen_ballot=is_superior and state is State.APPRAISE and facts.counted_ballots > 0,
        may_record_survey=conducts and state is State.APPRAISE,
        may_record_veto=is_superior and before_freeze,
        may_object=is_open and state is State.PUBLICISE,
        may_decide_objections=conducts and state is State.PUBLICISE,
        may_record_resolution=conducts and state is State.DELIBERATE,
        may_confirm_resolution=is_superior and state is State.DELIBERATE,
    )


async def progress(db: AsyncSession, cycle_id: UUID, *, actor: Actor) -> Progress:
    cycle = await _cycle(db, cycle_id, actor)
    rows = await progress_of(db, cycle.id, covered_by(actor, PartyOrganization.path))
    found = {state: (count, late) for state, count, late in rows}
    steps = [
        StepCount(state=state, label=state.label, reviews=count, late=late)
        for state in State
        for count, late in [found.get(state.value, (0, 0))]
    ]
    return Progress(
        cycle_id=cycle.id, cycle_name=cycle.name, state=cycle.state, reviews=sum(one[1] for one in rows), steps=steps
    )


async def close_cycle(db: AsyncSession, cycle_id: UUID, *, now: datetime, actor: Actor, if_match: int) -> Cycle:
    cycle = await _cycle(db, cycle_id, actor)
    await db.refresh(cycle, with_for_update=True)
    check_version(cycle, if_match)
    if cycle.state is CycleState.CLOSED:
        raise CycleClosed(year=cycle.year)
    states = (await db.scalars(select(Review.state).where(Review.cycle_id == cycle.id))).all()
    if not states:
        raise NoReviews
    unfinished = sum(state is not State.FINAL for state in states)
    if unfinished:
        raise ReviewsNotFinal(count=unfinished)
    path = await db.scalar(select(PartyOrganization.path).where(PartyOrganization.id == cycle.organization_id))
    return await close_cycle_row(db, cycle, path or "", now=now, actor=actor)


async def _cycle(db: AsyncSession, cycle_id: UUID, actor: Actor) -> Cycle:
    cycle: Cycle | None = await db.scalar(visible_cycles(actor).where(Cycle.id == cycle_id))
    if cycle is None:
        raise CycleNotFound
    return cycle
