from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.units.units.kinds import UnitKind
from registry.units.units.models import Unit


class UnitChanged(Payload, title="两新组织单位变更"):
    """`path` is that of the jurisdiction."""

    type: ClassVar[str] = "registry.unit.changed.v1"
    id: UUID
    name: str
    kind: UnitKind
    path: str
    jurisdiction_id: UUID
    organization_ids: list[UUID]
    is_active: bool


class UnitCodeCorrected(Payload, title="更正统一社会信用代码"):
    type: ClassVar[str] = "registry.unit.code_corrected.v1"
    id: UUID
    old_code: str
    code: str


def changed(unit: Unit, path: str, organization_ids: Sequence[UUID]) -> dict[str, Any]:
    payload = UnitChanged(
        id=unit.id,
        name=unit.name,
        kind=unit.kind,
        path=path,
        jurisdiction_id=unit.jurisdiction_id,
        organization_ids=sorted(set(organization_ids), key=str),
        is_active=unit.is_active,
    )
    return entry(payload, subject=unit.id, version=unit.version, root_id=unit.root_id, path=path)
