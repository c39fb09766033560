"""What may be found in the registers; the label is the short name of each."""

from kit.edge import LabelledEnum


class FindingCode(LabelledEnum):
    ORGANIZATION_WITHOUT_SECRETARY = "organization_without_secretary", "党组织没有书记"
    ORGANIZATION_WITHOUT_TERM = "organization_without_term", "没有登记届满日期"
    TERM_ENDING = "term_ending", "即将届满"
    TERM_OVERDUE = "term_overdue", "逾期未换届"
    ORGANIZATION_ABOVE_SIZE = "organization_above_size", "党员人数超过组织形式的规模"
    ORGANIZATION_BELOW_SIZE = "organization_below_size", "党员人数不足组织形式的规模"
    BRANCH_BELOW_SIZE = "branch_below_size", "支部正式党员不足"
    COMMITTEE_OF_WRONG_SIZE = "committee_of_wrong_size", "班子人数不合规定"
    JOINT_BRANCH_OF_MANY_UNITS = "joint_branch_of_many_units", "联合党支部覆盖单位过多"
    DISSOLVED_ORGANIZATION_WITH_MEMBERS = "dissolved_organization_with_members", "已撤销的党组织还有党员"
    ORGANIZATION_OF_CLOSED_UNITS = "organization_of_closed_units", "所覆盖单位已关闭,应撤销党组织"
    PROJECT_GROUP_ENDED = "project_group_ended", "项目已到期的项目党小组"
    UNIT_SHOULD_HAVE_ORGANIZATION = "unit_should_have_organization", "应建未建"
    UNIT_WITHOUT_COVERAGE = "unit_without_coverage", "空白点"
    UNIT_COVERED_TWICE = "unit_covered_twice", "一个单位有几个党组织"
    LARGE_UNIT_WITHOUT_MEMBER = "large_unit_without_member", "规模较大的单位没有党员"
    ENTERPRISE_WITHOUT_ACTIVIST = "enterprise_without_activist", "企业没有入党积极分子"
    UNIT_WITHOUT_STAFF_COUNT = "unit_without_staff_count", "没有登记职工人数"
    MEMBER_WITHOUT_PHONE = "member_without_phone", "没有登记手机号"
    MEMBER_PROFILE_INCOMPLETE = "member_profile_incomplete", "党员信息不完整"
    PROBATION_OVERDUE = "probation_overdue", "预备期满未转正"
    MEMBER_OF_DISSOLVED_ORGANIZATION = "member_of_dissolved_organization", "党员所在组织已撤销"
    MEMBER_OF_CLOSED_UNIT = "member_of_closed_unit", "党员的工作单位已关闭"
    POST_HELD_FROM_ELSEWHERE = "post_held_from_elsewhere", "任职人不属于该党组织"
    POST_OF_DEPARTED_MEMBER = "post_of_departed_member", "任职人已离开"
    INSTRUCTOR_OF_MANY_UNITS = "instructor_of_many_units", "指导员联系单位过多"
    INSTRUCTOR_WITHOUT_UNIT = "instructor_without_unit", "指导员没有联系单位"
    ASSIGNMENT_OF_RELEASED_INSTRUCTOR = "assignment_of_released_instructor", "已离任的指导员仍有联系单位"
    APPEAL_OVERDUE = "appeal_overdue", "意见诉求逾期未答复"


class FindingSubject(LabelledEnum):
    ORGANIZATION = "organization", "党组织"
    UNIT = "unit", "单位"
    MEMBER = "member", "党员"
    POST = "post", "任职"
    INSTRUCTOR = "instructor", "党建指导员"
    APPEAL = "appeal", "意见诉求"
