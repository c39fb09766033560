"""The words of organisation life and training (rules.md §3–4), with their Chinese labels."""

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


class ClassKind(LabelledEnum):
    """Form of a class run by a superior (seed 3.2: 专家课堂、例会课堂、夜间课堂)."""

    EXPERT = "expert", "专家课堂"
    ROUTINE = "routine", "例会课堂"
    EVENING = "evening", "夜间课堂"
    ROTATION = "rotation", "书记轮训"
    CENTRAL = "central", "集中培训"
    DEVELOPMENT = "development", "入党积极分子、发展对象培训"


class Direction(LabelledEnum):
    """Of an exchange (seed 3.4: “走出去”和“请进来”)."""

    GOING_OUT = "going_out", "走出去"
    INVITING_IN = "inviting_in", "请进来"


class Audience(LabelledEnum):
    MEMBERS = "members", "本组织全体党员"
    SUBTREE_MEMBERS = "subtree_members", "本级及下级全体党员"
    COMMITTEE = "committee", "本组织班子成员"
    SECRETARIES = "secretaries", "本级及下级党组织书记"
    LEADERS = "leaders", "本级及下级书记和班子成员"
    CHOSEN = "chosen", "指定人员"
    PUBLIC = "public", "面向社会(不列应到党员)"
    CANDIDATES = "candidates", "指定的入党积极分子和发展对象"


class Duration(LabelledEnum):
    FULL_DAY = "full_day", "全天"
    HALF_DAY = "half_day", "半天"
    BY_CLOCK = "by_clock", "按实际时长"


class MeetingState(LabelledEnum):
    PLANNED = "planned", "已安排"
    CONFIRMED = "confirmed", "已确认"
    CANCELLED = "cancelled", "已取消"


class MakeUpState(LabelledEnum):
    DUE = "due", "待补课"
    OVERDUE = "overdue", "逾期未补"
    DONE = "done", "已补课"


class CadencePeriod(LabelledEnum):
    MONTH = "month", "每月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"


class RequirementGroup(LabelledEnum):
    MEMBER = "member", "党员"
    LEADER = "leader", "书记和班子成员"


ACTIVITIES = frozenset(
    {
        MeetingKind.VOLUNTEERING,
        MeetingKind.MASS_ACTIVITY,
        MeetingKind.CULTURE_SPORT,
        MeetingKind.MICRO_LECTURE,
        MeetingKind.DISCIPLINE_STUDY,
        MeetingKind.JOINT_STUDY,
        MeetingKind.SKILL_COURSE,
        MeetingKind.OPEN_LECTURE,
        MeetingKind.SITE_VISIT,
        MeetingKind.EXCHANGE,
    }
)
BRANCH_KINDS = ("branch", "joint_branch", "project_branch", "general_branch")
PRIMARY_KINDS = ("branch", "joint_branch", "project_branch")
SUPERIOR_KINDS = ("district_committee", "work_committee", "committee", "general_branch")
COMMITTEE_POSTS = ("committee_member", "organization_officer", "publicity_officer", "discipline_officer")
