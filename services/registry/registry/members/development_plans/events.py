from typing import ClassVar
from uuid import UUID

from records.events import Payload


class DevelopmentPlanTold(Payload):
    id: UUID
    organization_id: UUID
    year: int
    planned: int


class DevelopmentPlanCreated(DevelopmentPlanTold, title="制定发展党员计划"):
    type: ClassVar[str] = "registry.development_plan.created.v1"


class DevelopmentPlanCorrected(DevelopmentPlanTold, title="更正发展党员计划"):
    type: ClassVar[str] = "registry.development_plan.corrected.v1"
