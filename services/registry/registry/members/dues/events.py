from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload


class DuesPaymentChanged(Payload, title="党费缴纳变更"):
    """Whether the month was paid in full; amounts and bands never travel."""

    type: ClassVar[str] = "registry.dues_payment.changed.v1"
    id: UUID
    member_id: UUID
    organization_id: UUID
    month_on: date
    paid_on: date
    is_full: bool
    is_void: bool
