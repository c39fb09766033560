from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from records.events import Amount, Payload
from scoring.reviews.cycles.models import CycleState, StarModel
from scoring.reviews.cycles.rules import Template
from scoring.subjects import SubjectKind


class CycleEvent(Payload):
    id: UUID
    version: int
    root_id: UUID
    organization_id: UUID
    year: int
    subject_kind: SubjectKind
    name: str
    template: Template
    star_model: StarModel
    catalogue_id: UUID
    period_from: date
    period_to: date
    final_before: date
    only_single: bool
    deadlines: dict[str, date]
    weight_attendance: int
    weight_performance: int
    weight_ballot: int
    weight_survey: int
    grade_excellent: int
    grade_qualified: int
    grade_basic: int
    grade_unqualified: int
    band_five: Amount
    band_four: Amount
    band_three: Amount
    band_two: Amount
    floor: Amount
    dimension_share: Amount
    veto_cap: int
    fewest_answers: int
    notice_working_days: int
    state: CycleState
    closed_at: datetime | None


class CycleOpened(CycleEvent, title="开启评议年度"):
    type: ClassVar[str] = "scoring.cycle.opened.v1"


class CycleClosed(CycleEvent, title="办结评议年度"):
    type: ClassVar[str] = "scoring.cycle.closed.v1"
