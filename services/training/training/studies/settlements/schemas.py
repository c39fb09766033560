from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema, Text
from records.listing import Listing, equals
from roster.queries import below
from training.studies.settlements.models import Settlement


class SettlementOpen(Schema):
    organization_id: UUID = Field(title="党组织编号")
    correction_reason: Text | None = Field(default=None, title="更正原因", description="已结算的年度更正时必填")


class SettlementRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    year: int = Field(title="年度")
    revision: int = Field(title="第几次结算")
    correction_reason: str | None = Field(title="更正原因")
    settled_at: datetime = Field(title="结算时间")


class SettlementListing(Listing, sortable=(Settlement.settled_at, Settlement.revision), order=(Settlement.id,)):
    organization_id: Annotated[UUID | None, equals(Settlement.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    under: Annotated[UUID | None, below(Settlement.organization_id)] = Field(default=None, title="该党组织及其下级")
    revision: Annotated[int | None, equals(Settlement.revision)] = Field(default=None, title="第几次结算")


class SettlementLineRead(Schema):
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    is_leader: bool = Field(title="书记或班子成员")
    hours: Points = Field(title="学时")
    required: Points = Field(title="应得学时")
    superior_classes: int = Field(title="参加上级集中培训次数")
    required_superior_classes: int = Field(title="应参加上级集中培训次数")
    is_met: bool = Field(title="达标")


class SettlementDetail(SettlementRead):
    lines: list[SettlementLineRead] = Field(title="明细")
