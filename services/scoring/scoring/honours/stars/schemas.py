from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema
from scoring.subjects import SubjectKind


class StarRead(Schema):
    id: UUID
    year: int = Field(title="评定年度")
    subject_kind: SubjectKind = Field(title="对象")
    subject_id: UUID = Field(title="对象编号")
    organization_id: UUID = Field(title="所属党组织")
    name: str = Field(title="名称")
    level: int = Field(title="星级(0 为不评星)")
    previous_level: int | None = Field(title="原星级")
    reason: str = Field(title="依据")
    published_on: date = Field(title="公布日期")
    is_late: bool = Field(title="是否晚于“七一”前公布")
    is_current: bool = Field(title="是否现行")


class StarAdjustment(Schema):
    level: Annotated[int, Field(ge=0, le=5, strict=True, title="调整后星级")]
    reason: LongText = Field(title="增星或减星理由")
    hearing: LongText = Field(title="听取本人或本组织意见的情况")


class PlaqueRead(Schema):
    id: UUID
    organization_id: UUID = Field(title="党组织")
    name: str = Field(title="名称")
    number: str = Field(title="牌匾编号")
    level: int = Field(title="命名星级")
    issued_on: date = Field(title="授牌日期")
    withdrawn_on: date | None = Field(title="摘牌日期")
    withdrawal_reason: str | None = Field(title="摘牌理由")


class StarCount(Schema):
    organization_id: UUID | None = Field(title="镇街等上级党组织")
    name: str | None = Field(title="名称")
    subject_kind: SubjectKind = Field(title="对象")
    level: int = Field(title="星级")
    count: int = Field(title="数量")
