from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Name, OptionalText, Schema
from records.listing import Listing, Where, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.liaison.pairings.kinds import PairingKind, PartnerKind
from registry.liaison.pairings.models import Pairing
from registry.liaison.pairings.queries import UNPAIRED, standing_on
from registry.tree.organizations.queries import below

PairingId = Annotated[UUID, Path(title="结对编号")]


class PairingCreate(Schema):
    """One helper and one partner, by the kind of pairing."""

    kind: PairingKind = Field(title="结对类型")
    helper_organization_id: UUID | None = Field(default=None, title="帮扶党组织", description="示范点帮扶填写")
    helper_unit_id: UUID | None = Field(default=None, title="帮扶单位", description="村企联建、企业结对互助填写")
    partner_organization_id: UUID | None = Field(default=None, title="结对党组织", description="非示范点")
    partner_unit_id: UUID | None = Field(default=None, title="结对单位", description="未建党组织的单位,或互助的企业")
    partner_village: Name | None = Field(default=None, title="结对村", description="写明镇街和村名")
    paired_on: BusinessDate = Field(title="结对日期")


class PairingEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期")


class PairingRead(Schema):
    id: UUID = Field(title="编号")
    kind: PairingKind = Field(title="结对类型")
    helper_organization_id: UUID | None = Field(title="帮扶党组织编号")
    helper_organization_name: str | None = Field(title="帮扶党组织")
    helper_unit_id: UUID | None = Field(title="帮扶单位编号")
    helper_unit_name: str | None = Field(title="帮扶单位")
    partner_organization_id: UUID | None = Field(title="结对党组织编号")
    partner_organization_name: str | None = Field(title="结对党组织")
    partner_unit_id: UUID | None = Field(title="结对单位编号")
    partner_unit_name: str | None = Field(title="结对单位")
    partner_village: str | None = Field(title="结对村")
    organization_id: UUID = Field(title="帮扶方所属党组织编号")
    organization_name: str = Field(title="帮扶方所属党组织")
    paired_on: date = Field(title="结对日期")
    ended_on: date | None = Field(title="结束日期")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class PairingListing(Listing, sortable=(Pairing.paired_on, Pairing.kind), order=(Pairing.paired_on, Pairing.id)):
    kind: Annotated[PairingKind | None, equals(Pairing.kind)] = Field(default=None, title="结对类型")
    helper_organization_id: Annotated[UUID | None, equals(Pairing.helper_organization_id)] = Field(
        default=None, title="帮扶党组织编号"
    )
    helper_unit_id: Annotated[UUID | None, equals(Pairing.helper_unit_id)] = Field(default=None, title="帮扶单位编号")
    partner_organization_id: Annotated[UUID | None, equals(Pairing.partner_organization_id)] = Field(
        default=None, title="结对党组织编号"
    )
    partner_unit_id: Annotated[UUID | None, equals(Pairing.partner_unit_id)] = Field(default=None, title="结对单位编号")
    under: Annotated[UUID | None, Where(below(Pairing.organization_id))] = Field(
        default=None, title="帮扶方属于该组织及其全部下级"
    )
    as_of: Annotated[BusinessDate | None, Where(standing_on)] = Field(default=None, title="该日有效")
    is_void: Annotated[bool, void_or_not(Pairing)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Pairing.partner_village)] = Field(default=None, title="按村名查找")


class UnpairedPartnerRead(Schema):
    """Whom no demonstration point helps."""

    kind: PartnerKind = Field(title="对象类别")
    partner_id: UUID = Field(title="对象编号")
    partner_name: str = Field(title="对象")
    organization_id: UUID = Field(title="所属党组织编号")
    organization_name: str = Field(title="所属党组织")


class UnpairedPartnerListing(
    Listing,
    sortable=(UNPAIRED.c.partner_name, UNPAIRED.c.kind),
    order=(UNPAIRED.c.kind, UNPAIRED.c.partner_name, UNPAIRED.c.partner_id),
):
    kind: Annotated[PartnerKind | None, equals(UNPAIRED.c.kind)] = Field(default=None, title="对象类别")
    under: Annotated[UUID | None, Where(below(UNPAIRED.c.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    q: Annotated[OptionalText | None, contains(UNPAIRED.c.partner_name)] = Field(default=None, title="按名称查找")
