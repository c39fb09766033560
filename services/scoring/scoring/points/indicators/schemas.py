from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, field_validator, model_validator

from kit.edge import Code, Instant, Name, Points, Schema, Text
from records.listing import Listing, equals
from scoring.points.indicators.models import Cadence, Catalogue, CatalogueState, Earning
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
    name: Annotated[Name, Field(title="指标名称")]
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
    name: Annotated[Name, Field(title="名称")]
    from_year: Annotated[Year, Field(title="自哪一积分年度起施行")]
    required_count: Annotated[int | None, Field(ge=1, le=500, strict=True, title="应有指标数")] = None
    copy_of: Annotated[UUID | None, Field(title="以哪一版为底本")] = None


class CatalogueRead(Schema):
    id: UUID = Field(title="编号")
    root_id: UUID | None = Field(title="所属区编号", description="为空的是各区通用的默认版本")
    subject_kind: SubjectKind = Field(title="评定对象")
    name: str = Field(title="名称")
    required_count: int = Field(title="应有指标数")
    indicators_count: int = Field(title="现有指标数")
    from_year: int = Field(title="自哪一积分年度起施行")
    state: CatalogueState = Field(title="状态")
    published_at: Instant | None = Field(title="发布时间")
    version: int = Field(title="版本")


class CatalogueListing(
    Listing,
    sortable=(Catalogue.from_year, Catalogue.name, Catalogue.state),
    order=(Catalogue.from_year.desc(), Catalogue.id),
):
    subject_kind: Annotated[SubjectKind | None, equals(Catalogue.subject_kind)] = Field(default=None, title="评定对象")
    state: Annotated[CatalogueState | None, equals(Catalogue.state)] = Field(default=None, title="状态")
    from_year: Annotated[int | None, equals(Catalogue.from_year), Field(ge=2000, le=2100)] = Field(
        default=None, title="自哪一积分年度起施行"
    )


class TriggerRead(Schema):
    event: str = Field(title="事件类型")
    source: str = Field(title="原因类别")
    subject: str = Field(title="得分对象所在字段")
    occurred_on: str = Field(title="发生日期所在字段")
    cause: list[str] = Field(title="原因字段")
    each: str | None = Field(default=None, title="逐项计分的列表")
    when: dict[str, list[str]] = Field(default={}, title="条件")
    at_least: dict[str, str] = Field(default={}, title="下限")
    proportion: str | None = Field(default=None, title="比例")


class IndicatorRead(Schema):
    code: str = Field(title="指标编码")
    dimension: str = Field(title="维度")
    name: str = Field(title="指标名称")
    points: Points = Field(title="每次分值")
    cadence: Cadence = Field(title="频次")
    max_times_per_year: int = Field(title="每年最多次数")
    annual_cap: Points = Field(title="年度上限")
    evidence: str = Field(title="依据")
    source: str = Field(title="来源")
    earning: Earning = Field(title="得分方式")
    triggers: list[TriggerRead] = Field(title="触发事件")


class CataloguePermissions(Schema):
    may_edit: bool = Field(title="可以修改")
    may_publish: bool = Field(title="可以发布")


class CatalogueDetail(CatalogueRead):
    indicators: list[IndicatorRead] = Field(title="指标")
    permissions: CataloguePermissions = Field(title="权限")
