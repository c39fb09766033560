from kit.edge import LabelledEnum


class CorrectionState(LabelledEnum):
    ASKED = "asked", "待上级审批"
    APPROVED = "approved", "已更正"
    REJECTED = "rejected", "未同意"
