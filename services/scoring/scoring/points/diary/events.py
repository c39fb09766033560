from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Month, Payload
from scoring.points.diary.models import PracticeKind


class DiaryEntryWritten(Payload, title="写实记录"):
    """What was practised stays in the diary."""

    type: ClassVar[str] = "scoring.diary_entry.written.v1"
    id: UUID
    member_id: UUID
    practised_on: date
    kind: PracticeKind


class Practised(Payload):
    member_id: UUID
    days: int
    visits: int
    rate: Amount


class DiaryMonthClosed(Payload, title="写实月度汇总"):
    """`expected_days` are the days of the month; a `revision` corrects what an earlier closing told."""

    type: ClassVar[str] = "scoring.diary_month.closed.v1"
    organization_id: UUID
    month: Month
    expected_days: int
    members: list[Practised]
    revision: int | None
