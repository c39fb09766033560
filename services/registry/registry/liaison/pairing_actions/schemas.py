from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, LongText, OptionalText, Points, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.pairing_actions.models import PairingAction
from registry.liaison.pairings.kinds import PairingKind
from registry.tree.organizations.queries import below

ActionId = Annotated[UUID, Path(title="帮扶活动编号")]
Yuan = Annotated[Points, Field(ge=0)]


class PairingActionCreate(Schema):
    pairing_id: UUID = Field(title="结对")
    acted_on: BusinessDate = Field(title="活动日期")
    content: LongText = Field(title="活动内容")
    sites_built: Count = Field(default=0, title="帮建场所数")
    jobs: Count = Field(default=0, title="提供就业岗位数")
    money: Yuan = Field(default="0.00", title="投入资金(元)", validate_default=True)


class PairingActionRead(Schema):
    id: UUID = Field(title="编号")
    pairing_id: UUID = Field(title="结对编号")
    pairing_name: str = Field(title="结对双方")
    kind: PairingKind = Field(title="结对类型")
    organization_id: UUID = Field(title="帮扶方所属党组织编号")
    organization_name: str = Field(title="帮扶方所属党组织")
    acted_on: date = Field(title="活动日期")
    content: str = Field(title="活动内容")
    sites_built: int = Field(title="帮建场所数")
    jobs: int = Field(title="提供就业岗位数")
    money: Points = Field(title="投入资金(元)")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class PairingActionListing(
    Listing, sortable=(PairingAction.acted_on,), order=(PairingAction.acted_on.desc(), PairingAction.id)
):
    pairing_id: Annotated[UUID | None, equals(PairingAction.pairing_id)] = Field(default=None, title="结对编号")
    under: Annotated[UUID | None, Where(below(PairingAction.organization_id))] = Field(
        default=None, title="帮扶方属于该组织及其全部下级"
    )
    from_day: Annotated[BusinessDate | None, at_least(PairingAction.acted_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(PairingAction.acted_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(PairingAction)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(PairingAction.content)] = Field(default=None, title="搜索活动内容")


class PairingFigures(Schema):
    as_of: date = Field(title="截至日期")
    kind: PairingKind = Field(title="结对类型")
    pairs: int = Field(title="结对数")
    helpers: int = Field(title="帮扶方数")
    partners: int = Field(title="结对对象数")
    actions: int = Field(title="帮扶活动次数", description="所列结对开展的,不含已作废的")
    sites_built: int = Field(title="帮建场所数")
    jobs: int = Field(title="提供就业岗位数")
    money: Points = Field(title="投入资金(元)")
