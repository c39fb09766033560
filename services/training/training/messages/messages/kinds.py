from kit.edge import LabelledEnum


class MessageKind(LabelledEnum):
    NOTICE = "notice", "通知"
    MATERIAL = "material", "配送学习资料"


class MessageState(LabelledEnum):
    DRAFT = "draft", "待发"
    SENT = "sent", "已发"


class DeliveryState(LabelledEnum):
    ACCEPTED = "accepted", "已受理"
    FAILED = "failed", "未送达"


class DeliveryFailure(LabelledEnum):
    NO_ADDRESS = "no_address", "未登记这个渠道"
    REJECTED = "rejected", "渠道退回"
