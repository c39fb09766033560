from datetime import date
from typing import Annotated

from pydantic import Field

from kit.edge import Points, Schema
from scoring.honours.stars.schemas import StarCount


class MissingYear(Schema):
    """A year whose working days must be known by now, and are not."""

    year: Annotated[int, Field(title="年份")]
    detail: Annotated[str, Field(title="说明")]


class OverviewRead(Schema):
    as_of: Annotated[date, Field(title="截至日期")]
    points_year: Annotated[int, Field(title="积分年度")]
    entries: Annotated[int, Field(title="台账笔数")]
    points_total: Annotated[Points, Field(title="积分合计")]
    subjects: Annotated[int, Field(title="已有积分的对象数")]
    claims_pending: Annotated[int, Field(title="截至当日待评价申报数")]
    evaluations_confirmed: Annotated[int, Field(title="本年度截至当日已确认月度评价数")]
    stars: Annotated[list[StarCount], Field(title="截至当日已公布的最近年度星级(按镇街、对象、星级)")]
    missing_working_years: Annotated[
        list[MissingYear], Field(title="尚未录全工作日的年份", description="十二月起包括下一年")
    ]
