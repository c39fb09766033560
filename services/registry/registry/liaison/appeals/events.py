from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class AppealRaised(Payload, title="提出意见诉求"):
    type: ClassVar[str] = "registry.appeal.raised.v1"
    id: UUID
    organization_id: UUID
    raised_on: date
    due_on: date


class Author(Payload):
    member_id: UUID


class AppealAnswered(Payload, title="答复意见诉求"):
    """`authors` is the member who raised it, or nobody; a void appeal was never solved."""

    type: ClassVar[str] = "registry.appeal.answered.v1"
    id: UUID
    organization_id: UUID
    authors: list[Author]
    answered_on: date
    is_solved: bool
    revision: int


class AppealVoided(Payload, title="作废意见诉求"):
    type: ClassVar[str] = "registry.appeal.voided.v1"
    id: UUID
    organization_id: UUID


class AppealQuarterJudged(Payload, title="季度诉求办结情况"):
    """`is_kept`: something was due in the quarter, and all of it was answered in time; a `revision` corrects it."""

    type: ClassVar[str] = "registry.appeal_quarter.judged.v1"
    organization_id: UUID
    ends_on: date
    due: int
    answered_in_time: int
    is_kept: bool
    revision: int
