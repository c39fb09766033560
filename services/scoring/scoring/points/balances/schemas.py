from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import OptionalName, Points, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from scoring.points.balances.queries import INDICATORS_EARNED, POINTS_TOTAL, SUBJECTS, of_organization
from scoring.subjects import SubjectKind


class BalanceSummary(Schema):
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str = Field(title="对象")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    points_year: int = Field(title="积分年度")
    points_total: Points = Field(title="积分合计")
    indicators_earned: int = Field(title="得分指标数")


class BalanceListing(
    Listing,
    sortable=(POINTS_TOTAL, INDICATORS_EARNED, SUBJECTS.c.subject_name),
    order=(SUBJECTS.c.path, SUBJECTS.c.subject_id),
):
    organization_id: Annotated[UUID | None, Where(of_organization)] = Field(
        default=None, title="党组织编号(含其党小组)"
    )
    subject_kind: Annotated[SubjectKind | None, equals(SUBJECTS.c.subject_kind)] = Field(default=None, title="对象类别")
    year: Annotated[int | None, Field(ge=1900, le=2100)] = Field(
        default=None, title="积分年度", description="缺省为本年度"
    )
    least: Annotated[Points | None, at_least(POINTS_TOTAL.element)] = Field(default=None, title="积分合计不低于")
    most: Annotated[Points | None, at_most(POINTS_TOTAL.element)] = Field(default=None, title="积分合计不高于")
    q: Annotated[OptionalName | None, contains(SUBJECTS.c.subject_name)] = Field(default=None, title="搜索名称")


class DimensionBalance(Schema):
    dimension: str = Field(title="维度")
    points: Points = Field(title="积分")
    maximum: Points = Field(title="满分")


class IndicatorBalance(Schema):
    code: str = Field(title="指标编码")
    dimension: str = Field(title="维度")
    name: str = Field(title="指标")
    points: Points = Field(title="积分")
    annual_cap: Points = Field(title="年度上限")
    by_period: Annotated[list[Points], Field(title="各期入账")]


class BalanceRead(Schema):
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str = Field(title="对象")
    points_year: int = Field(title="积分年度")
    catalogue_id: UUID | None = Field(title="指标版本编号")
    catalogue_name: str | None = Field(title="指标版本")
    points_total: Points = Field(title="积分合计")
    maximum: Points = Field(title="满分")
    dimensions: list[DimensionBalance] = Field(title="各维度")
    indicators: list[IndicatorBalance] = Field(title="各指标")


class Difference(Schema):
    indicator_code: str = Field(title="指标编码")
    period: int = Field(title="周期序号", description="-1 为全年")
    entries: Points = Field(title="流水之和")
    total: Points = Field(title="余额")


class VerificationRead(Schema):
    subject_id: UUID = Field(title="对象编号")
    points_year: int = Field(title="积分年度")
    entries: int = Field(title="流水笔数")
    entries_sum: Points = Field(title="流水之和")
    total: Points = Field(title="余额")
    is_consistent: bool = Field(title="是否一致")
    differences: list[Difference] = Field(title="不一致之处")
