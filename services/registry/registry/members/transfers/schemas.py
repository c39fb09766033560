from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema, Text
from records.listing import Listing, Where, at_least, at_most, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.members.queries import named
from registry.members.members.schemas import IdNumber
from registry.members.transfers.kinds import TransferOrigin, TransferState
from registry.members.transfers.models import Transfer
from registry.tree.organizations.queries import below

TransferId = Annotated[UUID, Path(title="组织关系转接编号")]
RequestId = Annotated[UUID, Path(title="转入申请编号")]
NUMBER, VALID_UNTIL = "介绍信编号", "介绍信有效期止"
AT_MOST = "不填则为最长期限(默认三个月)"


class Letter(Schema):
    letter_number: Name = Field(title=NUMBER)
    valid_until: BusinessDate | None = Field(default=None, title=VALID_UNTIL, description=AT_MOST)


class TransferOpen(Letter):
    to_organization_id: UUID = Field(title="转入组织编号", description="本区任一在册党组织")
    reason: Text = Field(title="转接事由")


class TransferReceive(Schema):
    received_on: BusinessDate = Field(title="接收日期", description="自这一日起归属转入的党组织")


class TransferClose(Schema):
    reason: Text = Field(title="说明")


class TransferRead(Schema):
    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="转出组织编号")
    organization_name: str = Field(title="转出组织")
    to_organization_id: UUID = Field(title="转入组织编号")
    to_organization_name: str = Field(title="转入组织")
    origin: TransferOrigin = Field(title="办理方式")
    reason: str = Field(title="转接事由")
    asked_on: date = Field(title="申请日期")
    state: TransferState = Field(title="状态")
    letter_number: str | None = Field(title=NUMBER)
    issued_on: date | None = Field(title="介绍信开具日期")
    valid_until: date | None = Field(title=VALID_UNTIL)
    first_valid_until: date | None = Field(title="首次有效期止", description="晚于这一日接收的,为超期")
    received_on: date | None = Field(title="接收日期")
    closed_on: date | None = Field(title="退回或撤回日期")
    closing_reason: str | None = Field(title="退回或撤回说明")
    integrity_entries: int = Field(title="随转的诚信卡记录数")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class TransferListing(
    Listing, sortable=(Transfer.asked_on, Transfer.state), order=(Transfer.asked_on.desc(), Transfer.id)
):
    state: Annotated[list[TransferState], equals(Transfer.state)] = Field(default=[], max_length=5, title="状态")
    member_id: Annotated[UUID | None, equals(Transfer.member_id)] = Field(default=None, title="党员编号")
    under: Annotated[UUID | None, Where(below(Transfer.organization_id))] = Field(
        default=None, title="转出自该组织及其全部下级"
    )
    to_under: Annotated[UUID | None, Where(below(Transfer.to_organization_id))] = Field(
        default=None, title="转入该组织及其全部下级"
    )
    valid_from: Annotated[BusinessDate | None, at_least(Transfer.valid_until)] = Field(
        default=None, title="有效期止于这一日或以后"
    )
    valid_to: Annotated[BusinessDate | None, at_most(Transfer.valid_until)] = Field(
        default=None, title="有效期止于这一日或以前"
    )
    is_void: Annotated[bool, void_or_not(Transfer)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(named(Transfer.member_id))] = Field(default=None, title="按姓名查找")


class TransferAsk(Schema):
    id_number: IdNumber = Field(title="公民身份号码", description="已在别处登记的;只用于查找归属,不回显")
    to_organization_id: UUID = Field(title="转入组织编号")
    reason: Text = Field(title="转接事由")


class TransferRequestRead(Schema):
    """What the branch that asks may know: neither who it is nor where, until the letter is there."""

    id: UUID = Field(title="编号", description="介绍信开具后即组织关系转接的编号")
    to_organization_id: UUID = Field(title="转入组织编号")
    to_organization_name: str = Field(title="转入组织")
    reason: str = Field(title="转接事由")
    asked_on: date = Field(title="申请日期")
    state: TransferState = Field(title="状态")
    closed_on: date | None = Field(title="退回或撤回日期")
    closing_reason: str | None = Field(title="退回或撤回说明")
    void_reason: str | None = Field(title=VOID_REASON)
    version: int = Field(title="版本")


class TransferRequestListing(
    Listing, sortable=(Transfer.asked_on, Transfer.state), order=(Transfer.asked_on.desc(), Transfer.id)
):
    state: Annotated[list[TransferState], equals(Transfer.state)] = Field(default=[], max_length=5, title="状态")
    to_under: Annotated[UUID | None, Where(below(Transfer.to_organization_id))] = Field(
        default=None, title="转入该组织及其全部下级"
    )
