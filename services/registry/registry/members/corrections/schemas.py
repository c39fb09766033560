from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import OptionalText, Schema, Text
from records.listing import Listing, Where, equals
from registry.members.corrections.kinds import CorrectionState
from registry.members.corrections.models import IdNumberCorrection
from registry.members.members.queries import named
from registry.members.members.schemas import IdNumber
from registry.tree.organizations.queries import below

CorrectionId = Annotated[UUID, Path(title="更正申请编号")]


class IdNumberCorrectionAsk(Schema):
    id_number: IdNumber = Field(title="正确的公民身份号码")
    reason: Text = Field(title="更正事由")
    evidence: OptionalText | None = Field(default=None, title="依据的材料")


class IdNumberCorrectionDecide(Schema):
    is_approved: bool = Field(title="是否同意")
    reason: Text = Field(title="审批意见")


class IdNumberCorrectionRead(Schema):
    """Both numbers are masked."""

    id: UUID = Field(title="编号")
    member_id: UUID = Field(title="党员编号")
    member_name: str = Field(title="姓名")
    organization_id: UUID = Field(title="申请时所在组织编号")
    organization_name: str = Field(title="申请时所在组织")
    old_id_number_masked: str = Field(title="原公民身份号码(部分隐藏)")
    new_id_number_masked: str = Field(title="更正后的公民身份号码(部分隐藏)")
    reason: str = Field(title="更正事由")
    evidence: str | None = Field(title="依据的材料")
    asked_on: date = Field(title="申请日期")
    state: CorrectionState = Field(title="状态")
    decided_on: date | None = Field(title="审批日期")
    decision_reason: str | None = Field(title="审批意见")
    version: int = Field(title="版本")


class IdNumberCorrectionListing(
    Listing,
    sortable=(IdNumberCorrection.asked_on, IdNumberCorrection.state),
    order=(IdNumberCorrection.asked_on.desc(), IdNumberCorrection.id),
):
    state: Annotated[CorrectionState | None, equals(IdNumberCorrection.state)] = Field(default=None, title="状态")
    member_id: Annotated[UUID | None, equals(IdNumberCorrection.member_id)] = Field(default=None, title="党员编号")
    under: Annotated[UUID | None, Where(below(IdNumberCorrection.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    q: Annotated[OptionalText | None, Where(named(IdNumberCorrection.member_id))] = Field(
        default=None, title="按姓名查找"
    )
