from kit.edge import LabelledEnum


class FundKind(LabelledEnum):
    """What a superior pays an organisation for its work."""

    DUES_RETURN = "dues_return", "党费返拨"
    STAR_REWARD = "star_reward", "党建经费奖励"
