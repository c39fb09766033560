from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import BusinessDate, Instant, LongText, Schema
from records.listing import Listing, at_least, at_most, equals
from scoring.points.claims.models import Decision
from scoring.points.claims.schemas import ClaimRead
from scoring.points.evaluations.models import EvaluationState, MonthlyEvaluation, MonthlyGrade

Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", title="月份", examples=["2025-03"])]


class EvaluationOpen(Schema):
    organization_id: Annotated[UUID, Field(title="党组织")]
    month: Month
    late_reason: Annotated[LongText | None, Field(title="逾期开启的理由(上级党组织填写)")] = None


class ExtensionWrite(Schema):
    due_on: BusinessDate = Field(title="延至")
    reason: LongText = Field(title="延期理由")


class EvaluationConfirm(Schema):
    ungraded_reason: LongText | None = Field(
        default=None, title="没有评价任何党员而确认的原因", description="已评价的不填,填了也不保留"
    )


class EvaluationReopen(Schema):
    reason: LongText = Field(title="重新打开的理由")


class CommentWrite(Schema):
    comment: LongText | None = Field(title="上级点评", description="可以更正;为空即撤回原有的点评")


class ClaimDecision(Schema):
    claim_id: Annotated[UUID, Field(title="申报")]
    decision: Annotated[Decision, Field(title="决定")]
    reason: Annotated[LongText | None, Field(title="理由(不同意时必填)")] = None

    @model_validator(mode="after")
    def refusal_needs_reason(self) -> Self:
        if self.decision is Decision.REFUSE and self.reason is None:
            raise ValueError("不同意须写明理由")
        return self


class DecisionsWrite(Schema):
    decisions: Annotated[list[ClaimDecision], Field(min_length=1, max_length=500, title="逐项决定")]


class MemberGrade(Schema):
    member_id: Annotated[UUID, Field(title="党员")]
    grade: Annotated[MonthlyGrade, Field(title="月度评价")]


class GradesWrite(Schema):
    grades: Annotated[list[MemberGrade], Field(min_length=1, max_length=500, title="党员月度评价")]


class EvaluationRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str | None = Field(title="党组织")
    month: str = Field(title="月份")
    state: EvaluationState = Field(title="状态")
    claims_count: int = Field(title="申报数")
    undecided_count: int = Field(title="未决定的申报数")
    graded_count: int = Field(title="已评价党员数")
    due_on: date = Field(title="期限")
    extension_reason: str | None = Field(title="逾期开启或延期的理由")
    opened_at: Instant = Field(title="开始时间")
    confirmed_at: Instant | None = Field(title="确认时间")
    confirmations: int = Field(title="第几次确认", description="重新打开后再次确认的,大于 1")
    ungraded_reason: str | None = Field(title="没有评价任何党员而确认的原因")
    reopened_on: date | None = Field(title="上级重新打开的日期")
    reopening_reason: str | None = Field(title="上级重新打开的理由")
    comment: str | None = Field(title="上级点评")
    commented_on: date | None = Field(title="点评日期(更正不改)")
    version: int = Field(title="版本")


class EvaluationListing(
    Listing,
    sortable=(MonthlyEvaluation.month, MonthlyEvaluation.opened_at, MonthlyEvaluation.state),
    order=(MonthlyEvaluation.month.desc(), MonthlyEvaluation.id),
):
    organization_id: Annotated[UUID | None, equals(MonthlyEvaluation.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    month: Annotated[Month | None, equals(MonthlyEvaluation.month)] = Field(default=None, title="月份")
    from_month: Annotated[Month | None, at_least(MonthlyEvaluation.month)] = Field(default=None, title="自月份")
    to_month: Annotated[Month | None, at_most(MonthlyEvaluation.month)] = Field(default=None, title="至月份")
    state: Annotated[EvaluationState | None, equals(MonthlyEvaluation.state)] = Field(default=None, title="状态")


class GradeRead(Schema):
    member_id: UUID = Field(title="党员编号")
    member_name: str | None = Field(title="党员")
    grade: MonthlyGrade = Field(title="月度评价")


class UngradedRead(Schema):
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")


class EvaluationPermissions(Schema):
    may_decide: bool = Field(title="可以决定申报")
    may_grade: bool = Field(title="可以评价党员")
    may_confirm: bool = Field(title="可以确认")
    may_reopen: bool = Field(title="可以重新打开")
    may_comment: bool = Field(title="可以点评")


class EvaluationLinks(Schema):
    history: str = Field(title="经过")


class EvaluationDetail(EvaluationRead):
    claims: list[ClaimRead] = Field(title="申报")
    grades: list[GradeRead] = Field(title="已作的评价")
    ungraded: list[UngradedRead] = Field(title="尚未评价的党员")
    warnings: list[str] = Field(title="确认前须知")
    permissions: EvaluationPermissions = Field(title="权限")
    links: EvaluationLinks = Field(title="链接")


class StepRead(Schema):
    type: str = Field(title="事件类型")
    time: Instant = Field(title="时间")
    actor: UUID | None = Field(title="办理账号")
