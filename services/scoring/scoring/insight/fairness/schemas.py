from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema
from scoring.insight.fairness.kinds import FairnessAttribute


class FairnessCell(Schema):
    """Rated subjects that have one thing in common; withheld, nothing of them is said."""

    attribute: FairnessAttribute = Field(title="比较项")
    group: str = Field(title="组别")
    is_withheld: bool = Field(title="人数过少不显示", description="或者会由其余组别和合计推算出人数过少的组别")
    subjects: int | None = Field(title="对象数")
    mean: Points | None = Field(title="平均综合得分")
    named: int | None = Field(title="建议三星以上对象数")
    share_named: Points | None = Field(title="建议三星以上占比(%)")
    question: str | None = Field(title="需要了解的情况", description="只是提出问题,不影响得分")


class FairnessRead(Schema):
    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str = Field(title="评议年度")
    as_of: date = Field(title="统计日期")
    unrated: int = Field(title="没有比较的对象数", description="所在的评议还没有公示,或者没有综合得分")
    smallest_cell: int = Field(title="最少显示的对象数")
    gap: Points = Field(title="平均分相差多少起提出问题")
    not_known: list[str] = Field(title="积分服务不掌握、因此没有比较的项目")
    cells: list[FairnessCell] = Field(title="各组别")
