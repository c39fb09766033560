from kit.edge import LabelledEnum


class DuesStanding(LabelledEnum):
    """By which rates a member pays."""

    WORKING = "working", "在职"
    RETIRED = "retired", "离退休"
