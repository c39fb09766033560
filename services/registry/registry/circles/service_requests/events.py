"""What is told of service requests: kinds, states and days, never who asked or what was written."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from records.events import Payload
from registry.circles.service_requests.kinds import ServiceKind, ServiceState


class ServiceRequestChanged(Payload, title="服务申请变更"):
    type: ClassVar[str] = "registry.service_request.changed.v1"
    id: UUID
    circle_id: UUID
    organization_id: UUID
    kind: ServiceKind
    state: ServiceState
    asked_on: date
    due_on: date
    answered_on: date | None
    closed_on: date | None
    is_void: bool
