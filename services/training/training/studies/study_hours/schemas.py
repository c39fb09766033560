from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema
from training.kinds import MeetingKind


class StudyHoursRead(Schema):
    member_id: UUID = Field(title="党员")
    name: str = Field(title="姓名")
    organization_id: UUID = Field(title="所在党组织")
    is_leader: bool = Field(title="书记或班子成员")
    hours: Points = Field(title="已得学时")
    required: Points = Field(title="应得学时")
    superior_classes: int = Field(title="参加上级集中培训次数")
    required_superior_classes: int = Field(title="应参加上级集中培训次数")
    is_met: bool = Field(title="达标")


class StudyRecord(Schema):
    meeting_id: UUID = Field(title="会议")
    kind: MeetingKind = Field(title="类型")
    title: str = Field(title="主题")
    held_on: date = Field(title="召开日期")
    made_up_on: date | None = Field(title="补课日期")
    hours: Points = Field(title="学时")


class MemberStudyHours(StudyHoursRead):
    year: int = Field(title="年度")
    records: list[StudyRecord] = Field(title="学时明细")
