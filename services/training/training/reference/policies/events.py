from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class PolicySet(Payload, title="设定培训政策"):
    type: ClassVar[str] = "training.policy.set.v1"
    id: UUID
    table: str
    effective_from: date
