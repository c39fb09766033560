from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Points, Schema, Text
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.circles.models import Circle
from registry.circles.circles.queries import open_on
from registry.tree.organizations.queries import below

CircleId = Annotated[UUID, Path(title="活动圈编号")]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Point = tuple[Longitude, Latitude]
BOUNDARY = "范围(外环各点的经度、纬度)"


class CircleCreate(Schema):
    organization_id: UUID = Field(title="中心所属党组织")
    name: Name = Field(title="活动圈名称")
    centre_name: Name = Field(title="活动中心名称")
    address: Text = Field(title="活动中心地址")
    area: Annotated[Points, Field(gt=0)] = Field(title="活动中心面积(平方米)")
    cost: Annotated[Points, Field(ge=0)] = Field(default="0.00", title="投入(元)", validate_default=True)
    opened_on: BusinessDate = Field(title="启用日期")
    boundary: Annotated[list[Point], Field(min_length=4, max_length=1000)] | None = Field(
        default=None, title=BOUNDARY, description="首尾相同,与 GeoJSON 多边形的外环写法相同"
    )


class CircleEnd(Schema):
    ended_on: BusinessDate = Field(title="停用日期")


class CircleRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="中心所属党组织编号")
    organization_name: str = Field(title="中心所属党组织")
    name: str = Field(title="活动圈名称")
    centre_name: str = Field(title="活动中心名称")
    address: str = Field(title="活动中心地址")
    area: Points = Field(title="活动中心面积(平方米)")
    cost: Points = Field(title="投入(元)")
    opened_on: date = Field(title="启用日期")
    ended_on: date | None = Field(title="停用日期")
    boundary: list[Point] | None = Field(title=BOUNDARY)
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CircleSheet(Schema):
    name: str = Field(title="活动圈名称")
    organization_name: str = Field(title="中心所属党组织")
    centre_name: str = Field(title="活动中心名称")
    address: str = Field(title="活动中心地址")
    area: Points = Field(title="活动中心面积(平方米)")
    cost: Points = Field(title="投入(元)")
    opened_on: date = Field(title="启用日期")
    ended_on: date | None = Field(title="停用日期")
    void_reason: str | None = Field(title=VOID_REASON)


class CircleListing(
    Listing, sortable=(Circle.opened_on, Circle.name, Circle.area), order=(Circle.opened_on, Circle.id)
):
    organization_id: Annotated[UUID | None, equals(Circle.organization_id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(Circle.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    as_of: Annotated[BusinessDate | None, Where(open_on)] = Field(default=None, title="该日启用")
    is_void: Annotated[bool, void_or_not(Circle)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Circle.name, Circle.centre_name)] = Field(
        default=None, title="按名称查找"
    )


class CircleFigures(Schema):
    as_of: date = Field(title="截至日期")
    circles: int = Field(title="活动圈数")
    centres: int = Field(title="活动中心数")
    area: Points = Field(title="活动中心面积合计(平方米)")
    cost: Points = Field(title="投入合计(元)")
