from kit.edge import LabelledEnum


class ContactKind(LabelledEnum):
    """五个一: what an instructor owes each unit served, and how often (targets.csv)."""

    CALL = "call", "电话联系"
    VISIT = "visit", "走访"
    TALK = "talk", "面谈"
    MEMBER_DEVELOPED = "member_developed", "发展党员"
    ORGANIZATION_HELPED = "organization_helped", "帮建党组织"
