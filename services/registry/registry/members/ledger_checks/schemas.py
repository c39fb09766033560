from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, OptionalText, Schema
from records.listing import Listing, Where, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.ledger_checks.models import LedgerCheck
from registry.tree.organizations.queries import below

LedgerCheckId = Annotated[UUID, Path(title="台账核对编号")]


class LedgerCheckCreate(Schema):
    organization_id: UUID = Field(title="党组织")
    quarter_ends_on: BusinessDate = Field(title="季度末", description="3、6、9、12 月的最后一天")
    checked_on: BusinessDate = Field(title="核对日期")
    stated: Count = Field(title="实有党员数", description="本组织清点的在册党员(含预备党员)")
    note: OptionalText | None = Field(default=None, title="不一致的说明", description="与名册相差时必填")


class LedgerCheckRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="党组织编号")
    organization_name: str = Field(title="党组织")
    quarter_ends_on: date = Field(title="季度末")
    checked_on: date = Field(title="核对日期")
    stated: int = Field(title="实有党员数")
    counted: int = Field(title="名册党员数", description="核对时名册所记季度末在册的党员")
    is_consistent: bool = Field(title="是否一致")
    note: str | None = Field(title="不一致的说明")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class LedgerCheckListing(
    Listing,
    sortable=(LedgerCheck.quarter_ends_on,),
    order=(LedgerCheck.quarter_ends_on.desc(), LedgerCheck.id),
):
    organization_id: Annotated[UUID | None, equals(LedgerCheck.organization_id)] = Field(
        default=None, title="党组织编号"
    )
    under: Annotated[UUID | None, Where(below(LedgerCheck.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    quarter_ends_on: Annotated[BusinessDate | None, equals(LedgerCheck.quarter_ends_on)] = Field(
        default=None, title="季度末"
    )
    is_consistent: Annotated[bool | None, Where(lambda value: (LedgerCheck.stated == LedgerCheck.counted) == value)] = (
        Field(default=None, title="是否一致")
    )
    is_void: Annotated[bool, void_or_not(LedgerCheck)] = Field(default=False, title="只列已作废的")
