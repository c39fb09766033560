from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from training.branch_sites.sites.kinds import SiteState, WithdrawalReason


class BranchSiteChanged(Payload, title="网上支部变更"):
    type: ClassVar[str] = "training.branch_site.changed.v1"
    id: UUID
    organization_id: UUID
    state: SiteState
    online_on: date | None
    withdrawal: WithdrawalReason | None
    is_exemplary: bool
    is_void: bool
