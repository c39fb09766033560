"""What is told of funds: that a budget is above its limit, and what was paid to whom."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.sites.funds.kinds import FundKind


class FundBudgetChanged(Payload, title="党建经费预算变更"):
    type: ClassVar[str] = "registry.fund_budget.changed.v1"
    id: UUID
    unit_id: UUID
    year: int
    is_above: bool
    is_explained: bool
    is_void: bool


class FundPaymentChanged(Payload, title="党建经费拨付变更"):
    type: ClassVar[str] = "registry.fund_payment.changed.v1"
    id: UUID
    organization_id: UUID
    kind: FundKind
    year: int
    amount: Decimal
    paid_on: date
    star_id: UUID | None
    is_void: bool
