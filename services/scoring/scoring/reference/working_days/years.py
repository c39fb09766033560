"""The working days of a whole year at once, typed or handed in as a workbook: weekdays plus exceptions."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.access import Actor
from kit.etags import check_version_unless_new
from kit.problems import FieldError
from records.events import record_event
from scoring.reference.working_days import queries, workbooks
from scoring.reference.working_days.events import WorkingYearSet
from scoring.reference.working_days.kinds import WorkingYearState
from scoring.reference.working_days.rules import (
    ArrangedDay,
    days_in,
    faults_of,
    figures_of,
    has_holiday,
    is_weekday,
    whole_year,
)
from scoring.reference.working_days.schemas import (
    WorkingDayProblem,
    WorkingYearRead,
    WorkingYearReport,
    WorkingYearWrite,
)

NO_HOLIDAY = "没有一个周一至周五放假的日子,请写明法定节假日"


class WrongWorkingDays(problems.Unprocessable):
    code = "wrong-working-days"
    detail = "全年工作日安排有误,请按提示修改"


class Change(NamedTuple):
    """Who changes the year, which version of it they saw, and whether they only try."""

    actor: Actor
    if_match: int | None
    dry_run: bool


class Standing(NamedTuple):
    version: int


async def read_year(db: AsyncSession, year: int) -> WorkingYearRead:
    days = await queries.days_of(db, year)
    return WorkingYearRead(**_told(year, days, await queries.version_of(db, year)))


async def set_year(db: AsyncSession, year: int, body: WorkingYearWrite, change: Change) -> WorkingYearReport:
    exceptions = [ArrangedDay(one.day, one.is_working, one.note) for one in body.exceptions]
    wrong = [FieldError(f"/body/exceptions/{place}/day", reason) for place, reason in faults_of(year, exceptions)]
    if not wrong and not has_holiday(whole_year(year, exceptions)):
        wrong = [FieldError("/body/exceptions", NO_HOLIDAY)]
    if wrong:
        raise WrongWorkingDays(fields=wrong)
    return await _arrange(db, year, exceptions, change)


async def import_year(db: AsyncSession, year: int, content: bytes, change: Change) -> WorkingYearReport:
    exceptions, wrong = await workbooks.read(year, content)
    if not wrong and not has_holiday(whole_year(year, exceptions)):
        wrong = [WorkingDayProblem(row=0, column="", reason=NO_HOLIDAY)]
    if wrong:
        standing = _told(year, await queries.days_of(db, year), await queries.version_of(db, year))
        return WorkingYearReport(**standing, state=WorkingYearState.REFUSED, changed_count=0, problems=wrong)
    return await _arrange(db, year, exceptions, change)


async def _arrange(db: AsyncSession, year: int, exceptions: Sequence[ArrangedDay], change: Change) -> WorkingYearReport:
    days = whole_year(year, exceptions)
    await queries.hold(db, year)
    changed = len(set(days) - set(await queries.days_of(db, year)))
    version = await queries.version_of(db, year)
    state = WorkingYearState.CHECKED
    if not change.dry_run:
        check_version_unless_new(Standing(version) if version else None, change.if_match)
        await queries.arrange(db, days)
        version, state = await queries.version_of(db, year), WorkingYearState.PUBLISHED
        await _record(db, year, days, version, change.actor)
    return WorkingYearReport(**_told(year, days, version), state=state, changed_count=changed, problems=[])


async def _record(db: AsyncSession, year: int, days: Sequence[ArrangedDay], version: int, actor: Actor) -> None:
    payload = WorkingYearSet(
        year=year,
        rest_weekdays=[one.day for one in days if is_weekday(one.day) and not one.is_working],
        working_weekends=[one.day for one in days if one.is_working and not is_weekday(one.day)],
    )
    await record_event(db, payload, subject=actor.subject, version=version, actor=actor)


def _told(year: int, days: Sequence[ArrangedDay], version: int) -> dict[str, Any]:
    figures = figures_of(days)
    return {
        "year": year,
        "is_complete": figures.days == days_in(year),
        "day_count": figures.days,
        "working_count": figures.working,
        "rest_weekday_count": figures.rest_weekdays,
        "working_weekend_count": figures.working_weekends,
        "version": version,
    }
