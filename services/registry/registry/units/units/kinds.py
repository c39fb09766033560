"""The words of the two-new organisations (rules.md §1)."""

from kit.edge import LabelledEnum


class UnitKind(LabelledEnum):
    NON_PUBLIC_ENTERPRISE = "non_public_enterprise", "非公企业"
    FARMERS_COOPERATIVE = "farmers_cooperative", "农民合作社"
    INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"
    SOCIAL_GROUP = "social_group", "社会团体"
    PRIVATE_NON_ENTERPRISE = "private_non_enterprise", "民办非企业单位"
    FOUNDATION = "foundation", "基金会"


class UnitSector(LabelledEnum):
    ECONOMIC = "economic", "新经济组织"
    SOCIAL = "social", "新社会组织"


class UnitSize(LabelledEnum):
    """统计上大中小微型企业划分办法."""

    LARGE = "large", "大型"
    MEDIUM = "medium", "中型"
    SMALL = "small", "小型"
    MICRO = "micro", "微型"


class MassOrganizationKind(LabelledEnum):
    UNION = "union", "工会"
    LEAGUE = "league", "共青团"
    WOMEN = "women", "妇女组织"


SECTOR_OF = {
    UnitKind.NON_PUBLIC_ENTERPRISE: UnitSector.ECONOMIC,
    UnitKind.FARMERS_COOPERATIVE: UnitSector.ECONOMIC,
    UnitKind.INDIVIDUAL_BUSINESS: UnitSector.ECONOMIC,
    UnitKind.SOCIAL_GROUP: UnitSector.SOCIAL,
    UnitKind.PRIVATE_NON_ENTERPRISE: UnitSector.SOCIAL,
    UnitKind.FOUNDATION: UnitSector.SOCIAL,
}
KINDS_OF = {sector: tuple(kind for kind, its in SECTOR_OF.items() if its is sector) for sector in UnitSector}
