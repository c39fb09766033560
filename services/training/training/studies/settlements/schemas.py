from datetime import datetime
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema, Text


class SettlementOpen(Schema):
    organization_id: UUID = Field(title="党组织")
    correction_reason: Text | None = Field(default=None, title="更正原因", description="已结算的年度更正时必填")


class SettlementRead(Schema):
    id: UUID
    organization_id: UUID = Field(title="党组织")
    year: int = Field(title="年度")
    revision: int = Field(title="第几次结算")
    correction_reason: str | None = Field(title="更正原因")
    settled_at: datetime = Field(title="结算时间")


class SettlementLineRead(Schema):
    member_id: UUID = Field(title="党员")
    is_leader: bool = Field(title="书记或班子成员")
    hours: Points = Field(title="学时")
    required: Points = Field(title="应得学时")
    superior_classes: int = Field(title="参加上级集中培训次数")
    required_superior_classes: int = Field(title="应参加上级集中培训次数")
    is_met: bool = Field(title="达标")


class SettlementDetail(SettlementRead):
    lines: list[SettlementLineRead] = Field(title="明细")
