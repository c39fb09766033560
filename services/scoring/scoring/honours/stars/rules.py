"""Who is named and given a plaque (seed 4: 三星级以上命名挂牌)."""

from kit.edge import LabelledEnum

LEAST_STARS_FOR_PLAQUE = 3


class PlaqueChange(LabelledEnum):
    ISSUE = "issue", "授牌"
    KEEP = "keep", "保留"
    WITHDRAW = "withdraw", "摘牌"
    NONE = "none", "无"


def plaque_change(level: int, *, has_plaque: bool) -> PlaqueChange:
    if level >= LEAST_STARS_FOR_PLAQUE:
        return PlaqueChange.KEEP if has_plaque else PlaqueChange.ISSUE
    return PlaqueChange.WITHDRAW if has_plaque else PlaqueChange.NONE


def plaque_number(year: int, sequence: int) -> str:
    return f"{year}-{sequence:04d}"
