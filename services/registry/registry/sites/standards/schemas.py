from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Schema, Text
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.sites.standards.models import ITEMS, SiteStandard
from registry.sites.standards.queries import in_force_on

StandardId = Annotated[UUID, Path(title="标准编号")]


class SiteStandardCreate(Schema):
    organization_id: UUID = Field(title="制定标准的党组织", description="区委或区委两新工委")
    level: DemonstrationLevel = Field(title="示范点级别")
    valid_from: BusinessDate = Field(title="施行日期")
    items: list[Text] = Field(min_length=ITEMS, max_length=ITEMS, title="十条标准", description="须正好十条")


class SiteStandardRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="制定标准的党组织编号")
    organization_name: str = Field(title="制定标准的党组织")
    level: DemonstrationLevel = Field(title="示范点级别")
    focus: str = Field(title="创建重点", description="市级抓提高、区级抓规范、镇街级抓基础")
    valid_from: date = Field(title="施行日期")
    items: list[str] = Field(title="十条标准")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SiteStandardListing(
    Listing,
    sortable=(SiteStandard.valid_from, SiteStandard.level),
    order=(SiteStandard.valid_from.desc(), SiteStandard.level, SiteStandard.id),
):
    level: Annotated[list[DemonstrationLevel], equals(SiteStandard.level)] = Field(
        default=[], max_length=3, title="示范点级别"
    )
    as_of: Annotated[BusinessDate | None, Where(in_force_on)] = Field(default=None, title="该日施行")
    is_void: Annotated[bool, void_or_not(SiteStandard)] = Field(default=False, title="只列已作废的")
