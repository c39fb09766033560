from kit.edge import LabelledEnum


class LedgerBlock(LabelledEnum):
    """五清: what is known of a unit, each brought up to date every quarter."""

    OPERATION = "operation", "生产经营情况"
    STAFF = "staff", "职工队伍情况"
    MEMBERS = "members", "党员情况"
    OWNER = "owner", "出资人情况"
    REASON_UNBUILT = "reason_unbuilt", "未建党组织原因"
