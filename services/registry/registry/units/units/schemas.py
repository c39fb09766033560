from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Path
from pydantic import AfterValidator, Field, StringConstraints

from kit.edge import AS_CODE, LARGEST_COUNT, BusinessDate, Count, Name, OptionalText, Schema, Text
from records.listing import Listing, Where, at_least, equals
from registry.names import named_like
from registry.tree.organizations.kinds import SetUpMode
from registry.tree.organizations.queries import below
from registry.units.units import queries
from registry.units.units.kinds import KINDS_OF, MassOrganizationKind, UnitKind, UnitSector, UnitSize
from registry.units.units.models import Unit
from registry.units.units.rules import unit_code_fault


def _right_code(code: str) -> str:
    if fault := unit_code_fault(code):
        raise ValueError(fault)
    return code


UnitId = Annotated[UUID, Path(title="单位编号")]
LinkId = Annotated[UUID, Path(title="覆盖关系编号")]
Number = Annotated[int, Field(ge=0, le=LARGEST_COUNT)]
UnitCode = Annotated[str, StringConstraints(strict=True, max_length=18), AfterValidator(_right_code), AS_CODE]


class UnitCreate(Schema):
    code: UnitCode = Field(title="统一社会信用代码")
    name: Name = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    jurisdiction_id: UUID = Field(title="属地组织")
    staff_count: Count | None = Field(default=None, title="职工人数")
    size: UnitSize | None = Field(default=None, title="企业规模")
    is_above_scale: bool = Field(default=False, title="四上企业")
    line_organization_id: UUID | None = Field(default=None, title="归口党委", description="谁主管谁负责")
    counted_from: BusinessDate | None = Field(default=None, title="纳入统计日期", description="默认当天")
    mass_organizations: list[MassOrganizationKind] = Field(default=[], max_length=3, title="群团组织")


class UnitCorrect(Schema):
    """Absent fields stay; what has a history (jurisdiction, mass organisations) holds from `effective_on`."""

    name: Name | None = Field(default=None, title="单位名称")
    kind: UnitKind | None = Field(default=None, title="单位类别")
    staff_count: Count | None = Field(default=None, title="职工人数")
    size: UnitSize | None = Field(default=None, title="企业规模")
    is_above_scale: bool | None = Field(default=None, title="四上企业")
    line_organization_id: UUID | None = Field(default=None, title="归口党委")
    jurisdiction_id: UUID | None = Field(default=None, title="属地组织")
    mass_organizations: list[MassOrganizationKind] | None = Field(default=None, max_length=3, title="群团组织")
    effective_on: BusinessDate | None = Field(default=None, title="生效日期", description="默认当天")


class UnitCodeCorrect(Schema):
    code: UnitCode = Field(title="正确的统一社会信用代码")
    reason: Text = Field(title="更正事由")


class UnitClose(Schema):
    closed_on: BusinessDate = Field(title="注销日期")


class CoverageLinkCreate(Schema):
    organization_id: UUID = Field(title="覆盖的党组织")
    mode: SetUpMode = Field(title="组建模式")
    valid_from: BusinessDate = Field(title="覆盖起始日期")
    serves_without_members: bool | None = Field(
        default=None, title="单位没有党员", description="只计工作覆盖;“1+N”默认为是"
    )


class CoverageLinkEnd(Schema):
    ended_on: BusinessDate = Field(title="结束日期", description="当日起不再覆盖")


class CoverageLinkRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="覆盖的党组织编号")
    organization_name: str = Field(title="覆盖的党组织")
    mode: SetUpMode = Field(title="组建模式")
    serves_without_members: bool = Field(title="单位没有党员")
    valid_from: date = Field(title="覆盖起始日期")
    valid_to: date | None = Field(title="结束日期")


class UnitRead(Schema):
    id: UUID = Field(title="编号")
    code: str = Field(title="统一社会信用代码")
    name: str = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    sector: UnitSector = Field(title="组织类型")
    staff_count: int | None = Field(title="职工人数")
    size: UnitSize | None = Field(title="企业规模")
    is_above_scale: bool = Field(title="四上企业")
    line_organization_id: UUID | None = Field(title="归口党委编号")
    line_organization_name: str | None = Field(title="归口党委")
    jurisdiction_id: UUID = Field(title="属地组织编号")
    jurisdiction_name: str = Field(title="属地组织")
    root_id: UUID = Field(title="所属区编号")
    closed_on: date | None = Field(title="注销日期")
    is_active: bool = Field(title="是否在册")
    version: int = Field(title="版本")
    mass_organizations: list[MassOrganizationKind] = Field(title="群团组织")
    coverage_links: list[CoverageLinkRead] = Field(title="当日的覆盖关系")


class UnitCovered(UnitRead):
    findings: list[str] = Field(default=[], title="提示")


class UnitSheet(Schema):
    """One line a unit, as officials keep it."""

    code: str = Field(title="统一社会信用代码")
    name: str = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    sector: UnitSector = Field(title="组织类型")
    town_name: str | None = Field(title="镇街")
    jurisdiction_name: str = Field(title="属地组织")
    covering_names: list[str] = Field(title="覆盖的党组织")
    set_up_modes: list[SetUpMode] = Field(title="组建模式")
    mass_organizations: list[MassOrganizationKind] = Field(title="群团组织")
    staff_count: int | None = Field(title="职工人数")
    size: UnitSize | None = Field(title="企业规模")
    is_above_scale: bool = Field(title="四上企业")
    line_organization_name: str | None = Field(title="归口党委")
    closed_on: date | None = Field(title="注销日期")
    is_active: bool = Field(title="是否在册")


class UnitListing(Listing, sortable=(Unit.code, Unit.name, Unit.kind), order=(Unit.code, Unit.id)):
    kind: Annotated[list[UnitKind], equals(Unit.kind)] = Field(default=[], max_length=6, title="单位类别")
    sector: Annotated[UnitSector | None, Where(lambda sector: Unit.kind.in_(KINDS_OF[sector]))] = Field(
        default=None, title="组织类型"
    )
    jurisdiction_id: Annotated[UUID | None, equals(Unit.jurisdiction_id)] = Field(default=None, title="属地组织编号")
    under: Annotated[UUID | None, Where(below(Unit.jurisdiction_id))] = Field(
        default=None, title="属地为该组织或其下级"
    )
    organization_id: Annotated[UUID | None, Where(queries.covered_by)] = Field(default=None, title="覆盖的党组织编号")
    size: Annotated[list[UnitSize], equals(Unit.size)] = Field(default=[], max_length=4, title="企业规模")
    is_above_scale: Annotated[bool | None, equals(Unit.is_above_scale)] = Field(default=None, title="四上企业")
    key_on: Annotated[BusinessDate | None, Where(queries.key_on)] = Field(
        default=None, title="该日的重点单位", description="四上企业,和该日之前一年内新建的社会组织"
    )
    line_organization_id: Annotated[UUID | None, equals(Unit.line_organization_id)] = Field(
        default=None, title="归口党委编号"
    )
    guided_by: Annotated[UUID | None, Where(queries.guided_by)] = Field(
        default=None, title="归口指导的行业党委编号", description="只列它指导的微型企业、个体工商户"
    )
    min_staff: Annotated[Number | None, at_least(Unit.staff_count)] = Field(default=None, title="最少职工人数")
    is_active: Annotated[bool | None, equals(Unit.is_active)] = Field(default=True, title="是否在册")
    q: Annotated[OptionalText | None, Where(named_like(Unit.search_keys))] = Field(default=None, title="按单位名称查找")
