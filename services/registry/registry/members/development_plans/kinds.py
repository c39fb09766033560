from kit.edge import LabelledEnum


class PlanLight(LabelledEnum):
    GREEN = "green", "正常"
    AMBER = "amber", "低于计划下限"
