"""A year as a workbook: its template, and the days written in one. What is exported can be handed in again."""

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import cast

from scoring.reference.working_days.rules import ArrangedDay, faults_of
from scoring.reference.working_days.schemas import WorkingDayProblem
from sheets import CellProblem, Column, Limits, Row, SheetTemplate, WorkbookRefusedError, read_rows

DAY = "日期"
TEMPLATE = SheetTemplate(
    "工作日",
    (
        Column(
            "day", DAY, required=True, kind="date", unique=True, example="2027-01-01", note="只需填放假与调休的日期"
        ),
        Column("is_working", "是否工作日", required=True, kind="yes_no", note="放假填“否”,调休上班填“是”"),
        Column("note", "说明(节日或调休)", example="元旦"),
    ),
)
LIMITS = Limits(file_bytes=1024**2, unpacked_bytes=16 * 1024**2, rows=1_000, seconds=20.0)


async def read(year: int, content: bytes) -> tuple[list[ArrangedDay], list[WorkingDayProblem]]:
    """What the workbook says, and all that is wrong with it."""
    try:
        rows = list(await asyncio.to_thread(read_rows, content, TEMPLATE, LIMITS))
    except WorkbookRefusedError as refusal:
        return [], _told(refusal.problems)
    problems = [problem for row in rows for problem in row.problems]
    if problems:
        return [], _told(problems)
    days = [_day(row) for row in rows]
    return days, [WorkingDayProblem(row=rows[at].number, column=DAY, reason=why) for at, why in faults_of(year, days)]


def _day(row: Row) -> ArrangedDay:
    cells = row.cells
    return ArrangedDay(cast(date, cells["day"]), bool(cells["is_working"]), str(cells["note"] or ""))


def _told(problems: Sequence[CellProblem]) -> list[WorkingDayProblem]:
    return [WorkingDayProblem(row=one.row, column=one.column, reason=one.reason) for one in problems]
