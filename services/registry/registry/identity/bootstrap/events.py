from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.identity.activations.models import AdministratorRole


class ActivationLinkIssued(Payload, title="签发管理员启用链接"):
    type: ClassVar[str] = "registry.activation_link.issued.v1"
    id: UUID
    administrator_role: AdministratorRole
