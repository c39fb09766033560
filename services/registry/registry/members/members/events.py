from collections.abc import Sequence
from typing import Any

from registry.members.members.models import Member

CHANGED = "registry.member.changed.v1"
DISCLOSED = "registry.member.disclosed.v1"


def changed(member: Member, path: str) -> dict[str, Any]:
    """Keyword arguments of kit.events.append; never the ID number, the phone or the birth date."""
    return {
        "type": CHANGED,
        "subject": member.id,
        "version": member.version,
        "root_id": member.root_id,
        "path": path,
        "data": {
            "id": str(member.id),
            "name": member.name,
            "organization_id": str(member.organization_id),
            "path": path,
            "root_id": str(member.root_id),
            "stage": member.stage.value,
            "is_active": member.is_active,
        },
    }


def disclosed(member: Member, path: str, purpose: str, fields: Sequence[str]) -> dict[str, Any]:
    return {
        "type": DISCLOSED,
        "subject": member.id,
        "version": member.version,
        "root_id": member.root_id,
        "path": path,
        "data": {"member_id": str(member.id), "purpose": purpose, "fields": sorted(set(fields))},
    }
