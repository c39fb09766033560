from datetime import date

from pydantic import Field

from kit.edge import Points, Schema
from registry.oversight.statistics.kinds import StatisticGroup


class MemberFigure(Schema):
    group: StatisticGroup = Field(title="分类")
    code: str = Field(title="项目代码")
    item: str = Field(title="项目")
    people: int = Field(title="人数")
    base: int = Field(title="基数")
    share: Points | None = Field(title="占比(%)", description="四舍五入到两位小数;基数为 0 的为空")


class MemberStatistics(Schema):
    """Each share stands with its base; education adds up: 大专及以上 holds 本科 too (R60)."""

    as_of: date = Field(title="统计日期")
    denominator_scope: str = Field(title="口径")
    members: int = Field(title="党员(含预备)")
    figures: list[MemberFigure] = Field(title="各项统计")
    enterprises: int = Field(title="非公企业数")
    enterprises_without_staff_count: int = Field(
        title="没有登记职工人数的非公企业数", description="其党员计入,职工未计入"
    )
