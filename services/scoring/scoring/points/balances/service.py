"""What a subject holds, and whether the entries say the same."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from fastapi import Response
from sqlalchemy import literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.paging import Page
from records.columns import shown
from records.files import Export
from records.listing import slice_of
from scoring.points.balances import queries
from scoring.points.balances.schemas import (
    BalanceListing,
    BalanceRead,
    BalanceSummary,
    Difference,
    DimensionBalance,
    IndicatorBalance,
    VerificationRead,
)
from scoring.points.indicators.models import Indicator
from scoring.points.indicators.queries import catalogue_in_force, catalogue_name, indicators_of
from scoring.points.ledger import queries as ledger
from scoring.points.ledger import rules
from scoring.points.ledger.models import LedgerEntry, PointTotal
from scoring.reference.projections.queries import subject_name


async def page(db: AsyncSession, actor: Actor, wanted: BalanceListing, *, today: date) -> Page[BalanceSummary]:
    found = await slice_of(db, queries.summaries(actor, wanted.year or today.year), wanted)
    items = [shown(BalanceSummary, row) for row in found.rows]
    return Page[BalanceSummary].model_construct(items=items, next=found.next, total=found.total)


async def export(wanted: BalanceListing, to: Export, *, today: date) -> Response:
    rows = await to.select(wanted.ordered(queries.summaries(to.actor, wanted.year or today.year)))
    return await to.file("积分余额", BalanceSummary, (row._mapping for row in rows))


async def balance(db: AsyncSession, actor: Actor, subject_id: UUID, *, year: int) -> BalanceRead:
    subject = await queries.visible_subject(db, actor, subject_id)
    if subject is None:
        raise problems.NotFound
    kind, root_id = subject
    version = await catalogue_in_force(db, kind, root_id, year)
    indicators = await indicators_of(db, version.id) if version else []
    totals = {total.indicator_code: total for total in await queries.totals_of(db, subject_id, year)}
    points = rules.dimension_sums(
        [(one.dimension, totals[one.code].granted) for one in indicators if one.code in totals]
    )
    maxima = rules.dimension_sums([(one.dimension, one.annual_cap) for one in indicators])
    return BalanceRead(
        subject_kind=kind,
        subject_id=subject_id,
        subject_name=await db.scalar(select(subject_name(literal(subject_id)))),
        points_year=year,
        catalogue_id=version.id if version else None,
        catalogue_name=await db.scalar(select(catalogue_name(literal(version.id)))) if version else None,
        points_total=sum((total.granted for total in totals.values()), rules.ZERO),
        maximum=sum(maxima.values(), rules.ZERO),
        dimensions=[
            DimensionBalance(dimension=name, points=points.get(name, rules.ZERO), maximum=most)
            for name, most in maxima.items()
        ],
        indicators=[_indicator_balance(one, totals.get(one.code)) for one in indicators],
    )


def _indicator_balance(indicator: Indicator, total: PointTotal | None) -> IndicatorBalance:
    return IndicatorBalance(
        code=indicator.code,
        dimension=indicator.dimension,
        name=indicator.name,
        points=total.granted if total else rules.ZERO,
        annual_cap=indicator.annual_cap,
        by_period=list(total.by_period if total else rules.empty_room(indicator.cadence).by_period),
    )


async def verify(db: AsyncSession, actor: Actor, subject_id: UUID, *, year: int) -> VerificationRead:
    """Add the entries up again and compare with the totals, indicator by indicator and period by period."""
    if await queries.visible_subject(db, actor, subject_id) is None:
        raise problems.NotFound
    entries = {(code, period): points for code, period, points in await ledger.entry_sums(db, subject_id, year)}
    totals: dict[tuple[str, int], Decimal] = {}
    granted = rules.ZERO
    differences = []
    for total in await queries.totals_of(db, subject_id, year):
        granted += total.granted
        totals |= {(total.indicator_code, period): points for period, points in enumerate(total.by_period)}
        if sum(total.by_period) != total.granted:
            differences.append((total.indicator_code, -1, sum(total.by_period), total.granted))
    for code, period in sorted(entries.keys() | totals.keys()):
        said, held = entries.get((code, period), rules.ZERO), totals.get((code, period), rules.ZERO)
        if said != held:
            differences.append((code, period, said, held))
    query = ledger.totals_of_ledger(LedgerEntry.subject_id == subject_id, LedgerEntry.points_year == year)
    count, added_up = (await db.execute(query)).one()
    return VerificationRead(
        subject_id=subject_id,
        points_year=year,
        entries=count,
        entries_sum=added_up,
        total=granted,
        is_consistent=not differences and added_up == granted,
        differences=[
            Difference(indicator_code=code, period=period, entries=said, total=held)
            for code, period, said, held in differences
        ],
    )
