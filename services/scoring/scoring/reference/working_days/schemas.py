from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema


class WorkingDayWrite(Schema):
    is_working: bool = Field(title="是否工作日")
    note: OptionalText = Field(default="", title="说明(节日或调休)")


class WorkingDayRead(WorkingDayWrite):
    day: BusinessDate = Field(title="日期")
    version: int = Field(title="版本")


class WorkingDayList(Schema):
    items: list[WorkingDayRead]
    next: str | None = None
