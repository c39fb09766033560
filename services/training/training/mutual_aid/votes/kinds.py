from kit.edge import LabelledEnum


class VoteOutcome(LabelledEnum):
    """What a vote made of one of its items; who is level at the edge waits for a decision (议)."""

    PENDING = "pending", "投票中"
    FIXED = "fixed", "固定项目"
    TIED = "tied", "末位并列,待议"
    NOT_CHOSEN = "not_chosen", "未入选"
