from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Points, Schema, Text
from records.listing import Listing, at_most, equals
from training.kinds import CadencePeriod, MeetingKind, RequirementGroup
from training.reference.policies.models import MeetingKindRule, StudyHourRequirement, TrainingLimit

YearHours = Annotated[Points, Field(ge=0, le=Decimal(1000))]
DayHours = Annotated[Points, Field(gt=0, le=Decimal(24))]
Days = Annotated[int, Field(ge=1, le=366, strict=True)]


class RequirementSet(Schema):
    root_id: UUID = Field(title="区委党组织编号")
    group: RequirementGroup = Field(title="对象")
    effective_from: BusinessDate = Field(title="生效日期")
    hours: YearHours = Field(title="每年学时")
    superior_classes: int = Field(default=0, title="其中上级集中培训次数", ge=0, le=100, strict=True)
    source: Text = Field(title="依据")


class RequirementRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID | None = Field(title="区委党组织编号(空为默认)")
    root_name: str | None = Field(title="区委党组织(空为默认)")
    group: RequirementGroup = Field(title="对象")
    effective_from: date = Field(title="生效日期")
    hours: Points = Field(title="每年学时")
    superior_classes: int = Field(title="其中上级集中培训次数")
    source: str = Field(title="依据")
    recorded_at: datetime = Field(title="录入时间")


class LimitSet(Schema):
    root_id: UUID = Field(title="区委党组织编号")
    effective_from: BusinessDate = Field(title="生效日期")
    full_day_hours: DayHours = Field(default=Decimal(8), title="全天折算学时")
    half_day_hours: DayHours = Field(default=Decimal(4), title="半天折算学时")
    make_up_days: Days = Field(default=30, title="补课期限(天)")
    confirmation_days: Days = Field(default=90, title="考勤确认期限(天)")
    check_in_opens_minutes: int = Field(default=30, title="提前签到(分钟)", ge=0, le=1440, strict=True)


class LimitRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID | None = Field(title="区委党组织编号(空为默认)")
    root_name: str | None = Field(title="区委党组织(空为默认)")
    effective_from: date = Field(title="生效日期")
    full_day_hours: Points = Field(title="全天折算学时")
    half_day_hours: Points = Field(title="半天折算学时")
    make_up_days: int = Field(title="补课期限(天)")
    confirmation_days: int = Field(title="考勤确认期限(天)")
    check_in_opens_minutes: int = Field(title="提前签到(分钟)")
    recorded_at: datetime = Field(title="录入时间")


class KindRuleSet(Schema):
    root_id: UUID = Field(title="区委党组织编号")
    kind: MeetingKind = Field(title="会议类型")
    effective_from: BusinessDate = Field(title="生效日期")
    cadence: CadencePeriod | None = Field(default=None, title="召开频次")
    counts_hours: bool = Field(title="计入学时")
    needs_make_up: bool = Field(title="缺席须补课")


class KindRuleRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID | None = Field(title="区委党组织编号(空为默认)")
    root_name: str | None = Field(title="区委党组织(空为默认)")
    kind: MeetingKind = Field(title="会议类型")
    effective_from: date = Field(title="生效日期")
    cadence: CadencePeriod | None = Field(title="召开频次")
    counts_hours: bool = Field(title="计入学时")
    needs_make_up: bool = Field(title="缺席须补课")
    recorded_at: datetime = Field(title="录入时间")


class RequirementListing(
    Listing,
    sortable=(StudyHourRequirement.effective_from, StudyHourRequirement.group, StudyHourRequirement.hours),
    order=(StudyHourRequirement.effective_from.desc(), StudyHourRequirement.id),
):
    group: Annotated[list[RequirementGroup], equals(StudyHourRequirement.group)] = Field(
        default=[], max_length=2, title="对象,可重复"
    )
    effective_by: Annotated[BusinessDate | None, at_most(StudyHourRequirement.effective_from)] = Field(
        default=None, title="该日已生效"
    )


class LimitListing(
    Listing, sortable=(TrainingLimit.effective_from,), order=(TrainingLimit.effective_from.desc(), TrainingLimit.id)
):
    effective_by: Annotated[BusinessDate | None, at_most(TrainingLimit.effective_from)] = Field(
        default=None, title="该日已生效"
    )


class KindRuleListing(
    Listing,
    sortable=(MeetingKindRule.effective_from, MeetingKindRule.kind),
    order=(MeetingKindRule.effective_from.desc(), MeetingKindRule.id),
):
    kind: Annotated[list[MeetingKind], equals(MeetingKindRule.kind)] = Field(
        default=[], max_length=20, title="会议类型,可重复"
    )
    effective_by: Annotated[BusinessDate | None, at_most(MeetingKindRule.effective_from)] = Field(
        default=None, title="该日已生效"
    )
