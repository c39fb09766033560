from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, Instant, OptionalText, Points, Schema, Text
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.bookings.models import CircleBooking
from registry.circles.bookings.queries import of_circle, started_on

BookingId = Annotated[UUID, Path(title="预约编号")]
People = Annotated[Count, Field(gt=0)]
Yuan = Annotated[Points, Field(ge=0)]


class CircleBookingCreate(Schema):
    room_id: UUID = Field(title="活动室")
    organization_id: UUID = Field(title="预约的党组织")
    purpose: Text = Field(title="活动内容")
    people: People = Field(title="人数")
    fee: Yuan = Field(default="0.00", title="收费(元)", description="免费或低收费", validate_default=True)
    starts_at: Instant = Field(title="开始时间")
    ends_at: Instant = Field(title="结束时间")


class CircleBookingRead(Schema):
    id: UUID = Field(title="编号")
    room_id: UUID = Field(title="活动室编号")
    room_name: str = Field(title="活动室")
    organization_id: UUID = Field(title="预约的党组织编号")
    organization_name: str = Field(title="预约的党组织")
    centre_id: UUID = Field(title="中心所属党组织编号")
    centre_name: str = Field(title="中心所属党组织")
    purpose: str = Field(title="活动内容")
    people: int = Field(title="人数")
    fee: Points = Field(title="收费(元)")
    starts_at: Instant = Field(title="开始时间")
    ends_at: Instant = Field(title="结束时间")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CircleBookingListing(
    Listing, sortable=(CircleBooking.starts_at,), order=(CircleBooking.starts_at.desc(), CircleBooking.id)
):
    room_id: Annotated[UUID | None, equals(CircleBooking.room_id)] = Field(default=None, title="活动室编号")
    circle_id: Annotated[UUID | None, Where(of_circle)] = Field(default=None, title="活动圈编号")
    organization_id: Annotated[UUID | None, equals(CircleBooking.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    on: Annotated[BusinessDate | None, Where(started_on)] = Field(default=None, title="该日开始的")
    is_void: Annotated[bool, void_or_not(CircleBooking)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(CircleBooking.purpose)] = Field(default=None, title="按内容查找")
