from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Schema
from records.events import Payload
from records.listing import Listing, Where, equals
from training.branch_sites.moderators.models import SiteModerator
from training.branch_sites.sites.kinds import SiteOffice

ModeratorId = Annotated[UUID, Path(title="网管员或版主的任职编号")]


class SiteModeratorCreate(Schema):
    branch_site_id: UUID = Field(title="网上支部")
    site_column_id: UUID | None = Field(default=None, title="栏目", description="版主必填,网管员不填")
    member_id: UUID = Field(title="党员")
    office: SiteOffice = Field(title="职责")


class SiteModeratorRead(Schema):
    id: UUID = Field(title="编号")
    branch_site_id: UUID = Field(title="网上支部编号")
    branch_site_name: str = Field(title="网上支部")
    site_column_id: UUID | None = Field(title="栏目编号")
    site_column_name: str | None = Field(title="栏目")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="党员")
    office: SiteOffice = Field(title="职责")
    valid_from: date = Field(title="任职日期")
    ended_on: date | None = Field(title="结束日期")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class SiteModeratorListing(
    Listing,
    sortable=(SiteModerator.valid_from, SiteModerator.office),
    order=(SiteModerator.valid_from, SiteModerator.id),
):
    branch_site_id: Annotated[UUID | None, equals(SiteModerator.branch_site_id)] = Field(
        default=None, title="网上支部编号"
    )
    office: Annotated[SiteOffice | None, equals(SiteModerator.office)] = Field(default=None, title="职责")
    is_ended: Annotated[
        bool | None,
        Where(lambda wanted: SiteModerator.ended_on.is_not(None) if wanted else SiteModerator.ended_on.is_(None)),
    ] = Field(default=None, title="已结束")


class SiteModeratorChanged(Payload, title="网管员与版主变更"):
    type: ClassVar[str] = "training.site_moderator.changed.v1"
    id: UUID
    branch_site_id: UUID
    site_column_id: UUID | None
    member_id: UUID
    office: SiteOffice
    ended_on: date | None
