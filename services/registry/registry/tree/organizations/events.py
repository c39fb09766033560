from typing import Any

from registry.tree.organizations.kinds import OrganizationKind
from registry.tree.organizations.models import PartyOrganization

CHANGED = "registry.organization.changed.v1"
MOVED = "registry.organization.moved.v1"


def state_of(organization: PartyOrganization) -> dict[str, Any]:
    return {
        "id": str(organization.id),
        "code": organization.code,
        "name": organization.name,
        "kind": organization.kind.value,
        "level": organization.level,
        "parent_id": str(organization.parent_id) if organization.parent_id else None,
        "path": organization.path,
        "root_id": str(organization.root_id),
        "is_active": organization.is_active,
        "host_kind": organization.host_kind.value if organization.host_kind else None,
        "is_directly_managed": organization.is_directly_managed,
        "set_up_mode": organization.set_up_mode.value if organization.set_up_mode else None,
        "is_joint": organization.kind is OrganizationKind.JOINT_BRANCH,
    }


def changed(organization: PartyOrganization) -> dict[str, Any]:
    """Keyword arguments of kit.events.append."""
    return {
        "type": CHANGED,
        "subject": organization.id,
        "version": organization.version,
        "root_id": organization.root_id,
        "path": organization.path,
        "data": state_of(organization),
    }


def moved(organization: PartyOrganization, old_path: str) -> dict[str, Any]:
    return {
        "type": MOVED,
        "subject": organization.id,
        "version": organization.version,
        "root_id": organization.root_id,
        "path": organization.path,
        "data": {
            "id": str(organization.id),
            "old_path": old_path,
            "new_path": organization.path,
            "version": organization.version,
            "parent_id": str(organization.parent_id),
        },
    }
