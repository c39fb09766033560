from kit.edge import LabelledEnum


class RectificationGround(LabelledEnum):
    """Why an organisation was listed: by a rule whose finding says so, or because its superior has seen it."""

    WITHOUT_SECRETARY = "without_secretary", "书记长期空缺"
    TERM_OVERDUE = "term_overdue", "长期不换届"
    BY_HAND = "by_hand", "上级研究列入"


class RectificationStage(LabelledEnum):
    RECTIFYING = "rectifying", "整顿中"
    SUBMITTED = "submitted", "待验收"
    CLOSED = "closed", "已销号"


class RectificationSide(LabelledEnum):
    ORGANIZATION = "organization", "整顿的党组织"
    SUPERIOR = "superior", "上级党组织"
