from datetime import date

from pydantic import Field

from kit.edge import Points, Schema


class SectorRates(Schema):
    economic: Points | None = Field(title="新经济组织(%)")
    social: Points | None = Field(title="新社会组织(%)")
    total: Points | None = Field(title="合计(%)")


class SectorCounts(Schema):
    economic: int = Field(title="新经济组织")
    social: int = Field(title="新社会组织")
    total: int = Field(title="合计")


class DemonstrationPointCounts(Schema):
    city: int = Field(title="市级")
    district: int = Field(title="区级")
    town: int = Field(title="镇街级")
    total: int = Field(title="合计")


class CountComparison(Schema):
    """A figure told elsewhere beside the one of the register; it warns of a difference and refuses nothing (R51)."""

    stated: int = Field(title="所报党组织数")
    counted: int = Field(title="名册中的党组织数", description="各类型之和")
    difference: int = Field(title="相差", description="所报数减名册数")
    statement: str = Field(title="说明")


class Overview(Schema):
    as_of: date = Field(title="统计日期")
    primary_organizations: int = Field(title="基层党组织(党支部)数")
    organizations: int = Field(title="各级党组织总数", description="等于各类型之和")
    organizations_by_kind: dict[str, int] = Field(title="按类型")
    comparison: CountComparison | None = Field(title="与所报数的核对", description="没有填写所报数的为空")
    directly_managed: int = Field(title="直管党组织数")
    units: int = Field(title="两新组织总数")
    units_by_sector: SectorCounts = Field(title="两新组织数")
    covered_units: SectorCounts = Field(title="组织覆盖单位数")
    coverage: SectorRates = Field(title="组织覆盖率")
    single_rate: SectorRates = Field(title="单独组建率")
    work_coverage: Points | None = Field(title="工作覆盖率(%)")
    demonstration_points: DemonstrationPointCounts = Field(title="示范点")
    members: int = Field(title="在册党员(含预备)")
    members_by_stage: dict[str, int] = Field(title="按类别")
    instructors: int = Field(title="在任党建指导员")
