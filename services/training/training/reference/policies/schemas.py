from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Points, Schema, Text
from training.kinds import CadencePeriod, MeetingKind, RequirementGroup

YearHours = Annotated[Points, Field(ge=0, le=Decimal(1000))]
DayHours = Annotated[Points, Field(gt=0, le=Decimal(24))]
Days = Annotated[int, Field(ge=1, le=366, strict=True)]


class RequirementSet(Schema):
    root_id: UUID = Field(title="区委党组织")
    group: RequirementGroup = Field(title="对象")
    effective_from: BusinessDate = Field(title="生效日期")
    hours: YearHours = Field(title="每年学时")
    superior_classes: int = Field(default=0, title="其中上级集中培训次数", ge=0, le=100, strict=True)
    source: Text = Field(title="依据")


class RequirementRead(Schema):
    id: UUID
    root_id: UUID | None = Field(title="区委党组织(空为默认)")
    group: RequirementGroup = Field(title="对象")
    effective_from: date = Field(title="生效日期")
    hours: Points = Field(title="每年学时")
    superior_classes: int = Field(title="其中上级集中培训次数")
    source: str = Field(title="依据")
    recorded_at: datetime = Field(title="录入时间")


class LimitSet(Schema):
    root_id: UUID = Field(title="区委党组织")
    effective_from: BusinessDate = Field(title="生效日期")
    full_day_hours: DayHours = Field(default=Decimal(8), title="全天折算学时")
    half_day_hours: DayHours = Field(default=Decimal(4), title="半天折算学时")
    make_up_days: Days = Field(default=30, title="补课期限(天)")
    confirmation_days: Days = Field(default=90, title="考勤确认期限(天)")
    check_in_opens_minutes: int = Field(default=30, title="提前签到(分钟)", ge=0, le=1440, strict=True)


class LimitRead(Schema):
    id: UUID
    root_id: UUID | None = Field(title="区委党组织(空为默认)")
    effective_from: date = Field(title="生效日期")
    full_day_hours: Points = Field(title="全天折算学时")
    half_day_hours: Points = Field(title="半天折算学时")
    make_up_days: int = Field(title="补课期限(天)")
    confirmation_days: int = Field(title="考勤确认期限(天)")
    check_in_opens_minutes: int = Field(title="提前签到(分钟)")
    recorded_at: datetime = Field(title="录入时间")


class KindRuleSet(Schema):
    root_id: UUID = Field(title="区委党组织")
    kind: MeetingKind = Field(title="会议类型")
    effective_from: BusinessDate = Field(title="生效日期")
    cadence: CadencePeriod | None = Field(default=None, title="召开频次")
    counts_hours: bool = Field(title="计入学时")
    needs_make_up: bool = Field(title="缺席须补课")


class KindRuleRead(Schema):
    id: UUID
    root_id: UUID | None = Field(title="区委党组织(空为默认)")
    kind: MeetingKind = Field(title="会议类型")
    effective_from: date = Field(title="生效日期")
    cadence: CadencePeriod | None = Field(title="召开频次")
    counts_hours: bool = Field(title="计入学时")
    needs_make_up: bool = Field(title="缺席须补课")
    recorded_at: datetime = Field(title="录入时间")
