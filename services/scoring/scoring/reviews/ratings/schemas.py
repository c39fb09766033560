from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import Points, Schema
from records.listing import Listing, at_least, equals
from scoring.reviews.cycles.models import StarModel
from scoring.reviews.ratings.queries import COMPOSITE, PLACES
from scoring.reviews.ratings.rules import SetAside


class RatingRead(Schema):
    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    revision: int = Field(title="修订号")
    attendance: Decimal | None = Field(title="日常考勤")
    performance: Decimal | None = Field(title="年度考绩")
    ballot: Decimal | None = Field(title="民主测评")
    survey: Decimal | None = Field(title="民意调查")
    composite: Decimal | None = Field(title="综合得分")
    proposed_stars: int | None = Field(title="建议星级")
    peer_kind: str = Field(title="同类组别")
    rank: int = Field(title="同类组内名次(并列同名次)")
    peers: int = Field(title="同类组已评人数")


class RatingListing(
    Listing, sortable=(PLACES.c.rank, COMPOSITE, PLACES.c.peer_kind), order=(PLACES.c.rank, PLACES.c.subject_id)
):
    peer_kind: Annotated[str | None, equals(PLACES.c.peer_kind), Field(max_length=40)] = Field(
        default=None, title="同类组别"
    )
    proposed_stars: Annotated[list[int], equals(PLACES.c.proposed_stars), Field(max_length=6)] = Field(
        default=[], title="建议星级"
    )
    least: Annotated[Points | None, at_least(PLACES.c.composite)] = Field(default=None, title="综合得分不低于")


class PartRead(Schema):
    value: Points | None = Field(title="得分", description="缺项为空")
    weight: int = Field(title="方案规定的权重")
    weight_used: Points | None = Field(title="实际权重", description="缺项的权重由其余各项分担")


class AttendancePart(PartRead):
    attended: int = Field(title="实到次数")
    expected: int = Field(title="应到次数")


class PerformancePart(PartRead):
    points: Points = Field(title="积分")
    maximum: Points = Field(title="满分")


class OpinionPart(PartRead):
    is_withheld: bool = Field(
        default=False, title="不足最少票数或份数", description="不公布、不计入,权重由其余各项分担"
    )


class BallotPart(OpinionPart):
    counts: list[int] | None = Field(title="优秀、合格、基本合格、不合格的票数", description="不足最少票数的为空")


class SurveyPart(OpinionPart):
    counts: list[int] | None = Field(title="好、较好、一般、差的份数", description="不足最少份数的为空")


class PartsRead(Schema):
    attendance: AttendancePart = Field(title="日常考勤")
    performance: PerformancePart = Field(title="年度考绩")
    ballot: BallotPart = Field(title="民主测评")
    survey: SurveyPart = Field(title="民意调查")


class RuleRead(Schema):
    star_model: StarModel = Field(title="评星方式")
    bands: list[Points] = Field(title="五星、四星、三星、二星的分数线")
    floor: Points = Field(title="不评星的下限")
    dimension_share: Points = Field(title="维度得星比例(%)")
    veto_cap: int = Field(title="一票否决后最高星级")
    fewest_answers: int | None = Field(default=None, title="最少票数或份数", description="早先的结果没有这项规则")
    grade_values: list[int] = Field(title="优秀、合格、基本合格、不合格的分值")


class DimensionPoints(Schema):
    dimension: str = Field(title="维度")
    points: Points = Field(title="积分")
    maximum: Points = Field(title="满分")


class IndicatorPoints(Schema):
    code: str = Field(title="指标编码")
    name: str = Field(title="指标")
    dimension: str = Field(title="维度")
    points: Points = Field(title="积分")


class IndicatorSetAside(Schema):
    code: str = Field(title="指标编码")
    name: str = Field(title="指标")


class Explained(Schema):
    """What a rating was computed from, as it was stored with it."""

    parts: PartsRead = Field(title="各项")
    composite: Points | None = Field(title="综合得分")
    stars_before_veto: int | None = Field(title="一票否决前的星级")
    stars: int | None = Field(title="星级")
    has_veto: bool = Field(title="有一票否决")
    rule: RuleRead = Field(title="规则")
    catalogue_id: UUID = Field(title="积分指标版本编号")
    period: list[date] = Field(title="积分周期的起止")
    parts_set_aside: list[SetAside] = Field(default=[], title="异议成立而不计入的部分")
    indicators_set_aside: list[IndicatorSetAside] = Field(
        default=[], title="异议成立而不计入的指标", description="不计得分,也不计入满分"
    )
    dimensions: list[DimensionPoints] = Field(title="各维度")
    indicators: list[IndicatorPoints] = Field(title="得分的指标")
    revision: int = Field(title="修订号")
    cause: str = Field(title="修订原因", description="frozen 为初次计算,objection: 后为成立的异议")
