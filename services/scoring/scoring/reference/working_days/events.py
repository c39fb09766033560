from datetime import date
from typing import ClassVar

from records.events import Payload


class WorkingDaySet(Payload, title="设定工作日"):
    type: ClassVar[str] = "scoring.working_day.set.v1"
    day: date
    is_working: bool
    note: str | None


class WorkingYearSet(Payload, title="设定全年工作日"):
    type: ClassVar[str] = "scoring.working_year.set.v1"
    year: int
    rest_weekdays: list[date]
    working_weekends: list[date]
