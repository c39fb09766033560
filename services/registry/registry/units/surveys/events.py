from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class SurveyRoundChanged(Payload, title="排查轮次变更"):
    type: ClassVar[str] = "registry.survey_round.changed.v1"
    id: UUID
    organization_id: UUID
    opened_on: date
    since: date | None
    is_void: bool


class SurveyCheckChanged(Payload, title="排查记录变更"):
    type: ClassVar[str] = "registry.survey_check.changed.v1"
    id: UUID
    survey_round_id: UUID
    unit_id: UUID
    checked_on: date
    is_void: bool
