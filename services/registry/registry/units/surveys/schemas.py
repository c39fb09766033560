from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.names import named_like
from registry.tree.organizations.queries import below
from registry.units.surveys import queries
from registry.units.surveys.models import SurveyCheck, SurveyRound
from registry.units.units.kinds import UnitKind
from registry.units.units.models import Unit

SurveyRoundId = Annotated[UUID, Path(title="排查轮次编号")]
SurveyCheckId = Annotated[UUID, Path(title="排查记录编号")]


class SurveyRoundCreate(Schema):
    organization_id: UUID = Field(title="党组织", description="排查该组织及其全部下级属地的单位")
    title: Name = Field(title="轮次名称")
    opened_on: BusinessDate = Field(title="开始日期")


class SurveyRoundRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    title: str = Field(title="轮次名称")
    opened_on: date = Field(title="开始日期")
    since: date | None = Field(title="上一轮的开始日期", description="其后纳入统计的单位为新增;首轮为空,全部为新增")
    checked_units: int = Field(title="已排查单位")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SurveyRoundListing(
    Listing, sortable=(SurveyRound.opened_on, SurveyRound.title), order=(SurveyRound.opened_on.desc(), SurveyRound.id)
):
    organization_id: Annotated[UUID | None, equals(SurveyRound.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    under: Annotated[UUID | None, Where(below(SurveyRound.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    is_void: Annotated[bool, void_or_not(SurveyRound)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(SurveyRound.title)] = Field(default=None, title="按轮次名称查找")


class SurveyUnitRead(Schema):
    id: UUID = Field(title="单位编号")
    code: str = Field(title="统一社会信用代码")
    name: str = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    jurisdiction_id: UUID = Field(title="属地组织编号")
    jurisdiction_name: str = Field(title="属地组织")
    counted_from: date | None = Field(title="纳入统计日期")
    is_new: bool = Field(title="上一轮以后新增")
    checked_on: date | None = Field(title="核查日期", description="空为尚未排查")
    content: str | None = Field(title="排查情况")


class SurveyUnitListing(Listing, sortable=(Unit.code, Unit.name, Unit.kind), order=(Unit.code, Unit.id)):
    is_new: Annotated[bool | None, Where(queries.new)] = Field(default=None, title="上一轮以后新增")
    is_checked: Annotated[bool | None, Where(queries.checked)] = Field(default=None, title="是否已排查")
    q: Annotated[OptionalText | None, Where(named_like(Unit.search_keys))] = Field(default=None, title="按单位名称查找")


class SurveyCheckCreate(Schema):
    survey_round_id: UUID = Field(title="排查轮次")
    unit_id: UUID = Field(title="单位")
    checked_on: BusinessDate = Field(title="核查日期")
    content: LongText = Field(title="排查情况")


class SurveyCheckRead(Schema):
    id: UUID = Field(title="编号")
    survey_round_id: UUID = Field(title="排查轮次编号")
    survey_round_name: str = Field(title="排查轮次")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    checked_on: date = Field(title="核查日期")
    content: str = Field(title="排查情况")
    organization_id: UUID = Field(title="属地组织编号")
    organization_name: str = Field(title="属地组织")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SurveyCheckListing(
    Listing, sortable=(SurveyCheck.checked_on,), order=(SurveyCheck.checked_on.desc(), SurveyCheck.id)
):
    survey_round_id: Annotated[UUID | None, equals(SurveyCheck.survey_round_id)] = Field(
        default=None, title="排查轮次编号"
    )
    unit_id: Annotated[UUID | None, equals(SurveyCheck.unit_id)] = Field(default=None, title="单位编号")
    is_void: Annotated[bool, void_or_not(SurveyCheck)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(SurveyCheck.content)] = Field(default=None, title="搜索排查情况")
