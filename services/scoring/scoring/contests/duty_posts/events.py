from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.contests.duty_posts.kinds import DutyPostKind


class DutyPostChanged(Payload, title="示范岗、责任区变更"):
    """`is_earning` is false of a void post: it is as if it had never been set up."""

    type: ClassVar[str] = "scoring.duty_post.changed.v1"
    id: UUID
    organization_id: UUID
    holder_id: UUID | None
    kind: DutyPostKind
    set_up_on: date
    ended_on: date | None
    is_earning: bool
    revision: int


class DutyPostJudged(Payload, title="评定示范岗、责任区"):
    type: ClassVar[str] = "scoring.duty_post.judged.v1"
    id: UUID
    organization_id: UUID
    holder_id: UUID
    year: int
    judged_on: date
    meets_standard: bool
    revision: int
