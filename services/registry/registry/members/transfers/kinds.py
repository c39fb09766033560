from kit.edge import LabelledEnum


class TransferState(LabelledEnum):
    ASKED = "asked", "待转出方答复"
    ISSUED = "issued", "介绍信在途"
    RECEIVED = "received", "已接收"
    REFUSED = "refused", "已退回"
    WITHDRAWN = "withdrawn", "已撤回"


class TransferOrigin(LabelledEnum):
    OLD_BRANCH = "old_branch", "转出方开具"
    NEW_BRANCH = "new_branch", "转入方申请"


class TransferSide(LabelledEnum):
    OLD_BRANCH = "old_branch", "转出方"
    NEW_BRANCH = "new_branch", "转入方"
