from kit.edge import LabelledEnum


class LookalikeKind(LabelledEnum):
    """What may have been registered twice, and by what two of them look alike."""

    MEMBER = "member", "姓名、出生日期相同的党员"
    UNIT = "unit", "名称相同的单位"
