from collections.abc import Sequence
from typing import Any
from uuid import UUID

from registry.units.units.models import Unit

CHANGED = "registry.unit.changed.v1"


def changed(unit: Unit, path: str, organization_ids: Sequence[UUID]) -> dict[str, Any]:
    """Keyword arguments of kit.events.append; `path` is that of the jurisdiction."""
    return {
        "type": CHANGED,
        "subject": unit.id,
        "version": unit.version,
        "root_id": unit.root_id,
        "path": path,
        "data": {
            "id": str(unit.id),
            "name": unit.name,
            "kind": unit.kind.value,
            "path": path,
            "jurisdiction_id": str(unit.jurisdiction_id),
            "organization_ids": sorted({str(one) for one in organization_ids}),
            "is_active": unit.is_active,
        },
    }
