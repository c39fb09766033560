"""What is told of rectifications: days and stages, never what was written."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.oversight.rectifications.kinds import RectificationGround, RectificationStage


class RectificationChanged(Payload, title="软弱涣散党组织整顿变更"):
    type: ClassVar[str] = "registry.rectification.changed.v1"
    id: UUID
    organization_id: UUID
    ground: RectificationGround
    stage: RectificationStage
    listed_on: date
    due_on: date
    closed_on: date | None
    rejections: int
    is_void: bool
