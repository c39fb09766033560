from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Code, Count, Name, Schema
from records.listing import Listing, Where, at_least, at_most, equals
from registry.tree.organizations.queries import below
from registry.units.notices.kinds import NoticeKind
from registry.units.notices.models import UnitNotice
from registry.units.units.kinds import UnitKind
from registry.units.units.schemas import UnitCode

UnitNoticeId = Annotated[UUID, Path(title="外部信息编号")]


class UnitNoticeCreate(Schema):
    event_number: Code = Field(title="事件编号", description="同一编号只收一次,重发答复同一结果")
    kind: NoticeKind = Field(title="信息类别")
    code: UnitCode = Field(title="统一社会信用代码", description="已登记的不再新建单位")
    name: Name = Field(title="单位名称")
    unit_kind: UnitKind = Field(title="单位类别")
    jurisdiction_id: UUID = Field(title="属地组织")
    occurred_on: BusinessDate = Field(title="发生日期")
    staff_count: Count | None = Field(default=None, title="职工人数")
    formal_members: Count | None = Field(default=None, title="所报正式党员人数")


class UnitNoticeRead(Schema):
    id: UUID = Field(title="编号")
    event_number: str = Field(title="事件编号")
    kind: NoticeKind = Field(title="信息类别")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    unit_code: str = Field(title="统一社会信用代码")
    occurred_on: date = Field(title="发生日期")
    formal_members: int | None = Field(title="所报正式党员人数")
    is_new_unit: bool = Field(title="是否新登记单位")
    organization_id: UUID = Field(title="属地组织编号")
    organization_name: str = Field(title="属地组织")
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class UnitNoticeListing(
    Listing, sortable=(UnitNotice.occurred_on, UnitNotice.kind), order=(UnitNotice.occurred_on.desc(), UnitNotice.id)
):
    unit_id: Annotated[UUID | None, equals(UnitNotice.unit_id)] = Field(default=None, title="单位编号")
    kind: Annotated[list[NoticeKind], equals(UnitNotice.kind)] = Field(default=[], max_length=3, title="信息类别")
    under: Annotated[UUID | None, Where(below(UnitNotice.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    is_new_unit: Annotated[bool | None, equals(UnitNotice.is_new_unit)] = Field(default=None, title="是否新登记单位")
    from_day: Annotated[BusinessDate | None, at_least(UnitNotice.occurred_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(UnitNotice.occurred_on)] = Field(default=None, title="日期止")
