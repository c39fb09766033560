from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints

from kit.edge import Points, Schema
from records.listing import Listing, equals
from scoring.insight.what_if.kinds import StarChange
from scoring.insight.what_if.queries import COLUMNS, column
from scoring.reviews.cycles.models import StarModel
from scoring.reviews.cycles.schemas import Percent

CapOf = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,63}=[0-9]{1,3}(\.[0-9]{1,2})?$")]
Weight = Annotated[int, Field(ge=0, le=100)]
AS_IT_IS = "不填的照原方案"


class WhatIfListing(
    Listing,
    sortable=(COLUMNS["difference"], COLUMNS["subject_name"]),
    order=(COLUMNS["difference"], COLUMNS["subject_id"]),
):
    """The draft, and which of its consequences are listed; nothing of it is kept."""

    catalogue_id: UUID | None = Field(default=None, title="积分指标版本编号(可以是草稿)", description=AS_IT_IS)
    cap: list[CapOf] = Field(default=[], max_length=100, title="指标年度上限", description="如 M05=4.00,可以有多个")
    star_model: StarModel | None = Field(default=None, title="评星方式", description=AS_IT_IS)
    weight_attendance: Weight | None = Field(default=None, title="日常考勤权重", description=AS_IT_IS)
    weight_performance: Weight | None = Field(default=None, title="年度考绩权重", description=AS_IT_IS)
    weight_ballot: Weight | None = Field(default=None, title="民主测评权重", description=AS_IT_IS)
    weight_survey: Weight | None = Field(default=None, title="民意调查权重", description=AS_IT_IS)
    band_five: Percent | None = Field(default=None, title="五星线", description=AS_IT_IS)
    band_four: Percent | None = Field(default=None, title="四星线", description=AS_IT_IS)
    band_three: Percent | None = Field(default=None, title="三星线", description=AS_IT_IS)
    band_two: Percent | None = Field(default=None, title="二星线", description=AS_IT_IS)
    floor: Percent | None = Field(default=None, title="不评星的下限", description=AS_IT_IS)
    dimension_share: Percent | None = Field(default=None, title="维度得星比例(%)", description=AS_IT_IS)
    veto_cap: Annotated[int, Field(ge=0, le=5)] | None = Field(
        default=None, title="一票否决后最高星级", description=AS_IT_IS
    )
    change: Annotated[list[StarChange], equals(column("change"))] = Field(
        default=[StarChange.RISES, StarChange.FALLS], max_length=3, title="星级变化", description="缺省只列星级有变化的"
    )


class WhatIfRead(Schema):
    """One subject under the draft; the star is the proposed one, before anybody deliberates."""

    review_id: UUID = Field(title="评议编号")
    review_name: str = Field(title="评议")
    subject_id: UUID = Field(title="评议对象编号")
    subject_name: str = Field(title="评议对象")
    peer_kind: str = Field(title="同类组别")
    stars_before: int | None = Field(title="现方案建议星级")
    stars_after: int | None = Field(title="草案建议星级")
    change: StarChange = Field(title="星级变化")
    difference: int = Field(title="星级差")
    composite_before: Decimal | None = Field(title="现方案综合得分")
    composite_after: Decimal | None = Field(title="草案综合得分")
    points_before: Points = Field(title="现方案积分")
    points_after: Points = Field(title="草案积分")
    maximum_before: Points = Field(title="现方案满分")
    maximum_after: Points = Field(title="草案满分")
    why: str = Field(title="原因")
