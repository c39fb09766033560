from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, Schema, Text
from records.events import Payload
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.messages.publications.kinds import PublicationForm
from training.messages.publications.models import Publication, PublicationIssue

PublicationId = Annotated[UUID, Path(title="报刊编号")]
IssueId = Annotated[UUID, Path(title="期次编号")]
Number = Annotated[int, Field(ge=1, le=9999)]
Copies = Annotated[int, Field(ge=0, le=1_000_000)]


class PublicationCreate(Schema):
    organization_id: UUID = Field(title="主办的党组织")
    name: Name = Field(title="报刊名称")
    form: PublicationForm = Field(title="形式")
    founded_on: BusinessDate = Field(title="创办日期")


class PublicationCorrect(Schema):
    name: Name | None = Field(default=None, title="报刊名称")
    form: PublicationForm | None = Field(default=None, title="形式")
    founded_on: BusinessDate | None = Field(default=None, title="创办日期", description="不晚于最早一期的出版日期")


class PublicationRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="主办的党组织编号")
    organization_name: str = Field(title="主办的党组织")
    name: str = Field(title="报刊名称")
    form: PublicationForm = Field(title="形式")
    founded_on: date = Field(title="创办日期")
    issues: int = Field(title="已登记期数")
    latest_number: int = Field(title="最近一期")
    missing: int = Field(title="缺登记的期数", description="最近一期之前没有登记的")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class PublicationListing(
    Listing, sortable=(Publication.founded_on, Publication.name), order=(Publication.founded_on.desc(), Publication.id)
):
    organization_id: Annotated[UUID | None, below(Publication.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    form: Annotated[list[PublicationForm], equals(Publication.form)] = Field(
        default=[], max_length=3, title="形式,可重复"
    )
    is_void: Annotated[bool, void_or_not(Publication)] = Field(default=False, title="只列已作废的")
    q: Annotated[Name | None, contains(Publication.name)] = Field(default=None, title="名称中的文字")


class PublicationIssueCreate(Schema):
    publication_id: UUID = Field(title="报刊")
    number: Number = Field(title="期号")
    published_on: BusinessDate = Field(title="出版日期")
    headline: Text = Field(title="要目")
    summary: LongText | None = Field(default=None, title="内容提要")
    copies: Copies = Field(default=0, title="印数")


class PublicationIssueCorrect(Schema):
    published_on: BusinessDate | None = Field(default=None, title="出版日期")
    headline: Text | None = Field(default=None, title="要目")
    summary: LongText | None = Field(default=None, title="内容提要")
    copies: Copies | None = Field(default=None, title="印数")


class PublicationIssueRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="主办的党组织编号")
    organization_name: str = Field(title="主办的党组织")
    publication_id: UUID = Field(title="报刊编号")
    publication_name: str = Field(title="报刊")
    number: int = Field(title="期号")
    published_on: date = Field(title="出版日期")
    headline: str = Field(title="要目")
    summary: str | None = Field(title="内容提要")
    copies: int = Field(title="印数")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class PublicationIssueListing(
    Listing,
    sortable=(PublicationIssue.published_on, PublicationIssue.number, PublicationIssue.copies),
    order=(PublicationIssue.published_on.desc(), PublicationIssue.id),
):
    organization_id: Annotated[UUID | None, below(PublicationIssue.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    publication_id: Annotated[UUID | None, equals(PublicationIssue.publication_id)] = Field(
        default=None, title="报刊编号"
    )
    from_day: Annotated[BusinessDate | None, at_least(PublicationIssue.published_on)] = Field(
        default=None, title="出版日期起"
    )
    to_day: Annotated[BusinessDate | None, at_most(PublicationIssue.published_on)] = Field(
        default=None, title="出版日期止"
    )
    is_void: Annotated[bool, void_or_not(PublicationIssue)] = Field(default=False, title="只列已作废的")
    q: Annotated[Text | None, contains(PublicationIssue.headline, PublicationIssue.summary)] = Field(
        default=None, title="要目和提要中的文字"
    )


class PublicationChanged(Payload, title="报刊变更"):
    type: ClassVar[str] = "training.publication.changed.v1"
    id: UUID
    organization_id: UUID
    name: str
    form: PublicationForm
    founded_on: date
    is_void: bool


class PublicationIssueChanged(Payload, title="报刊期次变更"):
    type: ClassVar[str] = "training.publication_issue.changed.v1"
    id: UUID
    organization_id: UUID
    publication_id: UUID
    number: int
    published_on: date
    is_void: bool
