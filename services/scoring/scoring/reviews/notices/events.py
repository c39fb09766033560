from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from scoring.reviews.notices.models import NoticeState, ObjectionState
from scoring.reviews.ratings.rules import Part, SetAside


class NoticesOpened(Payload, title="开始公示"):
    type: ClassVar[str] = "scoring.notice.opened.v1"
    review_id: UUID
    ends_on: date | None
    subjects: int


class NoticesClosed(Payload, title="公示结束"):
    type: ClassVar[str] = "scoring.notice.closed.v1"
    review_id: UUID
    subjects: int
    state: NoticeState


class ObjectionFiled(Payload, title="提出异议"):
    """Who filed it and what it says stay with the record."""

    type: ClassVar[str] = "scoring.objection.filed.v1"
    objection_id: UUID
    review_id: UUID
    subject_id: UUID
    filed_on: date


class ObjectionDecided(Payload, title="答复异议"):
    type: ClassVar[str] = "scoring.objection.decided.v1"
    objection_id: UUID
    review_id: UUID
    subject_id: UUID
    state: ObjectionState
    decided_on: date
    parts: list[Part]
    set_aside: list[SetAside]
    indicators_set_aside: list[str]
