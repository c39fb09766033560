from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.identity.grants.models import Role


class GrantChanged(Payload, title="授权变更"):
    type: ClassVar[str] = "registry.grant.changed.v1"
    id: UUID
    account_id: UUID
    role: Role
    organization_id: UUID | None
    valid_from: date
    valid_to: date | None
