from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import Path
from pydantic import Field

from kit.edge import BusinessDate, Count, OptionalText, Points, Schema, Text
from records.listing import Listing, Where, equals
from registry.names import named_like
from registry.units.coverage.models import CoverageReport
from registry.units.coverage.rules import Counts, rate
from registry.units.units.kinds import UnitKind
from registry.units.units.models import Unit

ReportId = Annotated[UUID, Path(title="覆盖率报告编号")]


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
    excludes: str = Field(default="区级直管党组织覆盖的单位不计入镇街", title="不计入的单位")


class CoverageRead(Schema):
    organization_id: UUID = Field(title="统计范围编号")
    organization_name: str = Field(title="统计范围")
    as_of: date = Field(title="统计日期")
    known_at: datetime | None = Field(title="按何时的记录", description="空为现在")
    denominator_scope: DenominatorScope = Field(title="分母范围")
    economic: CoverageFigures = Field(title="新经济组织")
    social: CoverageFigures = Field(title="新社会组织")
    total: CoverageFigures = Field(title="合计")


class CoverageReportCreate(Schema):
    organization_id: UUID = Field(title="统计范围")
    title: Text = Field(title="报告名称")
    as_of: BusinessDate | None = Field(default=None, title="统计日期", description="默认当天")
    unit_kinds: list[UnitKind] = Field(default=[], max_length=6, title="单位类别")
    min_staff: Count | None = Field(default=None, title="最少职工人数")


class SectorFigures(Schema):
    economic: CoverageFigures = Field(title="新经济组织")
    social: CoverageFigures = Field(title="新社会组织")
    total: CoverageFigures = Field(title="合计")


class CoverageReportRead(Schema):
    id: UUID = Field(title="编号")
    organization_id: UUID = Field(title="统计范围编号")
    organization_name: str = Field(title="统计范围")
    title: str = Field(title="报告名称")
    as_of: date = Field(title="统计日期")
    known_at: datetime = Field(title="按何时的记录")
    denominator_scope: DenominatorScope = Field(title="分母范围")
    figures: SectorFigures = Field(title="覆盖率")
    stated_by: UUID = Field(title="出具人账号")
    stated_at: datetime = Field(title="出具时刻")


class CoverageReportHead(Schema):
    title: str = Field(title="报告名称")
    organization_name: str = Field(title="统计范围")
    as_of: date = Field(title="统计日期")
    known_at: datetime = Field(title="按何时的记录")
    stated_at: datetime = Field(title="出具时刻")


class CoverageReportSheet(CoverageFigures, CoverageReportHead):
    """One line a report, with its figures for both sectors together; pydantic puts the last base's fields first."""


class CoverageReportListing(
    Listing,
    sortable=(CoverageReport.as_of, CoverageReport.title, CoverageReport.stated_at),
    order=(CoverageReport.as_of, CoverageReport.id),
):
    organization_id: Annotated[UUID | None, equals(CoverageReport.organization_id)] = Field(
        default=None, title="统计范围编号"
    )
    as_of: Annotated[BusinessDate | None, equals(CoverageReport.as_of)] = Field(default=None, title="统计日期")


class WhiteSpotRead(Schema):
    id: UUID = Field(title="编号")
    code: str = Field(title="统一社会信用代码")
    name: str = Field(title="单位名称")
    kind: UnitKind = Field(title="单位类别")
    town_name: str | None = Field(title="镇街")
    jurisdiction_id: UUID = Field(title="属地组织编号")
    jurisdiction_name: str = Field(title="属地组织")


class WhiteSpotListing(Listing, sortable=(Unit.code, Unit.name, Unit.kind), order=(Unit.code, Unit.id)):
    q: Annotated[OptionalText | None, Where(named_like(Unit.search_keys))] = Field(default=None, title="按单位名称查找")
