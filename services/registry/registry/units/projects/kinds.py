from kit.edge import LabelledEnum


class ProjectCheck(LabelledEnum):
    """四同四进: eight checks of a project; the wording is this system's own, as the source names only their number."""

    PLANNED_TOGETHER = "planned_together", "党建与项目同步谋划"
    SET_UP_TOGETHER = "set_up_together", "党组织与项目同步组建"
    ADVANCED_TOGETHER = "advanced_together", "党的工作与建设同步推进"
    REVIEWED_TOGETHER = "reviewed_together", "党建与项目同步考核"
    IN_THE_TALKS = "in_the_talks", "党建要求进招商洽谈"
    IN_THE_CONTRACT = "in_the_contract", "党建要求进投资合同"
    IN_THE_CHARTER = "in_the_charter", "党建要求进企业章程"
    IN_THE_SITE = "in_the_site", "党的活动进项目工地"
