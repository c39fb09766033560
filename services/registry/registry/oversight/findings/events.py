"""What is told of findings: which rule is broken and by what, by its id; never a name."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from records.events import Payload, entry
from registry.oversight.findings.kinds import FindingCode, FindingSubject


class FindingTold(Payload):
    id: UUID
    code: FindingCode
    subject_kind: FindingSubject
    subject_id: UUID
    organization_id: UUID
    began_on: date


class FindingOpened(FindingTold, title="发现问题"):
    type: ClassVar[str] = "registry.finding.opened.v1"
    due_on: date
    opened_on: date


class FindingClosed(FindingTold, title="问题已消除"):
    type: ClassVar[str] = "registry.finding.closed.v1"
    closed_on: date


class FindingAcknowledged(FindingTold, title="对发现的问题作出说明"):
    type: ClassVar[str] = "registry.finding.acknowledged.v1"
    reason: str


def told(payload: FindingTold, row: Any, path: str) -> dict[str, Any]:
    return entry(payload, subject=row.id, version=row.version, root_id=row.root_id, path=path)
