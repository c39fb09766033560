from collections.abc import Callable
from datetime import date
from typing import ParamSpec, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version_unless_new
from records.events import record_event
from records.working_days import YearNotCoveredError
from scoring.reference.working_days import queries
from scoring.reference.working_days.events import WorkingDaySet
from scoring.reference.working_days.models import WorkingDay
from scoring.reference.working_days.schemas import WorkingDayWrite

P = ParamSpec("P")
T = TypeVar("T")


class WorkingDaysUnknown(problems.Conflict):
    code = "working-days-unknown"
    detail = "{year} 年的工作日安排尚未录入,请系统管理员录入全年的放假与调休"


def counting(count: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Count working days; a year the table does not cover becomes the caller's problem."""
    try:
        return count(*args, **kwargs)
    except YearNotCoveredError as error:
        raise WorkingDaysUnknown(year=error.year) from error


async def set_day(
    db: AsyncSession, day: date, change: WorkingDayWrite, *, actor: Actor, if_match: int | None
) -> WorkingDay:
    await queries.hold(db, day.year)
    row = await db.get(WorkingDay, day, with_for_update=True)
    check_version_unless_new(row, if_match)
    if row is None:
        row = WorkingDay(day=day)
        db.add(row)
    row.is_working, row.note = change.is_working, change.note
    await db.flush()
    payload = WorkingDaySet.model_validate(row)
    await record_event(db, payload, subject=actor.subject, version=row.version, actor=actor)
    return row
