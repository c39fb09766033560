from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Schema
from training.kinds import Direction, MeetingKind
from training.meetings.meetings.schemas import MeetingPlan, MeetingRead

Heads = Annotated[int, Field(ge=0, le=100_000)]


class SeriesPlan(MeetingPlan):
    repeats_until: BusinessDate = Field(title="每周重复至", description="含当日;最多一年")


class SeriesRead(Schema):
    series: UUID = Field(title="系列编号")
    meetings: list[MeetingRead] = Field(title="各次活动")


class HeadCount(Schema):
    """Numbers only: of people who are no members nothing is kept."""

    teams: Heads = Field(default=0, title="队数")
    guests: Heads = Field(default=0, title="党员以外的人数")
    enterprise_heads: Heads = Field(
        default=0, title="其中企业出资人和负责人", description="不超过党员以外的人数,不登记姓名"
    )
    enterprises: Heads = Field(default=0, title="到场企业数")


class ActivityFigure(Schema):
    kind: MeetingKind = Field(title="类型")
    direction: Direction | None = Field(title="走出去或请进来")
    events: int = Field(title="场次")
    organizations: int = Field(title="举办的党组织数")
    person_times: int = Field(title="人次", description="到会党员与党员以外的人数之和")
    attended: int = Field(title="其中党员")
    guests: int = Field(title="其中党员以外")
    teams: int = Field(title="队数")
    enterprise_heads: int = Field(title="企业出资人和负责人")
    enterprises: int = Field(title="企业数(各场之和)")
    visited_points: int = Field(title="观摩的示范点数")


class ActivityFigures(Schema):
    from_day: date = Field(title="日期起")
    to_day: date = Field(title="日期止")
    figures: list[ActivityFigure] = Field(title="已确认且有效的活动")
