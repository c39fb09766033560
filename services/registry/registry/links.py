"""Ending a dated record without forgetting what was believed: the old record closes, a shorter one takes its place."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from records.bitemporal import Bitemporal, succeed
from records.voiding import RecordVoid
from registry.dates import DateRules, Days

Record = TypeVar("Record", bound=Bitemporal)


class EndBeforeStart(problems.Unprocessable):
    code = "end-before-start"
    detail = "结束日期须晚于起始日期"


class WrongDates(problems.Unprocessable):
    code = "wrong-dates"
    detail = "{reasons}"


class AlreadyEnded(problems.Conflict):
    code = "already-ended"
    detail = "这条记录在该日期之前已经结束"


def refuse_wrong_dates(rules: DateRules, days: Days, today: date) -> None:
    if faults := rules.faults(days, today):
        named = [problems.FieldError(f"/body/{field}", reason) for field, reason in faults]
        raise WrongDates(reasons=";".join(reason for _, reason in faults), fields=named)


async def end_record(db: AsyncSession, record: Record, ended_on: date, **changes: Any) -> Record:
    """The record that is believed from now on; `changes` are set on it."""
    if record.recorded_to is not None:
        raise RecordVoid
    if ended_on <= record.valid_from:
        raise EndBeforeStart
    if record.valid_to is not None and record.valid_to <= ended_on:
        raise AlreadyEnded
    return await succeed(db, record, valid_to=ended_on, **changes)
