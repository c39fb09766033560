from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, LongText, Name, OptionalText, Schema
from records.listing import Listing, Where, at_least, at_most, contains, equals
from records.voiding import VOID_REASON, void_or_not
from registry.members.screenings.kinds import ScreeningStage
from registry.members.screenings.models import ScreenedUnit, Screening
from registry.tree.organizations.queries import below
from registry.units.units.queries import called

ScreeningId = Annotated[UUID, Path(title="排查编号")]
ScreenedUnitId = Annotated[UUID, Path(title="单位核实记录编号")]


class ScreeningCreate(Schema):
    organization_id: UUID = Field(title="排查的党组织", description="排查其属地内和所覆盖的全部在册单位")
    title: Name = Field(title="名称")
    started_on: BusinessDate = Field(title="开始日期")
    division_of_work: LongText = Field(title="责任划分")


class ScreeningStep(Schema):
    to: ScreeningStage = Field(title="进入的步骤")
    done_on: BusinessDate = Field(title="办理日期")


class ScreeningRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="排查的党组织编号")
    organization_name: str = Field(title="排查的党组织")
    title: str = Field(title="名称")
    division_of_work: str = Field(title="责任划分")
    started_on: date = Field(title="开始日期")
    stage: ScreeningStage = Field(title="步骤")
    entered_on: date = Field(title="进入本步骤的日期")
    compiled_on: date | None = Field(title="台账编成日期")
    units: int = Field(title="应排查单位数", description="开始时属地内和所覆盖的在册单位")
    verified: int = Field(title="已核实单位数")
    targets: int = Field(title="确定为组建对象的单位数")
    found: int = Field(title="排查出的党员数", description="流动、口袋、隐形党员")
    shown: int = Field(title="其中已亮明身份的")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ScreeningListing(
    Listing,
    sortable=(Screening.started_on, Screening.stage),
    order=(Screening.started_on.desc(), Screening.id),
):
    organization_id: Annotated[UUID | None, equals(Screening.organization_id)] = Field(default=None, title="党组织编号")
    under: Annotated[UUID | None, Where(below(Screening.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    stage: Annotated[list[ScreeningStage], equals(Screening.stage)] = Field(
        default=[], max_length=len(ScreeningStage), title="步骤"
    )
    from_day: Annotated[BusinessDate | None, at_least(Screening.started_on)] = Field(default=None, title="开始日期起")
    to_day: Annotated[BusinessDate | None, at_most(Screening.started_on)] = Field(default=None, title="开始日期止")
    is_void: Annotated[bool, void_or_not(Screening)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, contains(Screening.title)] = Field(default=None, title="搜索名称")


class ScreenedUnitCreate(Schema):
    unit_id: UUID = Field(title="单位")
    verified_on: BusinessDate = Field(title="核实日期")
    is_target: bool = Field(default=False, title="确定为组建对象")
    note: OptionalText | None = Field(default=None, title="核实情况")


class ScreenedUnits(Schema):
    units: list[ScreenedUnitCreate] = Field(min_length=1, max_length=500, title="核实的单位")


class ScreenedUnitRead(Schema):
    id: UUID = Field(title="编号")
    screening_id: UUID = Field(title="排查编号")
    screening_name: str = Field(title="排查")
    organization_id: UUID = Field(title="排查的党组织编号")
    organization_name: str = Field(title="排查的党组织")
    unit_id: UUID = Field(title="单位编号")
    unit_name: str = Field(title="单位")
    verified_on: date = Field(title="核实日期")
    is_target: bool = Field(title="确定为组建对象")
    note: str | None = Field(title="核实情况")
    void_reason: str | None = Field(title=VOID_REASON)
    root_id: UUID = Field(title="所属区编号")
    version: int = Field(title="版本")


class ScreenedUnitListing(
    Listing,
    sortable=(ScreenedUnit.verified_on,),
    order=(ScreenedUnit.verified_on.desc(), ScreenedUnit.id),
):
    screening_id: Annotated[UUID | None, equals(ScreenedUnit.screening_id)] = Field(default=None, title="排查编号")
    unit_id: Annotated[UUID | None, equals(ScreenedUnit.unit_id)] = Field(default=None, title="单位编号")
    under: Annotated[UUID | None, Where(below(ScreenedUnit.organization_id))] = Field(
        default=None, title="该组织及其全部下级"
    )
    is_target: Annotated[bool | None, equals(ScreenedUnit.is_target)] = Field(default=None, title="是否组建对象")
    is_void: Annotated[bool, void_or_not(ScreenedUnit)] = Field(default=False, title="只列已作废的")
    q: Annotated[OptionalText | None, Where(called(ScreenedUnit.unit_id))] = Field(default=None, title="按单位名称查找")
