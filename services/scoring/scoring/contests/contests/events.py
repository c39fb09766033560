from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.contests.contests.kinds import ContestForm


class ContestChanged(Payload, title="三亮三比三评变更"):
    type: ClassVar[str] = "scoring.contest.changed.v1"
    id: UUID
    organization_id: UUID
    form: ContestForm
    held_on: date
    participants: int
    is_earning: bool
    revision: int
