from typing import ClassVar
from uuid import UUID

from records.events import Payload


class MinutesEvent(Payload):
    """The minutes themselves stay where they are."""

    meeting_id: UUID


class MinutesWritten(MinutesEvent, title="记录会议纪要"):
    type: ClassVar[str] = "training.minutes.written.v1"


class MinutesApproved(MinutesEvent, title="审定会议纪要"):
    type: ClassVar[str] = "training.minutes.approved.v1"


class MinutesSupplemented(MinutesEvent, title="补充会议纪要"):
    type: ClassVar[str] = "training.minutes.supplemented.v1"
