from kit.edge import LabelledEnum


class Channel(LabelledEnum):
    """By what a message reaches people; whoever is registered has the inbox."""

    INBOX = "inbox", "站内信"
    SMS = "sms", "手机短信"
    QQ_GROUP = "qq_group", "QQ群"
