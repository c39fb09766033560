from datetime import date
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema
from scoring.points.indicators.schemas import IndicatorRead
from scoring.reviews.attendances.kinds import MeetingKind
from scoring.reviews.cycles.models import StarModel
from scoring.reviews.cycles.rules import Template
from scoring.reviews.cycles.schemas import Bands, GradeValues, Percent, Weights
from scoring.reviews.rulebooks.rules import Topic
from scoring.subjects import SubjectKind


class SurveyValues(Schema):
    good: int = Field(title="好")
    fairly_good: int = Field(title="较好")
    ordinary: int = Field(title="一般")
    poor: int = Field(title="差")


class IndicatorRule(IndicatorRead):
    is_in_use: bool = Field(title="是否计入本次评议")


class ClauseRead(Schema):
    topic: Topic = Field(title="关于")
    text: str = Field(title="规定")


class RulebookRead(Schema):
    """The whole rule of a scheme: with it and the inputs anybody computes the same stars."""

    cycle_id: UUID = Field(title="评议年度编号")
    cycle_name: str = Field(title="评议年度")
    subject_kind: SubjectKind = Field(title="评议对象")
    template: Template = Field(title="评议步骤")
    star_model: StarModel = Field(title="评星方式")
    period_from: date = Field(title="积分周期起")
    period_to: date = Field(title="积分周期止")
    weights: Weights = Field(title="权重")
    grade_values: GradeValues = Field(title="测评等次分值")
    survey_values: SurveyValues = Field(title="调查答案分值")
    bands: Bands = Field(title="星级分数线")
    dimension_share: Percent = Field(title="维度得星比例(%)")
    veto_cap: int = Field(title="一票否决后最高星级")
    fewest_answers: int = Field(title="最少票数或份数")
    decimal_places: int = Field(title="综合得分保留的小数位", description="只在综合得分四舍五入一次")
    meeting_kinds: list[MeetingKind] = Field(title="计考勤的会议")
    counts_invalid_meetings: bool = Field(title="人数不足的会议是否计考勤", description="会议无效,到会的人算到会")
    catalogue_id: UUID = Field(title="积分指标版本编号")
    catalogue_name: str | None = Field(title="积分指标版本")
    maximum: Points = Field(title="满分(在用指标)")
    indicators: list[IndicatorRule] = Field(title="指标")
    clauses: list[ClauseRead] = Field(title="规则全文")
