from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.appeals import queries
from registry.liaison.appeals.models import Appeal
from registry.tree.organizations.queries import below

AppealId = Annotated[UUID, Path(title="意见诉求编号")]


class AppealCreate(Schema):
    """A member raises it in the own name; whoever writes it down for others names the author, or nobody."""

    organization_id: UUID = Field(title="承办党组织")
    author_member_id: UUID | None = Field(default=None, title="提出人(党员)")
    author_name: Name | None = Field(default=None, title="提出人(非党员)")
    owner_member_id: UUID | None = Field(default=None, title="承办人")
    topic: Name = Field(title="主题")
    content: LongText = Field(title="内容")
    raised_on: BusinessDate = Field(title="提出日期")
    due_on: BusinessDate = Field(title="办理期限")


class AppealAnswer(Schema):
    answer: LongText = Field(title="答复")
    answered_on: BusinessDate = Field(title="答复日期")
    is_solved: bool = Field(title="是否解决")


class AppealRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="承办党组织编号")
    organization_name: str = Field(title="承办党组织")
    author_member_id: UUID | None = Field(title="提出人编号")
    author_member_name: str | None = Field(title="提出人(党员)")
    author_name: str | None = Field(title="提出人(非党员)")
    owner_member_id: UUID | None = Field(title="承办人编号")
    owner_member_name: str | None = Field(title="承办人")
    topic: str = Field(title="主题")
    content: str = Field(title="内容")
    raised_on: date = Field(title="提出日期")
    due_on: date = Field(title="办理期限")
    answer: str | None = Field(title="答复")
    answered_on: date | None = Field(title="答复日期")
    is_solved: bool | None = Field(title="是否解决")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class AppealListing(
    Listing, sortable=(Appeal.raised_on, Appeal.due_on, Appeal.topic), order=(Appeal.raised_on.desc(), Appeal.id)
):
    organization_id: Annotated[UUID | None, equals(Appeal.organization_id)] = Field(
        default=None, title="承办党组织编号"
    )
    under: Annotated[UUID | None, Where(below(Appeal.organization_id))] = Field(
        default=None, title="该组织及其全部下级承办的"
    )
    owner_member_id: Annotated[UUID | None, equals(Appeal.owner_member_id)] = Field(default=None, title="承办人编号")
    author_member_id: Annotated[UUID | None, equals(Appeal.author_member_id)] = Field(default=None, title="提出人编号")
    of_topic: Annotated[OptionalText | None, equals(Appeal.topic)] = Field(default=None, title="主题")
    is_answered: Annotated[bool | None, Where(queries.answered_or_not)] = Field(default=None, title="是否已答复")
    overdue_on: Annotated[BusinessDate | None, Where(queries.overdue_on)] = Field(
        default=None, title="该日已逾期未答复"
    )
    is_void: Annotated[bool, void_or_not(Appeal)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Appeal.topic, Appeal.content)] = Field(
        default=None, title="搜索主题和内容"
    )


class AppealTopic(Schema):
    topic: str = Field(title="主题")
    entries: int = Field(title="条数")
    unanswered: int = Field(title="未答复")
    overdue: int = Field(title="逾期未答复")


class AppealTopics(Schema):
    as_of: date = Field(title="截至日期")
    least: int = Field(title="至少条数")
    topics: list[AppealTopic] = Field(title="集中反映的主题")
