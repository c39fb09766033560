from kit.edge import LabelledEnum


class ServiceKind(LabelledEnum):
    """党内业务: what people come to a centre for."""

    RELATIONS = "relations", "组织关系接转"
    DUES = "dues", "党费缴纳"
    JOINING = "joining", "入党咨询"
    POLICY = "policy", "政策咨询"
    VENUE = "venue", "场地与活动"
    OTHER = "other", "其他"


class ServiceState(LabelledEnum):
    ASKED = "asked", "待受理"
    TAKEN = "taken", "办理中"
    ANSWERED = "answered", "已答复"
    CLOSED = "closed", "已办结"


class ServiceSide(LabelledEnum):
    CENTRE = "centre", "活动中心"
    REQUESTER = "requester", "申请人"
