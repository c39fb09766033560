from datetime import date

from pydantic import Field

from kit.edge import Points, Schema


class OverviewRead(Schema):
    as_of: date = Field(title="截至日期")
    year: int = Field(title="年度")
    meetings: int = Field(title="已确认的会议和培训班")
    valid_meetings: int = Field(title="其中有效")
    attendances: int = Field(title="到会人次")
    make_ups_open: int = Field(title="待补课人次")
    make_ups_done: int = Field(title="已补课人次")
    study_hours_total: Points = Field(title="学时合计")
    members: int = Field(title="党员人数")
    members_meeting_requirement: int = Field(title="学时达标党员")
    leaders: int = Field(title="书记和班子成员")
    leaders_meeting_requirement: int = Field(title="其中达标")
