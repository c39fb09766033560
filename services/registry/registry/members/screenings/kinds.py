from kit.edge import LabelledEnum


class ScreeningStage(LabelledEnum):
    """五步排查法 (seed 2)."""

    ASSIGNED = "assigned", "划分责任"
    QUERIED = "queried", "查询信息"
    VERIFIED = "verified", "核实情况"
    COMPILED = "compiled", "编制台账"
    FOLLOWED = "followed", "联系跟踪"


class ScreeningSide(LabelledEnum):
    SCREENER = "screener", "排查的党组织"


class FoundKind(LabelledEnum):
    FLOATING = "floating", "流动党员"
    POCKET = "pocket", "口袋党员"
    HIDDEN = "hidden", "隐形党员"


class FoundBy(LabelledEnum):
    """双找 (seed 2)."""

    ORGANIZATION = "organization", "组织找党员"
    MEMBER = "member", "党员找组织"
