from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Schema
from records.events import Payload
from records.listing import Listing, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.mutual_aid.provisions.kinds import AidRating, ProvisionState
from training.mutual_aid.provisions.models import ServiceProvision

ProvisionId = Annotated[UUID, Path(title="互助服务记录编号")]
Helped = Annotated[int, Field(ge=1, le=10_000)]


class ServiceProvisionCreate(Schema):
    service_item_id: UUID = Field(title="互助项目")
    member_id: UUID = Field(title="提供服务的党员", description="党员本人只能登记自己的")
    provided_on: BusinessDate = Field(title="提供日期")
    helped: Helped = Field(title="受助人数")
    content: LongText = Field(title="做了什么")


class ServiceProvisionConfirm(Schema):
    rating: AidRating = Field(title="受助人评价")


class ServiceProvisionCorrect(Schema):
    rating: AidRating | None = Field(default=None, title="受助人评价", description="确认后才能更正")
    helped: Helped | None = Field(default=None, title="受助人数")


class ServiceProvisionRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    service_item_id: UUID = Field(title="互助项目编号")
    service_item_name: str = Field(title="互助项目")
    member_id: UUID = Field(title="提供服务的党员编号")
    member_name: str = Field(title="提供服务的党员")
    provided_on: date = Field(title="提供日期")
    helped: int = Field(title="受助人数")
    content: str = Field(title="做了什么")
    state: ProvisionState = Field(title="状态")
    rating: AidRating | None = Field(title="受助人评价")
    confirmed_on: date | None = Field(title="确认日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ServiceProvisionListing(
    Listing,
    sortable=(ServiceProvision.provided_on, ServiceProvision.helped),
    order=(ServiceProvision.provided_on.desc(), ServiceProvision.id),
):
    organization_id: Annotated[UUID | None, below(ServiceProvision.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    service_item_id: Annotated[UUID | None, equals(ServiceProvision.service_item_id)] = Field(
        default=None, title="互助项目编号"
    )
    member_id: Annotated[UUID | None, equals(ServiceProvision.member_id)] = Field(default=None, title="党员编号")
    state: Annotated[list[ProvisionState], equals(ServiceProvision.state)] = Field(
        default=[], max_length=2, title="状态,可重复"
    )
    from_day: Annotated[BusinessDate | None, at_least(ServiceProvision.provided_on)] = Field(
        default=None, title="提供日期起"
    )
    to_day: Annotated[BusinessDate | None, at_most(ServiceProvision.provided_on)] = Field(
        default=None, title="提供日期止"
    )
    is_void: Annotated[bool, void_or_not(ServiceProvision)] = Field(default=False, title="只列已作废的")


class ServiceProvisionChanged(Payload, title="互助服务记录变更"):
    """It earns while it stands confirmed and those who were helped did not call it poor."""

    type: ClassVar[str] = "training.service_provision.changed.v1"
    id: UUID
    organization_id: UUID
    service_item_id: UUID
    member_id: UUID
    provided_on: date
    helped: int
    state: ProvisionState
    is_earning: bool
    revision: int
