from kit.edge import LabelledEnum


class NoticeKind(LabelledEnum):
    """三同步: what an authority tells of a unit, and the Party's work is to go along with it."""

    REGISTRATION = "registration", "登记"
    INSPECTION = "inspection", "年检年报"
    EVALUATION = "evaluation", "评估"
