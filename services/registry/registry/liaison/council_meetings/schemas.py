from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, OptionalText, Schema, Text
from records.listing import Listing, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.council_meetings.kinds import CouncilBody
from registry.liaison.council_meetings.models import CouncilMeeting

CouncilMeetingId = Annotated[UUID, Path(title="联席会议编号")]
BODIES = len(CouncilBody)


class CouncilMeetingCreate(Schema):
    organization_id: UUID = Field(title="召集的党组织")
    title: Text = Field(title="会议名称")
    held_on: BusinessDate = Field(title="召开日期")
    present: list[CouncilBody] = Field(min_length=1, max_length=BODIES, title="到会成员单位")
    minutes: LongText = Field(title="会议纪要")


class CouncilMeetingRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="召集的党组织编号")
    organization_name: str = Field(title="召集的党组织")
    title: str = Field(title="会议名称")
    held_on: date = Field(title="召开日期")
    present: list[CouncilBody] = Field(title="到会成员单位")
    absent: list[CouncilBody] = Field(title="未到会成员单位")
    minutes: str = Field(title="会议纪要")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CouncilMeetingListing(
    Listing, sortable=(CouncilMeeting.held_on,), order=(CouncilMeeting.held_on.desc(), CouncilMeeting.id)
):
    organization_id: Annotated[UUID | None, equals(CouncilMeeting.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    from_day: Annotated[BusinessDate | None, at_least(CouncilMeeting.held_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(CouncilMeeting.held_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(CouncilMeeting)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(CouncilMeeting.title)] = Field(default=None, title="按名称查找")
