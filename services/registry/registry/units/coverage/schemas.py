from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from kit.edge import BusinessDate, Count, Points, Schema, Text
from registry.units.coverage.rules import Counts, rate
from registry.units.units.kinds import UnitKind


class CoverageFigures(Schema):
    units: int = Field(title="单位总数(分母)")
    covered_units: int = Field(title="组织覆盖单位数")
    single_units: int = Field(title="单独组建单位数")
    worked_units: int = Field(title="工作覆盖单位数")
    organization_coverage: Points | None = Field(title="组织覆盖率(%)")
    single_rate: Points | None = Field(title="单独组建率(%)")
    work_coverage: Points | None = Field(title="工作覆盖率(%)")

    @classmethod
    def of(cls, counts: Counts) -> Self:
        return cls(
            units=counts.units,
            covered_units=counts.covered,
            single_units=counts.single,
            worked_units=counts.worked,
            organization_coverage=rate(counts.covered, counts.units),
            single_rate=rate(counts.single, counts.units),
            work_coverage=rate(counts.worked, counts.units),
        )


class DenominatorScope(Schema):
    """E10: no rate without the units it was taken over."""

    organization_id: UUID = Field(title="统计范围")
    as_of: date = Field(title="统计日期")
    unit_kinds: list[UnitKind] = Field(title="单位类别", description="空为全部")
    min_staff: int | None = Field(title="最少职工人数")
    units: int = Field(title="单位总数(分母)")
    excludes: str = "区级直管党组织覆盖的单位不计入镇街"


class CoverageRead(Schema):
    organization_id: UUID
    as_of: date
    known_at: datetime | None = Field(title="按何时的记录", description="空为现在")
    denominator_scope: DenominatorScope
    economic: CoverageFigures = Field(title="新经济组织")
    social: CoverageFigures = Field(title="新社会组织")
    total: CoverageFigures = Field(title="合计")


class CoverageReportCreate(Schema):
    organization_id: UUID = Field(title="统计范围")
    title: Text = Field(title="报告名称")
    as_of: BusinessDate | None = Field(default=None, title="统计日期", description="默认当天")
    unit_kinds: list[UnitKind] = Field(default=[], max_length=6, title="单位类别")
    min_staff: Count | None = Field(default=None, title="最少职工人数")


class CoverageReportRead(Schema):
    id: UUID
    organization_id: UUID
    title: str
    as_of: date
    known_at: datetime
    denominator_scope: DenominatorScope
    figures: dict[str, CoverageFigures]
    stated_by: UUID
    stated_at: datetime


class WhiteSpotRead(Schema):
    id: UUID
    code: str = Field(title="统一社会信用代码")
    name: str = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    jurisdiction_id: UUID = Field(title="属地组织")
