"""Counts over what the caller may see; each service of the house answers its own part."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from scoring.honours.stars.queries import star_counts
from scoring.points.claims import queries as claims
from scoring.points.claims.models import ClaimState
from scoring.points.evaluations import queries as evaluations
from scoring.points.evaluations.models import EvaluationState
from scoring.points.ledger import queries as points


async def points_overview(db: AsyncSession, actor: Actor, as_of: date) -> dict[str, Any]:
    ledger = points.visible_to(actor).subquery()
    summed = select(
        func.count(), func.coalesce(func.sum(ledger.c.granted), 0), func.count(ledger.c.subject_id.distinct())
    ).where(ledger.c.points_year == as_of.year, ledger.c.occurred_on <= as_of)
    entries, total, subjects = (await db.execute(summed)).one()
    pending = claims.visible_to(actor).subquery()
    waiting = select(func.count()).select_from(pending).where(pending.c.state == ClaimState.PENDING)
    monthly = evaluations.visible_to(actor).subquery()
    confirmed = select(func.count()).where(
        monthly.c.state == EvaluationState.CONFIRMED, monthly.c.month.startswith(f"{as_of.year}-")
    )
    return {
        "as_of": as_of,
        "points_year": as_of.year,
        "entries": entries,
        "points_total": total,
        "subjects": subjects,
        "claims_pending": await db.scalar(waiting),
        "evaluations_confirmed": await db.scalar(confirmed),
        "stars": await star_counts(db, actor.paths),
    }
