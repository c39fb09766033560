from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, OptionalText, Points, Schema, Text
from records.events import Month
from records.listing import Listing, Where, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.dues.kinds import DuesStanding
from registry.members.dues.models import DuesPayment
from registry.members.members.queries import named

PaymentId = Annotated[UUID, Path(title="党费记录编号")]
Yuan = Annotated[Points, Field(ge=0)]
Paid = Annotated[Points, Field(gt=0)]


class DuesPaymentCreate(Schema):
    member_id: UUID = Field(title="党员")
    month: Month = Field(title="所属月份", description="如 2025-03")
    standing: DuesStanding = Field(default=DuesStanding.WORKING, title="缴纳类别")
    income: Yuan = Field(title="计费基数(元)", description="每月税后固定收入;只用于计算,不保存")
    paid: Paid = Field(title="实缴(元)")
    paid_on: BusinessDate = Field(title="缴纳日期")
    reduced_to: Yuan | None = Field(default=None, title="批准减缴至(元)", description="支部提出、上级批准的,由上级登记")
    reduction_reason: Text | None = Field(default=None, title="减缴原因")


class DuesPaymentRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="缴纳时所在组织编号")
    organization_name: str = Field(title="缴纳时所在组织")
    month_on: date = Field(title="所属月份(首日)")
    standing: DuesStanding = Field(title="缴纳类别")
    band: int = Field(title="费率档次")
    owed: Points = Field(title="应缴(元)")
    paid: Points = Field(title="实缴(元)")
    paid_on: date = Field(title="缴纳日期")
    entered_on: date = Field(title="登记日期")
    is_full: bool = Field(title="是否足额")
    reduction_reason: str | None = Field(title="减缴原因")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class DuesPaymentListing(
    Listing,
    sortable=(DuesPayment.month_on, DuesPayment.paid_on),
    order=(DuesPayment.month_on.desc(), DuesPayment.id),
):
    member_id: Annotated[UUID | None, equals(DuesPayment.member_id)] = Field(default=None, title="党员编号")
    organization_id: Annotated[UUID | None, equals(DuesPayment.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    from_month: Annotated[BusinessDate | None, at_least(DuesPayment.month_on)] = Field(default=None, title="月份起")
    to_month: Annotated[BusinessDate | None, at_most(DuesPayment.month_on)] = Field(default=None, title="月份止")
    is_full: Annotated[bool | None, equals(DuesPayment.is_full)] = Field(default=None, title="是否足额")
    is_void: Annotated[bool, void_or_not(DuesPayment)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(named(DuesPayment.member_id))] = Field(default=None, title="按姓名查找")
