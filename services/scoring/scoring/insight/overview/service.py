"""Counts over what the caller may see, each as of the day asked; every service answers its own part."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit.access import Actor
from kit.clock import day_in_shanghai
from scoring.honours.stars.queries import star_counts
from scoring.honours.stars.schemas import StarCount
from scoring.insight.overview.schemas import MissingYear, OverviewRead
from scoring.points.claims import queries as claims
from scoring.points.evaluations import queries as evaluations
from scoring.points.ledger import queries as points
from scoring.reference.working_days.queries import years_missing_on

YEAR_MISSING = "{year} 年的工作日安排尚未录全,公示到这一年将无法推进,请提醒系统管理员录入全年的放假与调休"


async def points_overview(db: AsyncSession, actor: Actor, as_of: date) -> OverviewRead:
    ledger = points.visible_to(actor).subquery()
    summed = select(
        func.count(), func.coalesce(func.sum(ledger.c.granted), 0), func.count(ledger.c.subject_id.distinct())
    ).where(ledger.c.points_year == as_of.year, ledger.c.occurred_on <= as_of)
    entries, total, subjects = (await db.execute(summed)).one()
    return OverviewRead(
        as_of=as_of,
        points_year=as_of.year,
        entries=entries,
        points_total=total,
        subjects=subjects,
        claims_pending=await _number(db, _claims_pending(actor, as_of)),
        evaluations_confirmed=await _number(db, _evaluations_confirmed(actor, as_of)),
        stars=[StarCount(**row) for row in await star_counts(db, actor.paths, as_of)],
        missing_working_years=[
            MissingYear(year=year, detail=YEAR_MISSING.format(year=year)) for year in await years_missing_on(db, as_of)
        ],
    )


async def _number(db: AsyncSession, query: Select[int]) -> int:
    return await db.scalar(query) or 0


def _claims_pending(actor: Actor, as_of: date) -> Select[int]:
    """Claims made by that day and neither decided nor withdrawn by it."""
    seen = claims.visible_to(actor).subquery()
    still_open: ColumnElement[bool] = or_(seen.c.closed_at.is_(None), day_in_shanghai(seen.c.closed_at) > as_of)
    return select(func.count()).where(and_(day_in_shanghai(seen.c.claimed_at) <= as_of, still_open))


def _evaluations_confirmed(actor: Actor, as_of: date) -> Select[int]:
    """Evaluations of months of that year which were confirmed by that day."""
    seen = evaluations.visible_to(actor).subquery()
    return select(func.count()).where(
        day_in_shanghai(seen.c.confirmed_at) <= as_of, seen.c.month.startswith(f"{as_of.year}-")
    )
