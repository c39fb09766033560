from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema
from scoring.reviews.pledges.models import Fulfilment, PledgeState


class PledgeSubmit(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    contents: Annotated[list[LongText], Field(min_length=1, max_length=5, title="承诺事项(每名对象 2 至 5 项)")]


class PledgeDecision(Schema):
    approved: bool = Field(title="是否同意")
    comment: LongText | None = Field(default=None, title="意见")


class PledgeRating(Schema):
    fulfilment: Fulfilment = Field(title="兑现情况")
    comment: LongText | None = Field(default=None, title="评语")


class PledgeRead(Schema):
    id: UUID
    version: int = Field(title="版本")
    review_id: UUID
    subject_id: UUID = Field(title="评议对象")
    position: int = Field(title="序号")
    content: str = Field(title="承诺内容")
    state: PledgeState = Field(title="状态")
    submitted_on: date = Field(title="提交日期")
    decided_on: date | None = Field(title="审定日期")
    fulfilment: Fulfilment | None = Field(title="兑现情况")
    rated_on: date | None = Field(title="评定日期")
    comment: str | None = Field(title="意见")


class PledgeList(Schema):
    items: list[PledgeRead]
    next: str | None = None


class PledgePosted(Schema):
    """What the public notice board shows."""

    id: UUID
    subject_id: UUID = Field(title="承诺主体")
    name: str = Field(title="名称")
    position: int = Field(title="序号")
    content: str = Field(title="承诺内容")
    decided_on: date = Field(title="审定日期")
    fulfilment: Fulfilment | None = Field(title="兑现情况")


class PledgePostedList(Schema):
    items: list[PledgePosted]
    next: str | None = None


class ExemptionRecord(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    reason: LongText = Field(title="免承诺理由")


class ExemptionRead(ExemptionRecord):
    recorded_on: date = Field(title="登记日期")
