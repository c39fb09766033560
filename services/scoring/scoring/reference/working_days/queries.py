from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, extract, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reference.working_days.models import WorkingDay
from scoring.reference.working_days.rules import ArrangedDay, days_in, years_needed_on


async def calendar_from(db: AsyncSession, first: date) -> dict[date, bool]:
    """Every known day from `first` on: a notice over the end of the table then fails by name."""
    query = select(WorkingDay.day, WorkingDay.is_working).where(WorkingDay.day >= first).order_by(WorkingDay.day)
    return dict((await db.execute(query.limit(800))).all())


def _of_year(year: int) -> Select[WorkingDay]:
    return select(WorkingDay).where(WorkingDay.day.between(date(year, 1, 1), date(year, 12, 31)))


async def days_of(db: AsyncSession, year: int) -> list[ArrangedDay]:
    rows = await db.scalars(_of_year(year).order_by(WorkingDay.day))
    return [ArrangedDay(row.day, row.is_working, row.note) for row in rows]


async def version_of(db: AsyncSession, year: int) -> int:
    """Grows with every change of one of its days; 0 while none is known."""
    versions = _of_year(year).with_only_columns(func.coalesce(func.sum(WorkingDay.version), 0))
    return int(await db.scalar(versions) or 0)


async def hold(db: AsyncSession, year: int) -> None:
    """One writer of a year at a time, also while it has no row that could be locked."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(f"working days of {year}", 0))))


async def arrange(db: AsyncSession, days: Sequence[ArrangedDay]) -> None:
    """Days that stand as they are keep their version."""
    row = insert(WorkingDay).values([one._asdict() for one in days])
    told = row.excluded
    differs = WorkingDay.is_working.is_distinct_from(told.is_working) | WorkingDay.note.is_distinct_from(told.note)
    changes = {"is_working": told.is_working, "note": told.note, "version": WorkingDay.version + 1}
    await db.execute(row.on_conflict_do_update(index_elements=["day"], set_=changes, where=differs))


async def years_missing_on(db: AsyncSession, day: date) -> list[int]:
    """Of the years that must be known on that day, those that are not, or not wholly."""
    year = extract("year", WorkingDay.day)
    needed = years_needed_on(day)
    rows = await db.execute(select(year, func.count()).where(year.in_(needed)).group_by(year))
    known = {int(found): count for found, count in rows}
    return [one for one in needed if known.get(one, 0) < days_in(one)]
