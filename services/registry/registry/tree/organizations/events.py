from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.tree.organizations.kinds import HostKind, OrganizationKind, SetUpMode
from registry.tree.organizations.models import PartyOrganization


class OrganizationChanged(Payload, title="党组织变更"):
    type: ClassVar[str] = "registry.organization.changed.v1"
    id: UUID
    code: str
    name: str
    kind: OrganizationKind
    level: int
    parent_id: UUID | None
    path: str
    root_id: UUID
    is_active: bool
    host_kind: HostKind | None
    is_directly_managed: bool
    set_up_mode: SetUpMode | None
    is_joint: bool


class OrganizationMoved(Payload, title="党组织调整隶属"):
    """Everything below the old path lies below the new one."""

    type: ClassVar[str] = "registry.organization.moved.v1"
    id: UUID
    old_path: str
    new_path: str
    version: int
    parent_id: UUID


def state_of(organization: PartyOrganization) -> OrganizationChanged:
    columns = OrganizationChanged.model_fields.keys() - {"is_joint"}
    return OrganizationChanged(
        **{name: getattr(organization, name) for name in columns},
        is_joint=organization.kind is OrganizationKind.JOINT_BRANCH,
    )


def changed(organization: PartyOrganization) -> dict[str, Any]:
    return _about(organization, state_of(organization))


def moved(organization: PartyOrganization, old_path: str) -> dict[str, Any]:
    payload = OrganizationMoved(
        id=organization.id,
        old_path=old_path,
        new_path=organization.path,
        version=organization.version,
        parent_id=organization.parent_id,
    )
    return _about(organization, payload)


def _about(organization: PartyOrganization, payload: Payload) -> dict[str, Any]:
    one = organization
    return entry(payload, subject=one.id, version=one.version, root_id=one.root_id, path=one.path)
