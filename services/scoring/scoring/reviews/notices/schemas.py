from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import Code, LongText, Schema
from records.listing import Listing, equals
from scoring.reviews.notices.models import Notice, NoticeState, Objection, ObjectionState
from scoring.reviews.ratings.rules import Part, SetAside


class NoticeRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    round: int = Field(title="公示轮次")
    proposed_stars: int | None = Field(title="公示星级")
    state: NoticeState = Field(title="状态")
    opened_on: date = Field(title="公示日期")
    days_left: int = Field(title="起算时剩余工作日")
    ends_on: date | None = Field(title="公示期满日")


class NoticeListing(
    Listing,
    sortable=(Notice.opened_on, Notice.round, Notice.state, Notice.days_left),
    order=(Notice.subject_id, Notice.round.desc(), Notice.id),
):
    review_id: Annotated[UUID, equals(Notice.review_id)] = Field(title="评议编号")
    subject_id: Annotated[UUID | None, equals(Notice.subject_id)] = Field(default=None, title="评议对象编号")
    state: Annotated[list[NoticeState], equals(Notice.state)] = Field(default=[], max_length=4, title="状态")


class ObjectionFile(Schema):
    review_id: UUID = Field(title="评议")
    subject_id: UUID = Field(title="对哪名对象的结果有异议")
    content: LongText = Field(title="异议内容")
    new_facts: LongText | None = Field(default=None, title="新的事实(原异议不成立后再次提出时必填,由上级答复)")


class ObjectionDecision(Schema):
    upheld: bool = Field(title="异议是否成立")
    reply: LongText = Field(title="答复")
    parts: Annotated[list[Part], Field(max_length=5)] = Field(default=[], title="异议成立时重新核计的部分")
    set_aside: Annotated[list[SetAside], Field(max_length=3)] = Field(default=[], title="异议成立时不计入的部分")

    indicators_set_aside: Annotated[list[Code], Field(max_length=500)] = Field(
        default=[], title="异议成立时不计入的指标(编码)", description="不计得分,也不计入满分"
    )

    @model_validator(mode="after")
    def upheld_names_parts(self) -> Self:
        if self.upheld != bool(self.parts or self.set_aside or self.indicators_set_aside):
            raise ValueError("异议成立须写明重新核计或不计入哪些部分,不成立则不填")
        if {one.value for one in self.parts} & {one.value for one in self.set_aside}:
            raise ValueError("同一部分不能既重新核计又不计入")
        return self


class ObjectionRead(Schema):
    id: UUID = Field(title="编号")
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    content: str = Field(title="异议内容")
    new_facts: str | None = Field(title="新的事实(由上级答复)")
    state: ObjectionState = Field(title="状态")
    filed_on: date = Field(title="提出日期")
    reply: str | None = Field(title="答复")
    parts: list[Part] = Field(title="重新核计的部分")
    set_aside: list[SetAside] = Field(title="不计入的部分")
    indicators_set_aside: list[str] = Field(title="不计入的指标(编码)")
    indicators_set_aside_names: list[str] = Field(title="不计入的指标")
    decided_on: date | None = Field(title="答复日期")
    version: int = Field(title="版本")


class ObjectionListing(Listing, sortable=(Objection.filed_on, Objection.state), order=(Objection.id,)):
    review_id: Annotated[UUID, equals(Objection.review_id)] = Field(title="评议编号")
    subject_id: Annotated[UUID | None, equals(Objection.subject_id)] = Field(default=None, title="评议对象编号")
    state: Annotated[list[ObjectionState], equals(Objection.state)] = Field(default=[], max_length=3, title="状态")
