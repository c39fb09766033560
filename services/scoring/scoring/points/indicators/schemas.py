from decimal import Decimal
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from kit.edge import Code, Instant, Points, Schema, Text
from scoring.points.indicators.models import Cadence, CatalogueState, Earning
from scoring.points.indicators.sources import TOLD
from scoring.subjects import SubjectKind

NAME = "[a-z][a-z_]{0,39}"
SHARE_OF_LIST, RATIO = f"{NAME}:{NAME}>={NAME}", f"{NAME}/({NAME}|[0-9]{{1,6}})"
FieldName = Annotated[str, Field(pattern=f"^{NAME}$")]
Year = Annotated[int, Field(ge=2000, le=2100, strict=True, title="积分年度")]
Quantity = Annotated[Points, Field(gt=0, le=1000)]


class TriggerWrite(Schema):
    event: Annotated[Code, Field(title="事件类型")]
    source: Annotated[Code, Field(title="原因类别")]
    subject: Annotated[FieldName, Field(title="得分对象所在字段")]
    occurred_on: Annotated[FieldName, Field(title="发生日期所在字段")]
    cause: Annotated[list[FieldName], Field(min_length=1, max_length=5, title="原因字段")]
    each: Annotated[FieldName | None, Field(title="逐项计分的列表")] = None
    when: Annotated[dict[FieldName, list[Text]], Field(default_factory=dict, max_length=10, title="条件")]
    at_least: Annotated[dict[FieldName, Points], Field(default_factory=dict, max_length=10, title="下限")]
    proportion: Annotated[str | None, Field(pattern=f"^({SHARE_OF_LIST}|{RATIO})$", title="比例")] = None

    @field_validator("event")
    @classmethod
    def event_exists(cls, event: str) -> str:
        if event not in TOLD:
            raise ValueError("没有这种可以计分的事件")
        return event


class IndicatorWrite(Schema):
    code: Annotated[Code, Field(title="指标编码")]
    dimension: Annotated[Text, Field(title="维度")]
    name: Annotated[Text, Field(title="指标名称")]
    points: Annotated[Quantity, Field(title="每次分值")]
    cadence: Annotated[Cadence, Field(title="频次")]
    max_times_per_year: Annotated[int, Field(ge=1, le=366, strict=True, title="每年最多次数")]
    evidence: Annotated[Text, Field(title="依据")]
    source: Annotated[Text, Field(title="来源")]
    earning: Annotated[Earning, Field(title="得分方式")]
    triggers: Annotated[list[TriggerWrite], Field(default_factory=list, max_length=10, title="触发事件")]

    @model_validator(mode="after")
    def triggers_fit_earning(self) -> Self:
        if (self.earning is Earning.EVENT) != bool(self.triggers):
            raise ValueError("由系统事件得分的指标须写明触发事件,其他指标不得写")
        return self

    @model_validator(mode="after")
    def times_fit_cadence(self) -> Self:
        times = {Cadence.MONTH: 12, Cadence.QUARTER: 4, Cadence.HALF_YEAR: 2, Cadence.YEAR: 1}
        if self.max_times_per_year != times.get(self.cadence, self.max_times_per_year):
            raise ValueError("每年最多次数与频次不符")
        return self

    @property
    def annual_cap(self) -> Decimal:
        return self.points * self.max_times_per_year


class IndicatorsWrite(Schema):
    indicators: Annotated[list[IndicatorWrite], Field(max_length=500, title="指标")]


class CatalogueDraft(Schema):
    subject_kind: Annotated[SubjectKind, Field(title="评定对象")]
    name: Annotated[Text, Field(title="名称")]
    from_year: Annotated[Year, Field(title="自哪一积分年度起施行")]
    required_count: Annotated[int | None, Field(ge=1, le=500, strict=True, title="应有指标数")] = None
    copy_of: Annotated[UUID | None, Field(title="以哪一版为底本")] = None


class CatalogueRead(Schema):
    id: UUID
    root_id: UUID | None
    subject_kind: SubjectKind
    name: str
    required_count: int
    from_year: int
    state: CatalogueState
    published_at: Instant | None
    version: int


class IndicatorRead(Schema):
    code: str
    dimension: str
    name: str
    points: Points
    cadence: Cadence
    max_times_per_year: int
    annual_cap: Points
    evidence: str
    source: str
    earning: Earning
    triggers: list[dict[str, Any]]


class CatalogueDetail(CatalogueRead):
    indicators: list[IndicatorRead]
    permissions: dict[str, bool]
