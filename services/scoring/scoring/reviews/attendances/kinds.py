"""The kinds of meeting that training tells of, with its labels."""

from kit.edge import LabelledEnum


class MeetingKind(LabelledEnum):
    BRANCH_ASSEMBLY = "branch_assembly", "支部党员大会"
    BRANCH_COMMITTEE = "branch_committee", "支委会"
    GROUP_MEETING = "group_meeting", "党小组会"
    PARTY_LECTURE = "party_lecture", "党课"
    THEME_DAY = "theme_day", "主题党日"
    LIFE_MEETING = "life_meeting", "组织生活会"
    DEMOCRATIC_APPRAISAL = "democratic_appraisal", "民主评议党员"
    HEART_TALK = "heart_talk", "谈心谈话"
    CLASS = "class", "培训班"
    BRANCH_STUDY = "branch_study", "集中学习"
    VOLUNTEERING = "volunteering", "志愿服务"
    MASS_ACTIVITY = "mass_activity", "群团活动"
    CULTURE_SPORT = "culture_sport", "文体活动"
    MICRO_LECTURE = "micro_lecture", "微党课"
    DISCIPLINE_STUDY = "discipline_study", "纪律学习"
    JOINT_STUDY = "joint_study", "管理层共同学习"
    SKILL_COURSE = "skill_course", "技能培训"
    OPEN_LECTURE = "open_lecture", "公开讲座"
    SITE_VISIT = "site_visit", "现场观摩"
    EXCHANGE = "exchange", "学习交流"


def meeting_name(kind: str | None) -> str:
    """Of a meeting whose kind was not told, or is not known here yet, no more than that it was one."""
    return next((one.label for one in MeetingKind if one.value == kind), "会议")
