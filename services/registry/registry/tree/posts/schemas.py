from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema
from records.bitemporal import valid_on
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.members.queries import named
from registry.tree.organizations.queries import below
from registry.tree.posts.kinds import AppointmentSource, Background, PostKind
from registry.tree.posts.models import Post

PostId = Annotated[UUID, Path(title="任职编号")]


class PostCreate(Schema):
    member_id: UUID = Field(title="党员")
    organization_id: UUID = Field(title="党组织")
    kind: PostKind = Field(title="职务")
    source: AppointmentSource | None = Field(default=None, title="来源")
    background: Background | None = Field(default=None, title="身份")
    is_seconded: bool = Field(default=False, title="是否挂职")
    valid_from: BusinessDate = Field(title="任职日期")
    valid_to: BusinessDate | None = Field(default=None, title="届满日期", description="当日起不再任职")


class PostEnd(Schema):
    ended_on: BusinessDate = Field(title="免职日期", description="当日起不再任职")


class PostRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    root_id: UUID = Field(title="所属区编号")
    kind: PostKind = Field(title="职务")
    source: AppointmentSource | None = Field(title="来源")
    background: Background | None = Field(title="身份")
    is_seconded: bool = Field(title="是否挂职")
    valid_from: date = Field(title="任职日期")
    valid_to: date | None = Field(title="届满日期")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class PostListing(Listing, sortable=(Post.valid_from, Post.kind), order=(Post.valid_from, Post.id)):
    organization_id: Annotated[UUID | None, equals(Post.organization_id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(Post.organization_id))] = Field(default=None, title="该组织及其全部下级")
    member_id: Annotated[UUID | None, equals(Post.member_id)] = Field(default=None, title="党员编号")
    kind: Annotated[list[PostKind], equals(Post.kind)] = Field(default=[], max_length=len(PostKind), title="职务")
    source: Annotated[AppointmentSource | None, equals(Post.source)] = Field(default=None, title="来源")
    background: Annotated[Background | None, equals(Post.background)] = Field(default=None, title="身份")
    is_seconded: Annotated[bool | None, equals(Post.is_seconded)] = Field(default=None, title="是否挂职")
    as_of: Annotated[BusinessDate | None, Where(lambda day: valid_on(Post, day))] = Field(
        default=None, title="该日在任"
    )
    is_void: Annotated[bool, void_or_not(Post)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(named(Post.member_id))] = Field(default=None, title="按姓名查找")
