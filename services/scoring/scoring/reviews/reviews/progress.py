"""A cycle seen over its reviews: how far they are, and its end when all are final."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version
from roster.models import PartyOrganization
from scoring.reference.projections.queries import covered_by
from scoring.reviews.access.models import Review
from scoring.reviews.access.service import CycleClosed
from scoring.reviews.cycles.models import Cycle, CycleState
from scoring.reviews.cycles.queries import visible_cycles
from scoring.reviews.cycles.rules import State
from scoring.reviews.cycles.service import CycleNotFound
from scoring.reviews.cycles.service import close as close_cycle_row
from scoring.reviews.reviews.queries import progress_of
from scoring.reviews.reviews.schemas import Progress, StepCount


class ReviewsNotFinal(problems.Conflict):
    code = "reviews-not-final"
    detail = "还有 {count} 项评议没有办结,年度不能办结"


class NoReviews(problems.Conflict):
    code = "no-reviews"
    detail = "这一年度没有启动过评议"


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
