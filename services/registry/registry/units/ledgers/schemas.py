from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.tree.organizations.queries import below
from registry.units.ledgers.kinds import LedgerBlock
from registry.units.ledgers.models import FrozenLedger, LedgerEntry

LedgerEntryId = Annotated[UUID, Path(title="台账记录编号")]
FrozenLedgerId = Annotated[UUID, Path(title="季度台账编号")]


class LedgerEntryCreate(Schema):
    unit_id: UUID = Field(title="单位")
    block: LedgerBlock = Field(title="五清内容")
    checked_on: BusinessDate = Field(title="核实日期")
    content: LongText = Field(title="核实情况")


class LedgerEntryRead(Schema):
    id: UUID = Field(title="编号")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    block: LedgerBlock = Field(title="五清内容")
    checked_on: date = Field(title="核实日期")
    content: str = Field(title="核实情况")
    organization_id: UUID = Field(title="登记时的属地组织编号")
    organization_name: str = Field(title="登记时的属地组织")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class LedgerEntryListing(
    Listing, sortable=(LedgerEntry.checked_on, LedgerEntry.block), order=(LedgerEntry.checked_on.desc(), LedgerEntry.id)
):
    unit_id: Annotated[UUID | None, equals(LedgerEntry.unit_id)] = Field(default=None, title="单位编号")
    block: Annotated[list[LedgerBlock], equals(LedgerEntry.block)] = Field(default=[], max_length=5, title="五清内容")
    under: Annotated[UUID | None, Where(below(LedgerEntry.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    from_day: Annotated[BusinessDate | None, at_least(LedgerEntry.checked_on)] = Field(default=None, title="日期起")
    to_day: Annotated[BusinessDate | None, at_most(LedgerEntry.checked_on)] = Field(default=None, title="日期止")
    is_void: Annotated[bool, void_or_not(LedgerEntry)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(LedgerEntry.content)] = Field(default=None, title="搜索核实情况")


class LedgerBlockRead(Schema):
    block: LedgerBlock = Field(title="五清内容")
    content: str | None = Field(title="核实情况")
    checked_on: date | None = Field(title="核实日期")
    is_stale: bool = Field(title="是否过期", description="没有核实,或核实至今超过一个季度")


class LedgerRead(Schema):
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    as_of: date = Field(title="查看日期")
    blocks: list[LedgerBlockRead] = Field(title="五清", description="已建党组织的单位不列未建原因")


class FrozenBlock(Schema):
    block: LedgerBlock = Field(title="五清内容")
    content: str = Field(title="核实情况")
    checked_on: date = Field(title="核实日期")


class FrozenLedgerHead(Schema):
    id: UUID = Field(title="编号")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    organization_id: UUID = Field(title="属地组织编号")
    organization_name: str = Field(title="属地组织")
    quarter_ends_on: date = Field(title="季度末日")
    frozen_on: date = Field(title="存档日期")
    changed_blocks: list[LedgerBlock] = Field(title="与上次相比有变化的内容")
    stale_blocks: list[LedgerBlock] = Field(title="过期的内容")
    root_id: UUID = Field(title="所属区编号")


class FrozenLedgerRead(FrozenLedgerHead):
    blocks: list[FrozenBlock] = Field(title="五清")
    version: int = Field(title="版本")


class FrozenLedgerListing(
    Listing, sortable=(FrozenLedger.quarter_ends_on,), order=(FrozenLedger.quarter_ends_on.desc(), FrozenLedger.id)
):
    unit_id: Annotated[UUID | None, equals(FrozenLedger.unit_id)] = Field(default=None, title="单位编号")
    under: Annotated[UUID | None, Where(below(FrozenLedger.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    quarter_ends_on: Annotated[BusinessDate | None, equals(FrozenLedger.quarter_ends_on)] = Field(
        default=None, title="季度末日"
    )
    changed: Annotated[LedgerBlock | None, Where(lambda block: FrozenLedger.changed_blocks.contains([block]))] = Field(
        default=None, title="有变化的内容"
    )
    stale: Annotated[LedgerBlock | None, Where(lambda block: FrozenLedger.stale_blocks.contains([block]))] = Field(
        default=None, title="过期的内容"
    )
