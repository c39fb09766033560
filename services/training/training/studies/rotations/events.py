from typing import ClassVar
from uuid import UUID

from records.events import Payload


class RotationPlanned(Payload, title="安排轮训"):
    type: ClassVar[str] = "training.rotation.planned.v1"
    rotation_id: UUID
    organization_id: UUID


class BatchAssigned(Payload, title="安排轮训批次"):
    type: ClassVar[str] = "training.rotation.batch_assigned.v1"
    rotation_id: UUID
    organization_id: UUID
    number: int
    meeting_id: UUID
