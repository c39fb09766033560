"""What is told of lookalikes: which two were judged not to be one; never their names."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.oversight.quality.kinds import LookalikeKind


class DistinctPairChanged(Payload, title="认定不是重复"):
    type: ClassVar[str] = "registry.distinct_pair.changed.v1"
    id: UUID
    kind: LookalikeKind
    first_id: UUID
    second_id: UUID
    judged_on: date
    is_void: bool
