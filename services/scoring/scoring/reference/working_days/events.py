from datetime import date
from typing import ClassVar

from records.events import Payload


class WorkingDaySet(Payload, title="设定工作日"):
    type: ClassVar[str] = "scoring.working_day.set.v1"
    day: date
    is_working: bool
    note: str | None
