from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from kit.edge import BusinessDate, Code, Instant, Name, Points, Schema
from records.listing import Listing, equals
from scoring.reviews.cycles.models import Cycle, CycleState, StarModel
from scoring.reviews.cycles.rules import Defaults, State, Template
from scoring.subjects import SubjectKind

Weight = Annotated[int, Field(ge=0, le=100, strict=True)]
Percent = Annotated[Points, Field(ge=0, le=100)]
YEAR = Field(ge=2000, le=2099, strict=True, title="评定年度")


class Weights(Schema):
    attendance: Weight = Field(default=Defaults.weight_attendance, title="日常考勤")
    performance: Weight = Field(default=Defaults.weight_performance, title="年度考绩")
    ballot: Weight = Field(default=Defaults.weight_ballot, title="民主测评")
    survey: Weight = Field(default=Defaults.weight_survey, title="民意调查")

    @model_validator(mode="after")
    def make_a_hundred(self) -> Self:
        if self.attendance + self.performance + self.ballot + self.survey != 100:  # noqa: PLR2004 - percent
            raise ValueError("四项权重之和须为 100")
        return self


class GradeValues(Schema):
    excellent: Weight = Field(default=Defaults.grade_excellent, title="优秀")
    qualified: Weight = Field(default=Defaults.grade_qualified, title="合格")
    basic: Weight = Field(default=Defaults.grade_basic, title="基本合格")
    unqualified: Weight = Field(default=Defaults.grade_unqualified, title="不合格")

    @model_validator(mode="after")
    def descend(self) -> Self:
        if not self.excellent >= self.qualified >= self.basic >= self.unqualified:
            raise ValueError("等次分值须由高到低")
        return self


class Bands(Schema):
    five: Percent = Field(default=Defaults.band_five, title="五星")
    four: Percent = Field(default=Defaults.band_four, title="四星")
    three: Percent = Field(default=Defaults.band_three, title="三星")
    two: Percent = Field(default=Defaults.band_two, title="二星")
    floor: Percent = Field(default=Defaults.floor, title="不评星的下限")

    @model_validator(mode="after")
    def descend(self) -> Self:
        if not self.five > self.four > self.three > self.two >= self.floor:
            raise ValueError("星级分数线须由高到低")
        return self


class CycleOpen(Schema):
    organization_id: UUID = Field(title="主管党组织")
    year: int = YEAR
    subject_kind: SubjectKind = Field(title="评议对象")
    name: Name = Field(title="名称")
    template: Template = Field(default=Template.SEVEN_STEPS, title="评议步骤")
    star_model: StarModel = Field(default=StarModel.BANDS, title="评星方式")
    catalogue_id: UUID | None = Field(default=None, title="积分指标版本(不填取积分周期内有效的版本)")
    period_from: BusinessDate | None = Field(default=None, title="积分周期起(默认上年度)")
    period_to: BusinessDate | None = Field(default=None, title="积分周期止")
    out_of_use: list[Code] = Field(default_factory=list, max_length=200, title="本年度不使用的指标编码")
    only_single: bool = Field(default=False, title="只评单建党组织")
    deadlines: dict[State, BusinessDate] = Field(default_factory=dict, title="各步骤期限")
    weights: Weights = Field(default_factory=Weights, title="权重")
    grade_values: GradeValues = Field(default_factory=GradeValues, title="测评等次分值")
    bands: Bands = Field(default_factory=Bands, title="星级分数线")
    dimension_share: Percent = Field(default=Defaults.dimension_share, title="维度得星比例(%)")
    veto_cap: int = Field(default=Defaults.veto_cap, ge=0, le=5, strict=True, title="一票否决后最高星级")
    fewest_answers: int = Field(
        default=Defaults.fewest_answers,
        ge=Defaults.fewest_answers,
        le=100,
        strict=True,
        title="最少票数或份数(一名对象不足此数的测评、调查,不公布也不计入)",
    )
    notice_working_days: int = Field(
        default=Defaults.notice_working_days, ge=1, le=60, strict=True, title="公示工作日数"
    )

    @model_validator(mode="after")
    def period_is_whole(self) -> Self:
        if (self.period_from is None) != (self.period_to is None):
            raise ValueError("积分周期的起止须同时填写")
        if self.period_from is not None and self.period_to is not None and self.period_from > self.period_to:
            raise ValueError("积分周期的起不能晚于止")
        return self


class CycleRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID = Field(title="所属区编号")
    organization_id: UUID = Field(title="主管党组织编号")
    organization_name: str | None = Field(title="主管党组织")
    year: int = Field(title="评定年度")
    subject_kind: SubjectKind = Field(title="评议对象")
    name: str = Field(title="名称")
    template: Template = Field(title="评议步骤")
    star_model: StarModel = Field(title="评星方式")
    catalogue_id: UUID = Field(title="积分指标版本编号")
    catalogue_name: str | None = Field(title="积分指标版本")
    period_from: date = Field(title="积分周期起")
    period_to: date = Field(title="积分周期止")
    final_before: date = Field(title="办结期限")
    only_single: bool = Field(title="只评单建党组织")
    deadlines: dict[State, date] = Field(title="各步骤期限")
    weights: Weights = Field(title="权重")
    grade_values: GradeValues = Field(title="测评等次分值")
    bands: Bands = Field(title="星级分数线")
    dimension_share: Percent = Field(title="维度得星比例(%)")
    veto_cap: int = Field(title="一票否决后最高星级")
    fewest_answers: int = Field(title="最少票数或份数")
    notice_working_days: int = Field(title="公示工作日数")
    state: CycleState = Field(title="状态")
    closed_at: Instant | None = Field(title="办结时间")
    version: int = Field(title="版本")


class IndicatorOutOfUse(Schema):
    code: str = Field(title="指标编码")
    name: str = Field(title="指标")
    dimension: str = Field(title="维度")
    annual_cap: Points = Field(title="年度上限")
    has_source: bool = Field(title="是否有来源", description="有来源而不使用的,是方案声明的")


class DimensionReach(Schema):
    dimension: str = Field(title="维度")
    maximum: Points = Field(title="满分(在用指标)")
    catalogue_maximum: Points = Field(title="满分(全部指标)")


class ReachRead(Schema):
    """What a perfect subject can reach, as frozen when the cycle was opened."""

    maximum: Points = Field(title="满分(在用指标)")
    catalogue_maximum: Points = Field(title="满分(全部指标)")
    highest_star: int = Field(title="最高可达星级")
    dimensions: list[DimensionReach] = Field(title="各维度")
    out_of_use: list[IndicatorOutOfUse] = Field(title="不使用的指标")
    warnings: list[str] = Field(title="提示")


class CycleDetail(CycleRead):
    reach: ReachRead = Field(title="可达到的满分和星级")


class CycleSheet(Schema):
    """A row of the exported list."""

    year: int = Field(title="评定年度")
    subject_kind: SubjectKind = Field(title="评议对象")
    name: str = Field(title="名称")
    organization_name: str | None = Field(title="主管党组织")
    template: Template = Field(title="评议步骤")
    star_model: StarModel = Field(title="评星方式")
    catalogue_name: str | None = Field(title="积分指标版本")
    period_from: date = Field(title="积分周期起")
    period_to: date = Field(title="积分周期止")
    final_before: date = Field(title="办结期限")
    only_single: bool = Field(title="只评单建党组织")
    weight_attendance: int = Field(title="日常考勤权重")
    weight_performance: int = Field(title="年度考绩权重")
    weight_ballot: int = Field(title="民主测评权重")
    weight_survey: int = Field(title="民意调查权重")
    band_five: Decimal = Field(title="五星线")
    band_four: Decimal = Field(title="四星线")
    band_three: Decimal = Field(title="三星线")
    band_two: Decimal = Field(title="二星线")
    floor: Decimal = Field(title="不评星的下限")
    dimension_share: Decimal = Field(title="维度得星比例(%)")
    veto_cap: int = Field(title="一票否决后最高星级")
    fewest_answers: int = Field(title="最少票数或份数")
    notice_working_days: int = Field(title="公示工作日数")
    state: CycleState = Field(title="状态")
    closed_at: datetime | None = Field(title="办结时间")


class CycleListing(
    Listing,
    sortable=(Cycle.year, Cycle.name, Cycle.subject_kind, Cycle.state),
    order=(Cycle.year.desc(), Cycle.id),
):
    year: Annotated[int | None, equals(Cycle.year), Field(ge=2000, le=2099)] = Field(default=None, title="评定年度")
    subject_kind: Annotated[SubjectKind | None, equals(Cycle.subject_kind)] = Field(default=None, title="评议对象")
    organization_id: Annotated[UUID | None, equals(Cycle.organization_id)] = Field(default=None, title="主管党组织编号")
    state: Annotated[CycleState | None, equals(Cycle.state)] = Field(default=None, title="状态")
