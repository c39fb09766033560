from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import Field

from kit.edge import Schema


class RatingRead(Schema):
    review_id: UUID
    subject_id: UUID = Field(title="评议对象")
    name: str = Field(title="名称")
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


class RatingList(Schema):
    items: list[RatingRead]
    next: str | None = None


class CountedEntryRead(Schema):
    id: UUID
    indicator_code: str = Field(title="指标")
    occurred_on: date = Field(title="发生日期")
    granted: Decimal = Field(title="得分")
    clipped: Decimal = Field(title="超出上限未计")
    source: str = Field(title="来源")
    source_ref: str = Field(title="来源编号")
    recorded_at: datetime = Field(title="入账时间")


class ExplanationRead(RatingRead):
    explanation: dict[str, Any] = Field(title="说明:各项、权重、规则、指标")
    entries: list[CountedEntryRead] = Field(title="计入的积分流水")
    entries_sum: Decimal = Field(title="流水合计")
