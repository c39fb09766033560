"""Every finding of the registry, declared once: what is the matter, who acts by when, and by what right."""

from collections.abc import Sequence
from datetime import date

from records.findings import Declared, Severity
from registry.limits import limits_on
from registry.oversight.findings import circle_checks as circles
from registry.oversight.findings import liaison_checks as liaison
from registry.oversight.findings import member_checks as members
from registry.oversight.findings import office_checks as offices
from registry.oversight.findings import organization_checks as organizations
from registry.oversight.findings import unit_checks as units
from registry.oversight.findings.kinds import FindingCode as Code
from registry.oversight.findings.kinds import FindingSubject as Subject
from registry.oversight.rectifications import proposals
from registry.sites.funds import queries as funds
from registry.units.hire_declarations import queries as hires

URGENT, WARNING, SUGGESTION = Severity.URGENT, Severity.WARNING, Severity.SUGGESTION
ORGANIZATION, UNIT, MEMBER, POST, INSTRUCTOR, APPEAL, PROJECT, HEAD, CIRCLE, SERVICE_REQUEST = Subject
BRANCH_RULES, TERMS, PRIMARY = "支部工作条例", "任期意见", "基层组织条例"
DEVELOPING, DEFAULTS, REGISTER = "发展党员工作细则", "本系统默认值", "名册规范"
BUILDING, TRANSFERRING = "两新组织党建工作要求", "党员组织关系管理规定"
MONTH, QUARTER, HALF_YEAR = 30, 90, 180

