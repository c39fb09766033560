from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Schema, Text
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.sites.archives.kinds import ArchiveCategory
from registry.sites.archives.models import ArchiveEntry
from registry.tree.organizations.models import PartyOrganization
from registry.tree.organizations.queries import below

ArchiveEntryId = Annotated[UUID, Path(title="档案材料编号")]


class ArchiveEntryCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    category: ArchiveCategory = Field(title="档案类别")
    title: Text = Field(title="题名")
    dated_on: BusinessDate = Field(title="形成日期", description="归入该日所在季度")
    file_id: UUID = Field(title="材料", description="先上传(jpg、png、pdf)")


class ArchiveEntryRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    category: ArchiveCategory = Field(title="档案类别")
    title: str = Field(title="题名")
    dated_on: date = Field(title="形成日期")
    entered_on: date = Field(title="归档日期")
    file_id: UUID = Field(title="材料编号")
    file_name: str = Field(title="材料")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ArchiveEntryListing(
    Listing,
    sortable=(ArchiveEntry.dated_on, ArchiveEntry.entered_on, ArchiveEntry.category),
    order=(ArchiveEntry.dated_on.desc(), ArchiveEntry.id),
):
    organization_id: Annotated[UUID | None, equals(ArchiveEntry.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    category: Annotated[list[ArchiveCategory], equals(ArchiveEntry.category)] = Field(
        default=[], max_length=6, title="档案类别"
    )
    from_day: Annotated[BusinessDate | None, at_least(ArchiveEntry.dated_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(ArchiveEntry.dated_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(ArchiveEntry)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(ArchiveEntry.title)] = Field(default=None, title="按题名查找")


class ArchiveCheckRead(Schema):
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    year: int = Field(title="年度")
    quarter: int = Field(title="季度")
    entries: int = Field(title="材料份数")
    empty: list[ArchiveCategory] = Field(title="缺材料的类别")
    is_complete: bool = Field(title="是否齐全")


class ArchiveCheckListing(
    Listing, sortable=(PartyOrganization.name,), order=(PartyOrganization.name, PartyOrganization.id)
):
    organization_id: Annotated[UUID | None, equals(PartyOrganization.id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(PartyOrganization.id))] = Field(default=None, title="该组织及其全部下级")
