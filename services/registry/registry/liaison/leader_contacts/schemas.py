from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.leader_contacts import queries
from registry.liaison.leader_contacts.models import LeaderContact, LeaderVisit
from registry.tree.organizations.queries import below

LeaderContactId = Annotated[UUID, Path(title="联系点编号")]
LeaderVisitId = Annotated[UUID, Path(title="走访编号")]


class LeaderContactCreate(Schema):
    leader_name: Name = Field(title="领导干部")
    leader_post: Name = Field(title="领导职务")
    organization_id: UUID = Field(title="联系的党组织")
    valid_from: BusinessDate = Field(title="联系日期")


class LeaderContactEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期")


class LeaderContactRead(Schema):
    id: UUID = Field(title="编号")
    leader_name: str = Field(title="领导干部")
    leader_post: str = Field(title="领导职务")
    organization_id: UUID = Field(title="联系的党组织编号")
    organization_name: str = Field(title="联系的党组织")
    valid_from: date = Field(title="联系日期")
    ended_on: date | None = Field(title="结束日期")
    last_visited_on: date | None = Field(title="最近一次走访")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class LeaderContactListing(
    Listing,
    sortable=(LeaderContact.leader_name, LeaderContact.valid_from),
    order=(LeaderContact.valid_from, LeaderContact.id),
):
    organization_id: Annotated[UUID | None, equals(LeaderContact.organization_id)] = Field(
        default=None, title="联系的党组织编号"
    )
    under: Annotated[UUID | None, Where(below(LeaderContact.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    as_of: Annotated[BusinessDate | None, Where(queries.standing_on)] = Field(default=None, title="该日有效")
    unvisited_on: Annotated[BusinessDate | None, Where(queries.unvisited_on)] = Field(
        default=None, title="该日所在季度没有走访", description="季度之初至该日"
    )
    is_void: Annotated[bool, void_or_not(LeaderContact)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(LeaderContact.leader_name)] = Field(default=None, title="按姓名查找")


class LeaderVisitCreate(Schema):
    leader_contact_id: UUID = Field(title="联系点")
    visited_on: BusinessDate = Field(title="走访日期")
    content: LongText = Field(title="走访内容")


class LeaderVisitRead(Schema):
    id: UUID = Field(title="编号")
    leader_contact_id: UUID = Field(title="联系点编号")
    leader_contact_name: str = Field(title="领导干部")
    organization_id: UUID = Field(title="联系的党组织编号")
    organization_name: str = Field(title="联系的党组织")
    visited_on: date = Field(title="走访日期")
    content: str = Field(title="走访内容")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class LeaderVisitListing(
    Listing, sortable=(LeaderVisit.visited_on,), order=(LeaderVisit.visited_on.desc(), LeaderVisit.id)
):
    leader_contact_id: Annotated[UUID | None, equals(LeaderVisit.leader_contact_id)] = Field(
        default=None, title="联系点编号"
    )
    organization_id: Annotated[UUID | None, equals(LeaderVisit.organization_id)] = Field(
        default=None, title="联系的党组织编号"
    )
    from_day: Annotated[BusinessDate | None, at_least(LeaderVisit.visited_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(LeaderVisit.visited_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(LeaderVisit)] = Field(default=False, title="只列已作废的")
