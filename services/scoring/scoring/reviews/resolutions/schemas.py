from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, LongText, Schema
from records.listing import Listing, equals
from scoring.reviews.resolutions.models import Resolution

Tally = Annotated[int, Field(ge=0, le=10_000, strict=True)]
Stars = Annotated[int, Field(ge=0, le=5, strict=True)]


class VotesRecord(Schema):
    votes_for: Tally = Field(title="同意")
    votes_against: Tally = Field(default=0, title="不同意")
    abstentions: Tally = Field(default=0, title="弃权")


class AdjustmentRecord(VotesRecord):
    subject_id: UUID = Field(title="评议对象")
    stars: Stars = Field(title="审定星级")
    reason: LongText | None = Field(default=None, title="调整理由(与建议星级不同时必填)")


class ResolutionRecord(Schema):
    review_id: UUID = Field(title="评议")
    held_on: BusinessDate = Field(title="会议日期")
    present_member_ids: Annotated[list[UUID], Field(min_length=1, max_length=2000, title="到会人")]
    sheet_file_id: UUID = Field(title="到会人签字的表决票统计(佐证文件)")
    confirmation: VotesRecord = Field(title="对其余对象按建议星级确认的表决(逐人表决,本人回避)")
    adjustments: Annotated[list[AdjustmentRecord], Field(max_length=2000)] = Field(default=[], title="单独表决")


class DecisionRead(Schema):
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    proposed_stars: int | None = Field(title="建议星级")
    stars: int = Field(title="审定星级")
    votes_for: int = Field(title="同意")
    votes_against: int = Field(title="不同意")
    abstentions: int = Field(title="弃权")
    is_passed: bool = Field(title="是否通过")
    is_standing: bool = Field(title="是否有效")
    awaits_superior: bool = Field(title="待上级确认(与登记人有关)")
    reason: str | None = Field(title="理由")


class ResolutionRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    held_on: date = Field(title="会议日期")
    body_size: int = Field(title="应到人数")
    present_count: int = Field(title="实到人数")
    sheet_file_id: UUID | None = Field(title="签字表决表编号")
    sheet_file_name: str | None = Field(title="签字表决表")
    confirmed_on: date | None = Field(title="上级确认日期")
    version: int = Field(title="版本")
    decisions: list[DecisionRead] = Field(title="逐项表决")


class ResolutionSheet(Schema):
    """A row of the exported list: the vote on one subject."""

    review_name: str = Field(title="评议")
    held_on: date = Field(title="会议日期")
    body_size: int = Field(title="应到人数")
    present_count: int = Field(title="实到人数")
    sheet_file_name: str | None = Field(title="签字表决表")
    confirmed_on: date | None = Field(title="上级确认日期")
    subject_name: str = Field(title="评议对象")
    proposed_stars: int | None = Field(title="建议星级")
    stars: int = Field(title="审定星级")
    votes_for: int = Field(title="同意")
    votes_against: int = Field(title="不同意")
    abstentions: int = Field(title="弃权")
    is_passed: bool = Field(title="是否通过")
    is_standing: bool = Field(title="是否有效")
    awaits_superior: bool = Field(title="待上级确认(与登记人有关)")
    reason: str | None = Field(title="理由")


class ResolutionListing(Listing, sortable=(Resolution.held_on, Resolution.present_count), order=(Resolution.id,)):
    review_id: Annotated[UUID, equals(Resolution.review_id)] = Field(title="评议编号")
