from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from kit.edge import BusinessDate, Count, Schema, Text
from registry.tree.organizations.kinds import SetUpMode
from registry.units.units.kinds import MassOrganizationKind, UnitKind, UnitSector
from registry.units.units.rules import unit_code_fault


def _right_code(code: str) -> str:
    if fault := unit_code_fault(code):
        raise ValueError(fault)
    return code


UnitCode = Annotated[str, StringConstraints(strict=True, max_length=18), AfterValidator(_right_code)]


class UnitCreate(Schema):
    code: UnitCode = Field(title="统一社会信用代码")
    name: Text = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    jurisdiction_id: UUID = Field(title="属地组织")
    staff_count: Count | None = Field(default=None, title="职工人数")
    counted_from: BusinessDate | None = Field(default=None, title="纳入统计日期", description="默认当天")
    mass_organizations: list[MassOrganizationKind] = Field(default=[], max_length=3, title="群团组织")


class UnitCorrect(Schema):
    """Absent fields stay; what has a history (jurisdiction, mass organisations) holds from `effective_on`."""

    name: Text | None = Field(default=None, title="单位名称")
    kind: UnitKind | None = Field(default=None, title="单位类别")
    staff_count: Count | None = Field(default=None, title="职工人数")
    jurisdiction_id: UUID | None = Field(default=None, title="属地组织")
    mass_organizations: list[MassOrganizationKind] | None = Field(default=None, max_length=3, title="群团组织")
    effective_on: BusinessDate | None = Field(default=None, title="生效日期", description="默认当天")


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
    id: UUID
    organization_id: UUID
    mode: SetUpMode
    serves_without_members: bool
    valid_from: date
    valid_to: date | None


class UnitRead(Schema):
    id: UUID
    code: str = Field(title="统一社会信用代码")
    name: str = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    sector: UnitSector = Field(title="组织类型")
    staff_count: int | None = Field(title="职工人数")
    jurisdiction_id: UUID = Field(title="属地组织")
    root_id: UUID
    closed_on: date | None
    is_active: bool
    version: int
    mass_organizations: list[MassOrganizationKind]
    coverage_links: list[CoverageLinkRead]
    findings: list[str] = Field(default=[], title="提示")
