"""Which class a star belongs to, and what it is rewarded with (seed 3.4: 星级创评、分类定级…授牌…奖励)."""

from kit.edge import LabelledEnum
from scoring.honours.stars.rules import LEAST_STARS_FOR_PLAQUE

REWARDED = (5, 4, 3)


class StarClass(LabelledEnum):
    ADVANCED = "advanced", "先进"
    ORDINARY = "ordinary", "一般"
    BACKWARD = "backward", "后进"


def class_of(level: int, *, advanced_from: int, backward_to: int) -> StarClass:
    if level >= advanced_from:
        return StarClass.ADVANCED
    return StarClass.BACKWARD if level <= backward_to else StarClass.ORDINARY


def is_rewarded(level: int) -> bool:
    """Whoever is named: the list of rewards is the list of stars from here up."""
    return level >= LEAST_STARS_FOR_PLAQUE
