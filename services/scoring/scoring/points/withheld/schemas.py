from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Code, LongText, Points, Schema
from records.files import UNPRINTED
from records.listing import Listing, equals
from scoring.points.closures.models import LateDecision, WithheldPoints, WithheldState
from scoring.points.closures.schemas import AffectedResult
from scoring.subjects import SubjectKind


class WithheldRead(Schema):
    id: UUID = Field(title="编号")
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str | None = Field(title="对象")
    indicator_code: str = Field(title="指标编码")
    indicator_name: str | None = Field(title="指标")
    requested: Annotated[Points, Field(title="应得积分")]
    occurred_on: date = Field(title="发生日期")
    source: Annotated[str, UNPRINTED] = Field(title="来源代码")
    source_ref: Annotated[str, UNPRINTED] = Field(title="来源标识")
    revision: int = Field(title="来源事项的第几次记录")
    withheld_on: date = Field(title="暂缓入账日期")
    state: WithheldState = Field(title="状态")
    decided_on: date | None = Field(title="处理日期")
    reason: str | None = Field(title="处理理由")
    version: int = Field(title="版本")


class WithheldListing(
    Listing,
    sortable=(WithheldPoints.withheld_on, WithheldPoints.occurred_on, WithheldPoints.requested),
    order=(WithheldPoints.withheld_on.desc(), WithheldPoints.id),
):
    state: Annotated[list[WithheldState], equals(WithheldPoints.state)] = Field(default=[], title="状态")
    subject_id: Annotated[UUID | None, equals(WithheldPoints.subject_id)] = Field(default=None, title="对象编号")
    subject_kind: Annotated[SubjectKind | None, equals(WithheldPoints.subject_kind)] = Field(
        default=None, title="对象类别"
    )
    indicator_code: Annotated[Code | None, equals(WithheldPoints.indicator_code)] = Field(
        default=None, title="指标编码"
    )


class WithheldDecision(Schema):
    decision: LateDecision = Field(title="处理决定")
    reason: LongText = Field(title="理由")


class WithheldDecided(WithheldRead):
    affected_results: list[AffectedResult] = Field(title="涉及的已办结结果")
