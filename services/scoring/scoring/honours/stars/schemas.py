from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, OptionalName, Schema
from records.listing import Listing, Where, contains, equals
from scoring.honours.stars.models import Plaque, Star
from scoring.subjects import SubjectKind

Level = Annotated[int, Field(ge=0, le=5)]


class StarRead(Schema):
    id: UUID = Field(title="编号")
    year: int = Field(title="评定年度")
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str = Field(title="对象")
    organization_id: UUID = Field(title="所属党组织编号")
    organization_name: str | None = Field(title="所属党组织")
    level: int = Field(title="星级(0 为不评星)")
    previous_level: int | None = Field(title="原星级")
    reason: str = Field(title="依据")
    published_on: date = Field(title="公布日期")
    is_late: bool = Field(title="是否晚于“七一”前公布")
    is_current: bool = Field(title="是否现行")
    version: int = Field(title="版本")


class PublicStarListing(
    Listing,
    sortable=(Star.year, Star.level, Star.published_on, Star.name.label("subject_name")),
    order=(Star.year.desc(), Star.level.desc(), Star.id),
):
    year: Annotated[int | None, equals(Star.year), Field(ge=2000, le=2099)] = Field(default=None, title="评定年度")
    level: Annotated[list[Level], equals(Star.level)] = Field(default=[], max_length=6, title="星级")
    q: Annotated[OptionalName | None, contains(Star.name)] = Field(default=None, title="搜索名称")


class StarListing(PublicStarListing):
    subject_kind: Annotated[SubjectKind | None, equals(Star.subject_kind)] = Field(default=None, title="对象类别")
    subject_id: Annotated[UUID | None, equals(Star.subject_id)] = Field(default=None, title="对象编号")
    organization_id: Annotated[UUID | None, equals(Star.organization_id)] = Field(default=None, title="所属党组织编号")


class StarHistoryListing(
    Listing, sortable=(Star.year, Star.level, Star.published_on), order=(Star.year.desc(), Star.id.desc())
):
    year: Annotated[int | None, equals(Star.year), Field(ge=2000, le=2099)] = Field(default=None, title="评定年度")


class StarAdjustment(Schema):
    level: Annotated[int, Field(ge=0, le=5, strict=True, title="调整后星级")]
    reason: LongText = Field(title="增星或减星理由")
    hearing: LongText = Field(title="听取本人或本组织意见的情况")


class PlaqueRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    number: str = Field(title="牌匾编号")
    level: int = Field(title="命名星级")
    issued_on: date = Field(title="授牌日期")
    withdrawn_on: date | None = Field(title="摘牌日期")
    withdrawal_reason: str | None = Field(title="摘牌理由")


class PlaqueListing(
    Listing, sortable=(Plaque.number, Plaque.level, Plaque.issued_on), order=(Plaque.sequence, Plaque.id)
):
    withdrawn: Annotated[
        bool, Where(lambda wanted: Plaque.withdrawn_on.is_not(None) if wanted else Plaque.withdrawn_on.is_(None))
    ] = Field(default=False, title="是否列已摘牌的")
    organization_id: Annotated[UUID | None, equals(Plaque.organization_id)] = Field(default=None, title="党组织编号")
    level: Annotated[list[Level], equals(Plaque.level)] = Field(default=[], max_length=6, title="命名星级")
    q: Annotated[OptionalName | None, contains(Plaque.name)] = Field(default=None, title="搜索名称")


class StarCount(Schema):
    organization_id: UUID | None = Field(title="镇街等上级党组织")
    name: str | None = Field(title="名称")
    subject_kind: SubjectKind = Field(title="对象")
    level: int = Field(title="星级")
    count: int = Field(title="数量")
