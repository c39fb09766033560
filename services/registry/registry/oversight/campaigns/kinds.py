from kit.edge import LabelledEnum


class CampaignState(LabelledEnum):
    UPCOMING = "upcoming", "尚未开始"
    RUNNING = "running", "进行中"
    OVER = "over", "已结束"


class SampledKind(LabelledEnum):
    UNIT = "unit", "单位"
    ORGANIZATION = "organization", "党组织"
