from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Code, Instant, LongText, OptionalText, Points, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from scoring.points.claims.models import Claim, ClaimState, Decision
from scoring.subjects import SubjectKind


class ClaimWrite(Schema):
    subject_kind: Annotated[SubjectKind, Field(title="得分对象类别")]
    subject_id: Annotated[UUID, Field(title="党员或党组织")]
    indicator_code: Annotated[Code, Field(title="指标编码")]
    occurred_on: Annotated[BusinessDate, Field(title="发生日期")]
    description: Annotated[LongText, Field(title="事项说明")]
    evidence_ids: Annotated[list[UUID], Field(default_factory=list, max_length=10, title="佐证材料")]


class ClaimRead(Schema):
    id: UUID = Field(title="编号")
    subject_kind: SubjectKind = Field(title="得分对象类别")
    subject_id: UUID = Field(title="得分对象编号")
    subject_name: str | None = Field(title="得分对象")
    organization_id: UUID = Field(title="评价的党组织编号")
    organization_name: str | None = Field(title="评价的党组织")
    indicator_code: str = Field(title="指标编码")
    indicator_name: str | None = Field(title="指标")
    points: Points | None = Field(title="每次分值")
    occurred_on: date = Field(title="发生日期")
    description: str = Field(title="事项说明")
    evidence_ids: list[UUID] = Field(title="佐证材料编号")
    state: ClaimState = Field(title="状态")
    evaluation_id: UUID | None = Field(title="月度评价编号")
    evaluation_name: str | None = Field(title="列入的月度评价")
    decision: Decision | None = Field(title="决定")
    refusal_reason: str | None = Field(title="不同意的理由")
    claimed_at: Instant = Field(title="申报时间")
    closed_at: Instant | None = Field(title="办结时间")
    version: int = Field(title="版本")


class ClaimListing(
    Listing, sortable=(Claim.occurred_on, Claim.claimed_at, Claim.indicator_code, Claim.state), order=(Claim.id.desc(),)
):
    state: Annotated[list[ClaimState], equals(Claim.state)] = Field(default=[], max_length=4, title="状态")
    subject_id: Annotated[UUID | None, equals(Claim.subject_id)] = Field(default=None, title="得分对象编号")
    subject_kind: Annotated[SubjectKind | None, equals(Claim.subject_kind)] = Field(default=None, title="得分对象类别")
    organization_id: Annotated[UUID | None, equals(Claim.organization_id)] = Field(
        default=None, title="评价的党组织编号"
    )
    evaluation_id: Annotated[UUID | None, equals(Claim.evaluation_id)] = Field(default=None, title="月度评价编号")
    indicator_code: Annotated[list[Code], equals(Claim.indicator_code)] = Field(
        default=[], max_length=60, title="指标编码"
    )
    from_day: Annotated[BusinessDate | None, at_least(Claim.occurred_on)] = Field(default=None, title="发生日期起")
    to_day: Annotated[BusinessDate | None, at_most(Claim.occurred_on)] = Field(default=None, title="发生日期止")
    q: Annotated[OptionalText | None, contains(Claim.description)] = Field(default=None, title="搜索事项说明")


class ClaimPermissions(Schema):
    may_withdraw: bool = Field(title="可以撤回")


class ClaimLinks(Schema):
    evaluation: str | None = Field(title="月度评价")


class ClaimDetail(ClaimRead):
    permissions: ClaimPermissions = Field(title="权限")
    links: ClaimLinks = Field(title="链接")
