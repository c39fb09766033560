from kit.edge import LabelledEnum


class ComplaintSource(LabelledEnum):
    OWN = "own", "本人反映"
    PUBLIC = "public", "群众来信来访"
    INSPECTION = "inspection", "检查中发现"


class ComplaintState(LabelledEnum):
    FILED = "filed", "待听取意见"
    HEARD = "heard", "已听取意见"
    UPHELD = "upheld", "属实"
    DISMISSED = "dismissed", "不属实"
