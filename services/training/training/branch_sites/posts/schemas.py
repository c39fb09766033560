from datetime import date, datetime
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Instant, LongText, Schema, Text
from records.events import Payload
from records.listing import Listing, Where, at_least, at_most, contains, equals
from training.branch_sites.posts import queries
from training.branch_sites.sites.kinds import PostState
from training.branch_sites.sites.models import SitePost

PostId = Annotated[UUID, Path(title="留言编号")]


class SitePostCreate(Schema):
    site_column_id: UUID = Field(title="栏目")
    parent_id: UUID | None = Field(default=None, title="所跟的留言", description="跟帖时填")
    online_meeting_id: UUID | None = Field(
        default=None, title="所在的网上组织生活", description="在网上组织生活中留言时填,须在会议起止时间之内"
    )
    text: LongText = Field(title="内容")
    study_minutes: int = Field(default=0, ge=0, le=120, title="学习用时(分钟)", description="只有学习类栏目可填")


class SitePostHide(Schema):
    reason: Text = Field(title="屏蔽原因")


class SitePostRead(Schema):
    id: UUID = Field(title="编号")
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    site_column_id: UUID = Field(title="栏目编号")
    site_column_name: str = Field(title="栏目")
    parent_id: UUID | None = Field(title="所跟的留言编号")
    parent_name: str | None = Field(title="所跟的留言")
    online_meeting_id: UUID | None = Field(title="所在的网上组织生活编号")
    online_meeting_name: str | None = Field(title="所在的网上组织生活")
    author_member_id: UUID = Field(title="留言人编号")
    author_member_name: str = Field(title="留言人")
    text: str = Field(title="内容")
    study_minutes: int = Field(title="学习用时(分钟)")
    posted_at: datetime = Field(title="留言时间")
    replied_at: datetime | None = Field(title="首次回应时间")
    state: PostState = Field(title="状态")
    hidden_reason: str | None = Field(title="屏蔽原因")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SitePostListing(Listing, sortable=(SitePost.posted_at,), order=(SitePost.posted_at.desc(), SitePost.id)):
    branch_site_id: Annotated[UUID | None, equals(SitePost.branch_site_id)] = Field(default=None, title="网上支部编号")
    site_column_id: Annotated[UUID | None, equals(SitePost.site_column_id)] = Field(default=None, title="栏目编号")
    parent_id: Annotated[UUID | None, equals(SitePost.parent_id)] = Field(default=None, title="所跟的留言编号")
    online_meeting_id: Annotated[UUID | None, equals(SitePost.online_meeting_id)] = Field(
        default=None, title="网上组织生活编号"
    )
    author_member_id: Annotated[UUID | None, equals(SitePost.author_member_id)] = Field(
        default=None, title="留言人编号"
    )
    state: Annotated[list[PostState], equals(SitePost.state)] = Field(default=[], max_length=3, title="状态,可重复")
    unanswered_at: Annotated[Instant | None, Where(queries.is_unanswered_at)] = Field(
        default=None, title="该时刻逾期未回应的", description="交流类栏目的留言,超过规定小时数无人跟帖"
    )
    from_day: Annotated[BusinessDate | None, at_least(SitePost.posted_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(SitePost.posted_on)] = Field(default=None, title="日期止")
    q: Annotated[Text | None, contains(SitePost.text)] = Field(default=None, title="内容中的文字")


class SitePostChanged(Payload, title="网上支部留言变更"):
    """What was written stays on the site."""

    type: ClassVar[str] = "training.site_post.changed.v1"
    id: UUID
    branch_site_id: UUID
    site_column_id: UUID
    author_member_id: UUID
    posted_on: date
    state: PostState
