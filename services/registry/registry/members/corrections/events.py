"""What is told of corrections: whose number, and whether it was corrected; never the numbers or what was written."""

from typing import ClassVar
from uuid import UUID

from records.events import Payload


class IdNumberCorrectionAsked(Payload, title="申请更正公民身份号码"):
    type: ClassVar[str] = "registry.id_number_correction.asked.v1"
    id: UUID
    member_id: UUID
    organization_id: UUID


class IdNumberCorrectionDecided(Payload, title="审批公民身份号码更正"):
    type: ClassVar[str] = "registry.id_number_correction.decided.v1"
    id: UUID
    member_id: UUID
    is_approved: bool
