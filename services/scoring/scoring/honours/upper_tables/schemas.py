from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Name, OptionalName, Points, Schema, Text
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from scoring.honours.upper_tables.models import UpperItem

UpperItemId = Annotated[UUID, Path(title="考核项目编号")]
Year = Annotated[int, Field(ge=2000, le=2099, strict=True)]
Score = Annotated[Points, Field(ge=0, le=10_000)]
IS_SCORED = Where(lambda wanted: UpperItem.upper_score.is_not(None) if wanted else UpperItem.upper_score.is_(None))


class UpperItemScores(Schema):
    own_score: Score | None = Field(default=None, title="自评分")
    upper_score: Score | None = Field(default=None, title="上级评分", description="按上级通报登记")
    evidence_link: Text | None = Field(default=None, title="佐证所在", description="网址、文号或卷宗号")
    evidence_file_id: UUID | None = Field(default=None, title="佐证文件")


class UpperItemCreate(UpperItemScores):
    organization_id: UUID = Field(title="被考核的党组织")
    year: Year = Field(title="考核年度")
    position: Annotated[int, Field(ge=1, le=1000, strict=True)] = Field(title="序号")
    name: Name = Field(title="考核项目")
    maximum: Annotated[Points, Field(gt=0, le=10_000)] = Field(title="满分")


class UpperItemRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="被考核的党组织编号")
    organization_name: str | None = Field(title="被考核的党组织")
    year: int = Field(title="考核年度")
    position: int = Field(title="序号")
    name: str = Field(title="考核项目")
    maximum: Points = Field(title="满分")
    own_score: Points | None = Field(title="自评分")
    upper_score: Points | None = Field(title="上级评分")
    difference: Points | None = Field(title="上级评分减自评分")
    evidence_link: str | None = Field(title="佐证所在")
    evidence_file_id: UUID | None = Field(title="佐证文件编号")
    evidence_file_name: str | None = Field(title="佐证文件")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class UpperItemListing(
    Listing,
    sortable=(UpperItem.year, UpperItem.position, UpperItem.maximum, UpperItem.name),
    order=(UpperItem.year.desc(), UpperItem.position, UpperItem.id),
):
    year: Annotated[int | None, equals(UpperItem.year), Field(ge=2000, le=2099)] = Field(default=None, title="考核年度")
    organization_id: Annotated[UUID | None, equals(UpperItem.organization_id)] = Field(
        default=None, title="被考核的党组织编号"
    )
    scored: Annotated[bool | None, IS_SCORED] = Field(default=None, title="上级是否已评分")
    is_void: Annotated[bool, void_or_not(UpperItem)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(UpperItem.name)] = Field(default=None, title="搜索考核项目")


class UpperSum(Schema):
    """Differences are summed over the items that both have scored."""

    organization_id: UUID = Field(title="被考核的党组织编号")
    organization_name: str | None = Field(title="被考核的党组织")
    year: int = Field(title="考核年度")
    items: int = Field(title="项目数")
    maximum: Points = Field(title="满分合计")
    own_score: Points = Field(title="自评分合计")
    upper_score: Points = Field(title="上级评分合计")
    difference: Points = Field(title="差额合计(两者都已评分的项目)")
    without_own_score: int = Field(title="尚未自评的项目数")
    without_upper_score: int = Field(title="上级尚未评分的项目数")
    without_evidence: int = Field(title="没有佐证的项目数")
