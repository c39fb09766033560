from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import LongText, Name, OptionalName, Schema, Text
from records.events import Payload
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from roster.queries import below
from training.mutual_aid.menu.models import ServiceItem

ItemId = Annotated[UUID, Path(title="互助项目编号")]
Providers = Annotated[list[UUID], Field(min_length=1, max_length=50)]


class ServiceItemCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    name: Name = Field(title="项目")
    provider_ids: Providers = Field(title="人员", description="提供服务的党员")
    form: Text = Field(title="形式")
    time: Text = Field(title="时间")
    notice: LongText = Field(title="须知")
    is_voluntary: bool = Field(default=True, title="自愿")
    is_convenient: bool = Field(default=False, title="便利")
    is_shared: bool = Field(default=False, title="共享", description="共享的项目全区党员都能看到")


class ServiceItemCorrect(Schema):
    provider_ids: Providers | None = Field(default=None, title="人员")
    form: Text | None = Field(default=None, title="形式")
    time: Text | None = Field(default=None, title="时间")
    notice: LongText | None = Field(default=None, title="须知")
    is_voluntary: bool | None = Field(default=None, title="自愿")
    is_convenient: bool | None = Field(default=None, title="便利")
    is_shared: bool | None = Field(default=None, title="共享")


class ServiceItemRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    name: str = Field(title="项目")
    provider_ids: list[UUID] = Field(title="人员编号")
    provider_names: list[str] = Field(title="人员")
    form: str = Field(title="形式")
    time: str = Field(title="时间")
    notice: str = Field(title="须知")
    is_voluntary: bool = Field(title="自愿")
    is_convenient: bool = Field(title="便利")
    is_shared: bool = Field(title="共享")
    is_fixed: bool = Field(title="固定项目", description="最近一次投票选出的")
    ended_on: date | None = Field(title="撤下日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ServiceItemListing(Listing, sortable=(ServiceItem.name,), order=(ServiceItem.name, ServiceItem.id)):
    organization_id: Annotated[UUID | None, below(ServiceItem.organization_id)] = Field(
        default=None, title="该党组织及其下级"
    )
    is_voluntary: Annotated[bool | None, equals(ServiceItem.is_voluntary)] = Field(default=None, title="自愿")
    is_convenient: Annotated[bool | None, equals(ServiceItem.is_convenient)] = Field(default=None, title="便利")
    is_shared: Annotated[bool | None, equals(ServiceItem.is_shared)] = Field(default=None, title="共享")
    is_fixed: Annotated[bool | None, equals(ServiceItem.is_fixed)] = Field(default=None, title="固定项目")
    is_ended: Annotated[bool, Where(lambda wanted: ServiceItem.ended_on.is_not(None) == wanted)] = Field(
        default=False, title="只列已撤下的"
    )
    is_void: Annotated[bool, void_or_not(ServiceItem)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalName | None, contains(ServiceItem.name)] = Field(default=None, title="搜索项目")


class ServiceItemChanged(Payload, title="互助服务项目变更"):
    type: ClassVar[str] = "training.service_item.changed.v1"
    id: UUID
    organization_id: UUID
    provider_ids: list[UUID]
    is_voluntary: bool
    is_convenient: bool
    is_shared: bool
    is_fixed: bool
    ended_on: date | None
    is_void: bool
