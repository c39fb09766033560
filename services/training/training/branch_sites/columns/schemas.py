from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Name, Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from training.branch_sites.sites.kinds import ColumnKind
from training.branch_sites.sites.models import SiteColumn

ColumnId = Annotated[UUID, Path(title="栏目编号")]


class SiteColumnCreate(Schema):
    branch_site_id: UUID = Field(title="网上支部")
    name: Name = Field(title="栏目")
    kind: ColumnKind = Field(title="栏目类型", description="只有学习类栏目计学时")
    is_moderated: bool = Field(default=False, title="先审后发", strict=True)


class SiteColumnRead(Schema):
    id: UUID = Field(title="编号")
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    name: str = Field(title="栏目")
    kind: ColumnKind = Field(title="栏目类型")
    is_moderated: bool = Field(title="先审后发")
    ended_on: date | None = Field(title="停用日期")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SiteColumnListing(Listing, sortable=(SiteColumn.name, SiteColumn.kind), order=(SiteColumn.id,)):
    branch_site_id: Annotated[UUID | None, equals(SiteColumn.branch_site_id)] = Field(
        default=None, title="网上支部编号"
    )
    kind: Annotated[list[ColumnKind], equals(SiteColumn.kind)] = Field(default=[], max_length=4, title="类型,可重复")
    is_ended: Annotated[
        bool | None,
        Where(lambda wanted: SiteColumn.ended_on.is_not(None) if wanted else SiteColumn.ended_on.is_(None)),
    ] = Field(default=None, title="已停用")


class SiteColumnChanged(Payload, title="网上支部栏目变更"):
    type: ClassVar[str] = "training.site_column.changed.v1"
    id: UUID
    branch_site_id: UUID
    name: str
    kind: ColumnKind
    is_moderated: bool
    ended_on: date | None
