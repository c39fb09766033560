from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Schema, Text
from records.events import Month
from records.listing import Listing, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from registry.circles.turns.models import CircleTurn

TurnId = Annotated[UUID, Path(title="轮值编号")]


class CircleTurnCreate(Schema):
    circle_id: UUID = Field(title="活动圈")
    organization_id: UUID = Field(title="轮值党组织")
    month: Month = Field(title="轮值月份", description="如 2025-03")
    theme: Text | None = Field(default=None, title="活动主题")


class CircleTurnRead(Schema):
    id: UUID = Field(title="编号")
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    organization_id: UUID = Field(title="轮值党组织编号")
    organization_name: str = Field(title="轮值党组织")
    month_on: date = Field(title="轮值月份(首日)")
    theme: str | None = Field(title="活动主题")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class CircleTurnListing(Listing, sortable=(CircleTurn.month_on,), order=(CircleTurn.month_on.desc(), CircleTurn.id)):
    circle_id: Annotated[UUID | None, equals(CircleTurn.circle_id)] = Field(default=None, title="活动圈编号")
    organization_id: Annotated[UUID | None, equals(CircleTurn.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    from_month: Annotated[BusinessDate | None, at_least(CircleTurn.month_on)] = Field(default=None, title="月份起")
    to_month: Annotated[BusinessDate | None, at_most(CircleTurn.month_on)] = Field(default=None, title="月份止")
    is_void: Annotated[bool, void_or_not(CircleTurn)] = Field(default=False, title="只列已作废的")


class RotaMonth(Schema):
    month_on: date = Field(title="月份(首日)")
    organization_id: UUID = Field(title="轮值党组织编号")
    organization_name: str = Field(title="轮值党组织")
    theme: str | None = Field(title="活动主题")


class RotaRead(Schema):
    circle_id: UUID = Field(title="活动圈编号")
    circle_name: str = Field(title="活动圈")
    year: int = Field(title="年度")
    turns: list[RotaMonth] = Field(title="已安排的月份")
    missing: list[int] = Field(title="没有安排的月份")
    is_complete: bool = Field(title="是否各月都有安排")
