from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Schema
from registry.sites.demonstration_points.models import DemonstrationLevel


class DemonstrationPointCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    level: DemonstrationLevel = Field(title="示范点级别")
    valid_from: BusinessDate = Field(title="认定日期")


class DemonstrationPointEnd(Schema):
    ended_on: BusinessDate = Field(title="取消日期")


class DemonstrationPointRead(Schema):
    id: UUID
    organization_id: UUID
    root_id: UUID
    level: DemonstrationLevel = Field(title="示范点级别")
    valid_from: date = Field(title="认定日期")
    valid_to: date | None = Field(title="结束日期")
