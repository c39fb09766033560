from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Month, Payload
from registry.liaison.contact_logs.kinds import ContactKind


class ContactChanged(Payload, title="指导员联系记录变更"):
    type: ClassVar[str] = "registry.contact.changed.v1"
    id: UUID
    instructor_id: UUID
    unit_id: UUID
    kind: ContactKind
    contacted_on: date
    is_void: bool


class VisitMonthChanged(Payload, title="党组织当月受访情况变更"):
    """How often instructors visited the units of an organisation in a month; a `revision` corrects the one before."""

    type: ClassVar[str] = "registry.visit_month.changed.v1"
    organization_id: UUID
    month: Month
    visits: int
    revision: int
