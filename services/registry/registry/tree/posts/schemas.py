from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Schema
from registry.tree.posts.kinds import AppointmentSource, PostKind


class PostCreate(Schema):
    member_id: UUID = Field(title="党员")
    organization_id: UUID = Field(title="党组织")
    kind: PostKind = Field(title="职务")
    source: AppointmentSource | None = Field(default=None, title="来源")
    valid_from: BusinessDate = Field(title="任职日期")
    valid_to: BusinessDate | None = Field(default=None, title="届满日期", description="当日起不再任职")


class PostEnd(Schema):
    ended_on: BusinessDate = Field(title="免职日期", description="当日起不再任职")


class PostRead(Schema):
    id: UUID
    member_id: UUID
    organization_id: UUID
    root_id: UUID
    kind: PostKind = Field(title="职务")
    source: AppointmentSource | None = Field(title="来源")
    valid_from: date = Field(title="任职日期")
    valid_to: date | None = Field(title="届满日期")
    version: int
