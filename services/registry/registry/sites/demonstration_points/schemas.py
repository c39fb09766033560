from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Schema
from records.bitemporal import valid_on
from records.events import Payload
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.sites.demonstration_points.models import DemonstrationLevel, DemonstrationPoint

PointId = Annotated[UUID, Path(title="示范点编号")]


class DemonstrationPointCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    level: DemonstrationLevel = Field(title="示范点级别")
    valid_from: BusinessDate = Field(title="认定日期")


class DemonstrationPointEnd(Schema):
    ended_on: BusinessDate = Field(title="取消日期")


class DemonstrationPointRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    level: DemonstrationLevel = Field(title="示范点级别")
    valid_from: date = Field(title="认定日期")
    valid_to: date | None = Field(title="结束日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class DemonstrationPointListing(
    Listing,
    sortable=(DemonstrationPoint.valid_from, DemonstrationPoint.level),
    order=(DemonstrationPoint.valid_from, DemonstrationPoint.id),
):
    organization_id: Annotated[UUID | None, equals(DemonstrationPoint.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    level: Annotated[list[DemonstrationLevel], equals(DemonstrationPoint.level)] = Field(
        default=[], max_length=3, title="示范点级别"
    )
    is_void: Annotated[bool, void_or_not(DemonstrationPoint)] = Field(default=False, title="只列已作废的")
    as_of: Annotated[BusinessDate | None, Where(lambda day: valid_on(DemonstrationPoint, day))] = Field(
        default=None, title="该日有效"
    )


class DemonstrationPointChanged(Payload, title="党建示范点变更"):
    type: ClassVar[str] = "registry.demonstration_point.changed.v1"
    organization_id: UUID
    level: DemonstrationLevel
    valid_from: date
    valid_to: date | None
