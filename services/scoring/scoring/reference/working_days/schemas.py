from datetime import date
from typing import Annotated

from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema
from records.listing import Listing, Where, equals
from scoring.reference.working_days.models import WorkingDay


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
        Field(ge=1900, le=2100),
        Where(lambda year: WorkingDay.day.between(date(year, 1, 1), date(year, 12, 31))),
    ] = Field(title="年份")
    is_working: Annotated[bool | None, equals(WorkingDay.is_working)] = Field(default=None, title="是否工作日")
