from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import LongText, Schema
from records.listing import Listing, equals
from scoring.reviews.pledges.models import Fulfilment, Pledge, PledgeState


class PledgeSubmit(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    contents: Annotated[list[LongText], Field(min_length=1, max_length=5, title="承诺事项(每名对象 2 至 5 项)")]
    paper_file_id: UUID | None = Field(default=None, title="本人签字的纸质材料(仅代为录入时填写)")


class PledgeDecision(Schema):
    approved: bool = Field(title="是否同意")
    comment: LongText | None = Field(default=None, title="意见")


class PledgeRating(Schema):
    fulfilment: Fulfilment = Field(title="兑现情况")
    comment: LongText | None = Field(default=None, title="评语")


class PledgeRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    position: int = Field(title="序号")
    content: str = Field(title="承诺内容")
    state: PledgeState = Field(title="状态")
    submitted_on: date = Field(title="提交日期")
    paper_file_id: UUID | None = Field(title="签字材料编号(代为录入的)")
    paper_file_name: str | None = Field(title="签字材料")
    decided_on: date | None = Field(title="审定日期")
    fulfilment: Fulfilment | None = Field(title="兑现情况")
    rated_on: date | None = Field(title="评定日期")
    comment: str | None = Field(title="意见")
    version: int = Field(title="版本")


class PledgeListing(
    Listing, sortable=(Pledge.submitted_on, Pledge.state), order=(Pledge.subject_id, Pledge.position, Pledge.id)
):
    review_id: Annotated[UUID, equals(Pledge.review_id)] = Field(title="评议编号")
    subject_id: Annotated[UUID | None, equals(Pledge.subject_id)] = Field(default=None, title="评议对象编号")
    state: Annotated[list[PledgeState], equals(Pledge.state)] = Field(default=[], max_length=3, title="状态")
    fulfilment: Annotated[list[Fulfilment], equals(Pledge.fulfilment)] = Field(
        default=[], max_length=3, title="兑现情况"
    )


class SubmittedPledges(Schema):
    items: list[PledgeRead] = Field(title="提交的承诺")


class PledgePosted(Schema):
    """What the public notice board shows."""

    id: UUID = Field(title="编号")
    subject_id: UUID = Field(title="承诺主体编号")
    subject_name: str = Field(title="承诺主体")
    position: int = Field(title="序号")
    content: str = Field(title="承诺内容")
    decided_on: date = Field(title="审定日期")
    fulfilment: Fulfilment | None = Field(title="兑现情况")


class PostedPledgeListing(
    Listing, sortable=(Pledge.submitted_on,), order=(Pledge.subject_id, Pledge.position, Pledge.id)
):
    review_id: Annotated[UUID, equals(Pledge.review_id)] = Field(title="评议编号")
    subject_id: Annotated[UUID | None, equals(Pledge.subject_id)] = Field(default=None, title="承诺主体编号")


class ExemptionRecord(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="评议对象")
    reason: LongText = Field(title="免承诺理由")


class ExemptionRead(ExemptionRecord):
    subject_name: str = Field(title="评议对象名称")
    recorded_on: date = Field(title="登记日期")
