from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Code, Instant, LongText, Points, Schema
from records.files import UNPRINTED
from records.listing import Listing, at_least, at_most, equals
from scoring.points.closures.schemas import AffectedResult
from scoring.points.ledger.models import LedgerEntry
from scoring.subjects import SubjectKind


class EntryRead(Schema):
    id: UUID = Field(title="编号")
    subject_kind: SubjectKind = Field(title="对象类别")
    subject_id: UUID = Field(title="对象编号")
    subject_name: str | None = Field(title="对象")
    catalogue_id: UUID = Field(title="指标版本编号")
    catalogue_name: str = Field(title="指标版本")
    indicator_code: str = Field(title="指标编码")
    indicator_name: str | None = Field(title="指标")
    points_year: int = Field(title="积分年度")
    period_key: str = Field(title="积分周期")
    occurred_on: date = Field(title="发生日期")
    cause: str = Field(title="事由")
    requested: Annotated[Points, Field(title="应得积分")]
    granted: Annotated[Points, Field(title="入账积分")]
    clipped: Annotated[Points, Field(title="超出上限未入账")]
    source: Annotated[str, UNPRINTED] = Field(title="来源代码")
    source_name: str = Field(title="来源")
    source_ref: Annotated[str, UNPRINTED] = Field(title="来源标识")
    source_link: Annotated[str | None, UNPRINTED] = Field(title="来源链接")
    reversal_of: UUID | None = Field(title="所冲销流水编号")
    reason: str | None = Field(title="冲销理由")
    recorded_at: Instant = Field(title="入账时间")
    version: int = Field(title="版本(流水不改,恒为 1)")


class EntryListing(
    Listing,
    sortable=(LedgerEntry.occurred_on, LedgerEntry.granted, LedgerEntry.indicator_code, LedgerEntry.recorded_at),
    order=(LedgerEntry.id.desc(),),
):
    subject_id: Annotated[UUID | None, equals(LedgerEntry.subject_id)] = Field(default=None, title="党员或党组织编号")
    subject_kind: Annotated[SubjectKind | None, equals(LedgerEntry.subject_kind)] = Field(
        default=None, title="对象类别"
    )
    year: Annotated[int | None, equals(LedgerEntry.points_year), Field(ge=1900, le=2100)] = Field(
        default=None, title="积分年度"
    )
    indicator_code: Annotated[list[Code], equals(LedgerEntry.indicator_code)] = Field(
        default=[], max_length=60, title="指标编码"
    )
    source: Annotated[Code | None, equals(LedgerEntry.source)] = Field(default=None, title="来源代码")
    from_day: Annotated[BusinessDate | None, at_least(LedgerEntry.occurred_on)] = Field(
        default=None, title="发生日期起"
    )
    to_day: Annotated[BusinessDate | None, at_most(LedgerEntry.occurred_on)] = Field(default=None, title="发生日期止")
    least: Annotated[Decimal | None, at_least(LedgerEntry.granted)] = Field(default=None, title="入账积分不低于")


class ReversalWrite(Schema):
    reason: Annotated[LongText, Field(title="冲销理由")]


class ReversalRead(EntryRead):
    affected_results: list[AffectedResult] = Field(title="涉及的已办结结果")
