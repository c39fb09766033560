from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalName, Schema
from records.events import Payload
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.mutual_aid.essays.models import Essay, EssayComment, EssayVersion

EssayId = Annotated[UUID, Path(title="征文编号")]
CommentId = Annotated[UUID, Path(title="点评编号")]


class EssayCreate(Schema):
    title: Name = Field(title="题目")
    topic: Name = Field(title="征文主题", description="如“创业创意”")
    text: LongText = Field(title="正文")
    is_shared: bool = Field(default=False, title="面向全区", description="全区党员都能阅读和点评")


class EssayVersionCreate(Schema):
    text: LongText = Field(title="修改后的正文")


class EssayRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    title: str = Field(title="题目")
    topic: str = Field(title="征文主题")
    author_member_id: UUID = Field(title="作者编号")
    author_member_name: str = Field(title="作者")
    is_shared: bool = Field(title="面向全区")
    latest: int = Field(title="第几稿")
    text: str = Field(title="最新一稿的正文")
    submitted_on: date = Field(title="最新一稿的日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class EssayListing(Listing, sortable=(Essay.submitted_on, Essay.title), order=(Essay.submitted_on.desc(), Essay.id)):
    organization_id: Annotated[UUID | None, below(Essay.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    author_member_id: Annotated[UUID | None, equals(Essay.author_member_id)] = Field(default=None, title="作者编号")
    topic: Annotated[OptionalName | None, contains(Essay.topic)] = Field(default=None, title="主题中的文字")
    is_void: Annotated[bool, void_or_not(Essay)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(Essay.title)] = Field(default=None, title="题目中的文字")


class EssayVersionRead(Schema):
    id: UUID = Field(title="编号")
    essay_id: UUID = Field(title="征文编号")
    essay_name: str = Field(title="征文")
    number: int = Field(title="第几稿")
    text: str = Field(title="正文")
    submitted_on: date = Field(title="日期")


class EssayVersionListing(
    Listing,
    sortable=(EssayVersion.number, EssayVersion.submitted_on),
    order=(EssayVersion.number.desc(), EssayVersion.id),
):
    essay_id: Annotated[UUID | None, equals(EssayVersion.essay_id)] = Field(default=None, title="征文编号")
    number: Annotated[int | None, equals(EssayVersion.number)] = Field(default=None, title="第几稿")


class EssayCommentCreate(Schema):
    essay_id: UUID = Field(title="征文")
    text: LongText = Field(title="点评")


class EssayCommentRead(Schema):
    id: UUID = Field(title="编号")
    essay_id: UUID = Field(title="征文编号")
    essay_name: str = Field(title="征文")
    number: int = Field(title="点评的是第几稿")
    organization_id: UUID = Field(title="点评人党组织编号")
    organization_name: str = Field(title="点评人党组织")
    author_member_id: UUID = Field(title="点评人编号")
    author_member_name: str = Field(title="点评人")
    text: str = Field(title="点评")
    commented_on: date = Field(title="点评日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class EssayCommentListing(
    Listing, sortable=(EssayComment.commented_on,), order=(EssayComment.commented_on.desc(), EssayComment.id)
):
    essay_id: Annotated[UUID | None, equals(EssayComment.essay_id)] = Field(default=None, title="征文编号")
    author_member_id: Annotated[UUID | None, equals(EssayComment.author_member_id)] = Field(
        default=None, title="点评人编号"
    )
    from_day: Annotated[BusinessDate | None, at_least(EssayComment.commented_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(EssayComment.commented_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(EssayComment)] = Field(default=False, title="只列已作废的")


class EssayChanged(Payload, title="征文变更"):
    """What was written stays with it."""

    type: ClassVar[str] = "training.essay.changed.v1"
    id: UUID
    organization_id: UUID
    author_member_id: UUID
    latest: int
    submitted_on: date
    is_shared: bool
    is_void: bool


class EssayCommentChanged(Payload, title="征文点评变更"):
    type: ClassVar[str] = "training.essay_comment.changed.v1"
    id: UUID
    essay_id: UUID
    number: int
    organization_id: UUID
    author_member_id: UUID
    commented_on: date
    is_void: bool
