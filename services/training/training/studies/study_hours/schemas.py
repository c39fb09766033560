from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import Boolean, Integer, Numeric, Text, Uuid, column

from kit.edge import OptionalName, Points, Schema
from records.listing import Listing, at_least, at_most, contains, equals
from roster.queries import below
from training.kinds import MeetingKind

MEMBER_ID, MEMBER_NAME = column("member_id", Uuid()), column("member_name", Text())
ORGANIZATION_ID, ORGANIZATION_NAME = column("organization_id", Uuid()), column("organization_name", Text())
IS_LEADER, IS_MET = column("is_leader", Boolean()), column("is_met", Boolean())
HOURS, SUPERIOR_CLASSES = column("hours", Numeric(8, 2)), column("superior_classes", Integer())


class StudyHoursRead(Schema):
    organization_id: UUID = Field(title="所在党组织编号")
    organization_name: str = Field(title="所在党组织")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    is_leader: bool = Field(title="书记或班子成员")
    hours: Points = Field(title="已得学时", description="按实际时间累计,最后一次性四舍五入到两位小数")
    overlapping_hours: Points = Field(title="重叠学时(同一时间的,只计一次)")
    required: Points = Field(title="应得学时")
    superior_classes: int = Field(title="参加上级集中培训次数")
    required_superior_classes: int = Field(title="应参加上级集中培训次数")
    is_met: bool = Field(title="达标")


class StudyHoursListing(
    Listing, sortable=(MEMBER_NAME, ORGANIZATION_NAME, HOURS, SUPERIOR_CLASSES, IS_MET), order=(MEMBER_ID,)
):
    """Over the columns of queries.study_hours, by their names."""

    organization_id: Annotated[UUID | None, below(ORGANIZATION_ID)] = Field(default=None, title="该党组织及其下级")
    member_id: Annotated[UUID | None, equals(MEMBER_ID)] = Field(default=None, title="党员编号")
    is_leader: Annotated[bool | None, equals(IS_LEADER)] = Field(default=None, title="书记或班子成员")
    is_met: Annotated[bool | None, equals(IS_MET)] = Field(default=None, title="达标")
    hours_from: Annotated[Decimal | None, Field(ge=0, le=10000), at_least(HOURS)] = Field(
        default=None, title="学时不少于"
    )
    hours_to: Annotated[Decimal | None, Field(ge=0, le=10000), at_most(HOURS)] = Field(default=None, title="学时不多于")
    q: Annotated[OptionalName | None, contains(MEMBER_NAME)] = Field(default=None, title="姓名中的文字")


class StudyRecord(Schema):
    meeting_id: UUID = Field(title="会议编号")
    meeting_name: str = Field(title="会议")
    kind: MeetingKind = Field(title="类型")
    held_on: date = Field(title="召开日期")
    made_up_on: date | None = Field(title="补课日期")
    hours: Points = Field(title="学时")


class OnlineStudy(Schema):
    month: str = Field(title="月份")
    study_minutes: int = Field(title="网上支部学习用时(分钟)")


class RemoteStudy(Schema):
    remote_class_id: UUID = Field(title="远程课程编号")
    remote_class_name: str = Field(title="远程课程")
    watched_on: date = Field(title="观看日期")
    credited_minutes: int = Field(title="计入学时的分钟")


class MemberStudyHours(StudyHoursRead):
    year: int = Field(title="年度")
    records: list[StudyRecord] = Field(title="学时明细")
    online: list[OnlineStudy] = Field(title="网上支部学习")
    remote: list[RemoteStudy] = Field(title="远程课程")