DECLARED: tuple[Declared, ...] = (
    Declared(
        *(Code.ORGANIZATION_WITHOUT_SECRETARY, ORGANIZATION, URGENT, QUARTER, "E5", BRANCH_RULES),
        *("党组织没有在任的书记", "选举或任命书记,并登记任职", organizations.without_secretary),
    ),
    Declared(
        *(Code.ORGANIZATION_WITHOUT_TERM, ORGANIZATION, SUGGESTION, QUARTER, "E6", TERMS),
        *("没有登记届满日期,到期无法提醒", "补登本届的届满日期", organizations.without_term),
    ),
    Declared(
        *(Code.TERM_ENDING, ORGANIZATION, WARNING, HALF_YEAR, "E6", TERMS),
        *("距届满不足 {term_notice_months} 个月", "向上级请示换届,按期选举", organizations.term_ending),
    ),
    Declared(
        *(Code.TERM_OVERDUE, ORGANIZATION, URGENT, 0, "E6", TERMS),
        *("任期已满,没有换届", "立即换届;确需延期的报上级批准,最长 1 年", organizations.term_overdue),
    ),
    Declared(
        *(Code.WEAK_WITHOUT_SECRETARY, ORGANIZATION, WARNING, QUARTER, "R56", BUILDING),
        "书记空缺已超过 {weak_vacancy_months} 个月,符合软弱涣散情形",
        *("由上级研究:列入的登记整顿,不列入的说明理由", proposals.without_secretary),
    ),
    Declared(
        *(Code.WEAK_TERM_OVERDUE, ORGANIZATION, WARNING, QUARTER, "R56", BUILDING),
        "届满已超过 {weak_term_months} 个月没有换届,符合软弱涣散情形",
        *("由上级研究:列入的登记整顿,不列入的说明理由", proposals.term_overdue),
    ),
    Declared(
        *(Code.RECTIFICATION_OVERDUE, ORGANIZATION, URGENT, 0, "R56", BUILDING),
        *("整顿已过期限,没有验收销号", "抓紧整改并申请验收;确需延期的由上级确定新的期限", proposals.overdue),
    ),
    Declared(
        *(Code.ORGANIZATION_ABOVE_SIZE, ORGANIZATION, WARNING, HALF_YEAR, "E3", PRIMARY),
        *("现有党员 {value} 名,超过这类组织的规模", "升格为党总支或党委,或分设支部", organizations.above_size),
    ),
    Declared(
        *(Code.ORGANIZATION_BELOW_SIZE, ORGANIZATION, WARNING, HALF_YEAR, "E3", PRIMARY),
        *("现有党员 {value} 名,不足这类组织的规模", "改设规模相符的组织,或报上级批准保留", organizations.below_size),
    ),
    Declared(
        *(Code.BRANCH_BELOW_SIZE, ORGANIZATION, WARNING, HALF_YEAR, "E1", BRANCH_RULES),
        *(
            "只有 {value} 名正式党员,不足 {setting_up_members} 名",
            "改为联合组建,或撤销",
            organizations.branch_below_size,
        ),
    ),
    Declared(
        *(Code.COMMITTEE_OF_WRONG_SIZE, ORGANIZATION, WARNING, HALF_YEAR, "E5", BRANCH_RULES),
        *("班子有 {value} 人,不合规定的人数", "补选或调整班子成员", organizations.committee_of_wrong_size),
    ),
    Declared(
        *(Code.JOINT_BRANCH_WITHOUT_REASON, ORGANIZATION, SUGGESTION, QUARTER, "R54", BUILDING),
        *("没有登记联合原因", "补登至少一项联合原因", organizations.joint_branch_without_reason),
    ),
    Declared(
        *(Code.JOINT_BRANCH_OF_MANY_UNITS, ORGANIZATION, WARNING, HALF_YEAR, "E2", BRANCH_RULES),
        "覆盖 {value} 个单位,一般不超过 {joint_branch_units} 个",
        *("分设联合党支部,或单独组建", organizations.joint_branch_of_many_units),
    ),
    Declared(
        *(Code.OWNER_SECRETARY_WITHOUT_DEPUTY, ORGANIZATION, WARNING, QUARTER, "E9", BUILDING),
        *(
            "业主担任书记,覆盖单位职工 {value} 人,没有专抓党务的副书记",
            "配备 1 名副书记",
            organizations.owner_secretary_without_deputy,
        ),
    ),
    Declared(
        *(Code.DISSOLVED_ORGANIZATION_WITH_MEMBERS, ORGANIZATION, URGENT, MONTH, "E7", BRANCH_RULES),
        *("已经撤销,还有 {value} 名党员没有安置", "把党员转到其他党组织", organizations.dissolved_with_members),
    ),
    Declared(
        *(Code.ORGANIZATION_OF_CLOSED_UNITS, ORGANIZATION, URGENT, QUARTER, "E7", BRANCH_RULES),
        *("所覆盖的单位已关闭,还有 {value} 名党员", "先安置党员,再撤销党组织", organizations.of_closed_units),
    ),
    Declared(
        *(Code.PROJECT_GROUP_ENDED, ORGANIZATION, WARNING, MONTH, "E4", BRANCH_RULES),
        *("项目已到期", "项目继续的改设项目党支部,结束的撤销党小组", organizations.project_group_ended),
    ),
    Declared(
        *(Code.UNIT_SHOULD_HAVE_ORGANIZATION, UNIT, URGENT, QUARTER, "E1", BRANCH_RULES),
        *("有 {value} 名正式党员,没有党组织", "同步建立党组织", units.should_have_organization),
    ),
    Declared(
        *(Code.UNIT_WITHOUT_COVERAGE, UNIT, WARNING, HALF_YEAR, "E10", BUILDING),
        *("没有党组织、党建指导员,也没有群团组织", "选派党建指导员,或组建党群组织", units.without_coverage),
    ),
    Declared(
        *(Code.UNIT_WITHOUT_PLAN, UNIT, SUGGESTION, QUARTER, "R22", BUILDING),
        *("没有党组织,也没有制定一企一策(一社一策)", "制定措施,明确责任人和期限", units.without_plan),
    ),
    Declared(
        *(Code.UNIT_HIRES_UNDECLARED, UNIT, SUGGESTION, QUARTER, "R48", BUILDING),
        "有 {value} 名新入职人员超过 {hire_declaration_days} 天没有亮明政治身份",
        *("请单位落实入职亮明身份,登记人数;党员接转组织关系", hires.undeclared),
    ),
    Declared(
        *(Code.UNIT_FUND_ABOVE_LIMIT, UNIT, WARNING, MONTH, "R57", "组通字〔2014〕42号"),
        "有 {value} 个年度的党建经费超过工资总额的规定比例,没有说明",
        *("写明超出的原因和列支渠道;超出部分不能税前列支", funds.unexplained),
    ),
    Declared(
        *(Code.UNIT_LEDGER_STALE, UNIT, SUGGESTION, MONTH, "R21", BUILDING),
        *("五清台账有 {value} 项超过一个季度没有更新", "核实并更新台账", units.ledger_stale),
    ),
    Declared(
        *(Code.SOCIAL_UNIT_WITHOUT_LINE_COMMITTEE, UNIT, WARNING, QUARTER, "R64", BUILDING),
        *("没有明确归口负责的党委", "按“谁主管谁负责”明确归口党委", units.without_line_committee),
    ),
    Declared(
        *(Code.PROJECT_WITHOUT_CLAUSE, PROJECT, WARNING, QUARTER, "R66", BUILDING),
        *("投资合同没有写入党组织建设要求", "与投资方协商,补签党建条款", units.project_without_clause),
    ),
    Declared(
        *(Code.HEAD_NOT_IN_THE_PARTY, HEAD, SUGGESTION, HALF_YEAR, "R44", BUILDING),
        *("群团组织负责人不是党员", "列入培养对象,条件成熟的及时发展", units.head_not_in_the_party),
    ),
    Declared(
        *(Code.UNIT_COVERED_TWICE, UNIT, WARNING, QUARTER, "E10", REGISTER),
        *("同时有 {value} 个党组织覆盖", "核对并结束多余的覆盖关系", units.covered_twice),
    ),
    Declared(
        *(Code.LARGE_UNIT_WITHOUT_MEMBER, UNIT, WARNING, HALF_YEAR, "E8", BUILDING),
        "职工 {value} 人,没有党员",
        *("在职工中发展党员,或引进党员职工", units.large_without_member),
    ),
    Declared(
        *(Code.ENTERPRISE_WITHOUT_ACTIVIST, UNIT, SUGGESTION, 0, "E8", BUILDING),
        *("今年没有入党积极分子", "培养 1–2 名入党积极分子", units.without_activist),
    ),
    Declared(
        *(Code.UNIT_WITHOUT_STAFF_COUNT, UNIT, SUGGESTION, QUARTER, "E10", REGISTER),
        *("没有登记职工人数", "核实并补登职工人数", units.without_staff_count),
    ),
    Declared(
        *(Code.MEMBER_WITHOUT_PHONE, MEMBER, SUGGESTION, QUARTER, "R48", REGISTER),
        *("没有登记手机号", "核实并补登手机号", members.without_phone),
    ),
    Declared(
        *(Code.MEMBER_PROFILE_INCOMPLETE, MEMBER, SUGGESTION, QUARTER, "R48", REGISTER),
        *("有 {value} 项信息没有登记", "补齐民族、学历、入党日期和转正日期", members.profile_incomplete),
    ),
    Declared(
        *(Code.PROBATION_OVERDUE, MEMBER, URGENT, MONTH, "§5", DEVELOPING),
        *(
            "预备期已满 {probation_months} 个月,没有转正",
            "按期讨论转正;延长预备期的说明批准情况",
            members.probation_overdue,
        ),
    ),
    Declared(
        *(Code.MEMBER_OF_DISSOLVED_ORGANIZATION, MEMBER, URGENT, MONTH, "E7", BRANCH_RULES),
        *("所在党组织已经撤销", "办理组织关系转接", members.of_dissolved_organization),
    ),
    Declared(
        *(Code.MEMBER_OF_CLOSED_UNIT, MEMBER, WARNING, QUARTER, "§6", REGISTER),
        *("工作单位已经关闭", "核实去向,更新工作单位或转接组织关系", members.of_closed_unit),
    ),
    Declared(
        *(Code.TRANSFER_UNANSWERED, MEMBER, WARNING, MONTH, "§6", TRANSFERRING),
        *("其他党组织申请转入,尚未答复", "核对后开具介绍信,或说明理由退回", members.transfer_unanswered),
    ),
    Declared(
        *(Code.TRANSFER_OVERDUE, MEMBER, URGENT, 0, "§6", TRANSFERRING),
        *("介绍信已过有效期,没有收到回执", "与转入的党组织核实,重新开具介绍信", members.transfer_overdue),
    ),
    Declared(
        *(Code.DEVELOPMENT_OVERDUE, MEMBER, URGENT, 0, "§5", DEVELOPING),
        *("发展党员的待办步骤已过期限", "尽快办理,并说明逾期原因", members.development_overdue),
    ),
    Declared(
        *(Code.DUES_UNPAID, MEMBER, WARNING, MONTH, "§6", "党费收缴规定"),
        *("连续 {dues_unpaid_months} 个月没有交纳党费", "谈话了解情况,补交党费或申请减免", members.dues_unpaid),
    ),
    Declared(
        *(Code.POST_HELD_FROM_ELSEWHERE, POST, SUGGESTION, QUARTER, "E5", REGISTER),
        *("任职人的组织关系不在该党组织及其下级", "核对任职;挂职、下派的说明情况", offices.held_from_elsewhere),
    ),
    Declared(
        *(Code.POST_OF_DEPARTED_MEMBER, POST, URGENT, MONTH, "E5", BRANCH_RULES),
        *("任职人已经离开,职务没有免去", "免去职务并补选", offices.of_departed_member),
    ),
    Declared(
        *(Code.INSTRUCTOR_OF_MANY_UNITS, INSTRUCTOR, WARNING, QUARTER, "R11", DEFAULTS),
        *("联系 {value} 个单位,一般不超过 {instructor_units} 个", "增派指导员或调整分工", offices.of_many_units),
    ),
    Declared(
        *(Code.INSTRUCTOR_WITHOUT_UNIT, INSTRUCTOR, SUGGESTION, QUARTER, "R11", DEFAULTS),
        *("没有联系单位", "安排联系单位", offices.without_unit),
    ),
    Declared(
        *(Code.ASSIGNMENT_OF_RELEASED_INSTRUCTOR, INSTRUCTOR, WARNING, MONTH, "R11", DEFAULTS),
        *("已经离任,还联系 {value} 个单位", "结束原有联系,另派指导员", offices.released_with_units),
    ),
    Declared(
        *(Code.CENTRE_WITHOUT_STAFF, CIRCLE, WARNING, MONTH, "R31", BUILDING),
        *("活动中心还缺 {value} 名派驻人员(党建指导员、理论教员各一名)", "补派缺少的人员", circles.without_staff),
    ),
    Declared(
        *(Code.SERVICE_REQUEST_OVERDUE, SERVICE_REQUEST, URGENT, 0, "R32", BUILDING),
        *("已过办理期限,活动中心没有答复", "立即办理并答复申请人", circles.request_overdue),
    ),
    Declared(
        *(Code.APPEAL_OVERDUE, APPEAL, URGENT, 0, "R68", BUILDING),
        *("已过办理期限,没有答复", "立即办理并答复提出人", liaison.appeal_overdue),
    ),
)
BY_CODE = {one.code.value: one for one in DECLARED}


def chosen(codes: Sequence[str], severities: Sequence[str] = ()) -> tuple[Declared, ...]:
    """Those of the codes and severities; without any, all."""
    return tuple(
        one for one in DECLARED if (not codes or one.code in codes) and (not severities or one.severity in severities)
    )


def statement_of(declared: Declared, value: int | None, day: date) -> str:
    """With its figure and the limits of that day; of what is over there is no figure, only what was the matter."""
    if "{value}" in declared.statement and value is None:
        return declared.code.label
    return declared.statement.format(value=value, **limits_on(day))
