from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema
from records.listing import Listing, Where, equals
from scoring.reference.working_days.kinds import WorkingYearState
from scoring.reference.working_days.models import WorkingDay

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_EXCEPTIONS = 366
Year = Annotated[int, Path(ge=FIRST_YEAR, le=LAST_YEAR, title="年份")]
DryRun = Annotated[bool, Query(title="试运行", description="只检查,不写入")]


class WorkingDayWrite(Schema):
    is_working: bool = Field(title="是否工作日")
    note: OptionalText = Field(default="", title="说明(节日或调休)")


class WorkingDayRead(Schema):
    day: BusinessDate = Field(title="日期")
    is_working: bool = Field(title="是否工作日")
    note: str = Field(title="说明(节日或调休)")
    version: int = Field(title="版本")


class WorkingDayListing(Listing, sortable=(WorkingDay.day, WorkingDay.is_working), order=(WorkingDay.day,)):
    year: Annotated[
        int,
        Field(ge=FIRST_YEAR, le=LAST_YEAR),
        Where(lambda year: WorkingDay.day.between(date(year, 1, 1), date(year, 12, 31))),
    ] = Field(title="年份")
    is_working: Annotated[bool | None, equals(WorkingDay.is_working)] = Field(default=None, title="是否工作日")


class ExceptionalDay(WorkingDayWrite):
    day: BusinessDate = Field(title="日期")


class WorkingYearWrite(Schema):
    exceptions: list[ExceptionalDay] = Field(
        max_length=MOST_EXCEPTIONS,
        title="放假与调休",
        description="未写明的日期:周一至周五为工作日,周六、周日不是",
    )


class WorkingYearRead(Schema):
    year: int = Field(title="年份")
    is_complete: bool = Field(title="全年已录入")
    day_count: int = Field(title="已录入天数")
    working_count: int = Field(title="工作日天数")
    rest_weekday_count: int = Field(title="周一至周五放假天数")
    working_weekend_count: int = Field(title="周末调休上班天数")
    version: int = Field(title="版本", description="每改动一天就增加;尚未录入为 0")


class WorkingDayProblem(Schema):
    row: int = Field(title="行", description="0 为整张工作表")
    column: str = Field(title="列")
    reason: str = Field(title="原因")


class WorkingYearReport(WorkingYearRead):
    """The figures are those of the arrangement handed in; `version` is the one that stands now."""

    state: WorkingYearState = Field(title="状态")
    changed_count: int = Field(title="改动天数")
    problems: list[WorkingDayProblem] = Field(title="逐行问题")
