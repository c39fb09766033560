from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import Count, Name, OptionalText, Schema, Text
from records.listing import Listing, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.rooms.models import CircleRoom

RoomId = Annotated[UUID, Path(title="活动室编号")]
Seats = Annotated[Count, Field(gt=0)]
OPENING = "定期开放时间"


class CircleRoomCreate(Schema):
    circle_id: UUID = Field(title="活动圈")
    name: Name = Field(title="活动室")
    capacity: Seats = Field(title="可容纳人数")
    opening: Text | None = Field(default=None, title=OPENING, description="如:周一至周五 9:00–17:00")


class CircleRoomRead(Schema):
    id: UUID = Field(title="编号")
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    organization_id: UUID = Field(title="中心所属党组织编号")
    organization_name: str = Field(title="中心所属党组织")
    name: str = Field(title="活动室")
    capacity: int = Field(title="可容纳人数")
    opening: str | None = Field(title=OPENING)
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CircleRoomListing(
    Listing, sortable=(CircleRoom.name, CircleRoom.capacity), order=(CircleRoom.recorded_at, CircleRoom.id)
):
    circle_id: Annotated[UUID | None, equals(CircleRoom.circle_id)] = Field(default=None, title="活动圈编号")
    is_void: Annotated[bool, void_or_not(CircleRoom)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(CircleRoom.name)] = Field(default=None, title="按名称查找")
