"""The five stages and 25 steps of developing a member (发展党员工作细则), and the papers that prove them."""

from kit.edge import LabelledEnum


class DevelopmentStage(LabelledEnum):
    APPLY = "apply", "申请入党"
    ACTIVIST = "activist", "入党积极分子的确定和培养教育"
    PROSPECT = "prospect", "发展对象的确定和考察"
    RECEIVE = "receive", "预备党员的接收"
    CONFIRM = "confirm", "预备党员的教育考察和转正"


class DevelopmentStep(LabelledEnum):
    """The step to be taken next; after the last one the case is closed."""

    APPLICATION = "application", "递交入党申请书"
    FIRST_TALK = "first_talk", "党组织派人谈话"
    ACTIVIST_CHOSEN = "activist_chosen", "推荐和确定入党积极分子"
    ACTIVIST_FILED = "activist_filed", "入党积极分子上级备案"
    MENTORS_NAMED = "mentors_named", "指定培养联系人"
    CULTIVATION = "cultivation", "培养教育考察"
    PROSPECT_CHOSEN = "prospect_chosen", "确定发展对象"
    PROSPECT_FILED = "prospect_filed", "发展对象上级备案"
    INTRODUCERS_NAMED = "introducers_named", "确定入党介绍人"
    POLITICAL_REVIEW = "political_review", "进行政治审查"
    TRAINING = "training", "开展集中培训"
    COMMITTEE_REVIEW = "committee_review", "支部委员会审查"
    PRE_APPROVAL = "pre_approval", "上级党委预审"
    FORM_FILLED = "form_filled", "填写入党志愿书"
    RECEIVING_MEETING = "receiving_meeting", "支部大会讨论接收"
    SUPERIOR_TALK = "superior_talk", "上级党委派人谈话"
    RECEIVING_APPROVAL = "receiving_approval", "上级党委审批接收"
    RECEIVING_FILED = "receiving_filed", "再上一级组织部门备案"
    GROUP_ENTERED = "group_entered", "编入党支部和党小组"
    OATH = "oath", "入党宣誓"
    PROBATION = "probation", "继续教育考察"
    CONFIRMATION_ASKED = "confirmation_asked", "提出转正申请"
    CONFIRMING_MEETING = "confirming_meeting", "支部大会讨论转正"
    CONFIRMING_APPROVAL = "confirming_approval", "上级党委审批转正"
    ARCHIVING = "archiving", "材料归档"
    CLOSED = "closed", "已办结"


class DevelopmentTaker(LabelledEnum):
    BRANCH = "branch", "党支部"
    SUPERIOR = "superior", "上级党组织"


class DevelopmentTag(LabelledEnum):
    THREE_PUSHES = "three_pushes", "三推三培"
    TWO_PUSHES = "two_pushes", "双推双培"
    TWO_CULTIVATIONS = "two_cultivations", "双培双创"
    ONE_HELPS_ONE = "one_helps_one", "一帮一"


class Milestone(LabelledEnum):
    ACTIVIST = "activist", "确定为入党积极分子"
    RECEIVED = "received", "接收为预备党员"
    CONFIRMED = "confirmed", "转为正式党员"


class PaperKind(LabelledEnum):
    TALK = "talk", "谈话记录"
    MEMBERS_RECOMMEND = "members_recommend", "党员推荐"
    MASSES_RECOMMEND = "masses_recommend", "群团推优"
    MEMBERS_APPRAISE = "members_appraise", "党员评议"
    MASSES_APPRAISE = "masses_appraise", "群众评议"
    MENTOR = "mentor", "培养联系人"
    INTRODUCER = "introducer", "入党介绍人"
    CHECK = "check", "半年考察"
    TRAINING = "training", "集中培训"
    PUBLICITY = "publicity", "公示"
