from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from scoring.reference.working_days.models import WorkingDay


async def calendar_from(db: AsyncSession, first: date) -> dict[date, bool]:
    """Every known day from `first` on: a notice over the end of the table then fails by name."""
    query = select(WorkingDay.day, WorkingDay.is_working).where(WorkingDay.day >= first).order_by(WorkingDay.day)
    return dict((await db.execute(query.limit(800))).all())
