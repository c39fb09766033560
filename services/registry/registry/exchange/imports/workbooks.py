"""The four workbooks as people fill them in: one sheet each, headings in the first row, codes as text."""

from registry.exchange.imports.models import ImportKind
from registry.members.members.kinds import MemberStage
from registry.sites.demonstration_points.models import DemonstrationLevel
from registry.tree.organizations.kinds import HostKind, OrganizationKind, SetUpMode
from registry.tree.posts.kinds import AppointmentSource, PostKind
from registry.units.units.kinds import UnitKind
from sheets import Column, SheetTemplate

INSTRUCTOR_LABEL = "党建指导员"
CODE_SEPARATOR = "、"


def _labels(kind: type[OrganizationKind | HostKind | SetUpMode | UnitKind | MemberStage]) -> tuple[str, ...]:
    return tuple(member.label for member in kind)


ORGANIZATIONS = SheetTemplate(
    "组织",
    (
        Column(
            "code",
            "组织代码",
            is_code=True,
            required=True,
            unique=True,
            longest=13,
            note="13 位:区划 6、类型 1、顺序 5、校验 1",
        ),
        Column("name", "组织名称", required=True),
        Column("kind", "组织类型", required=True, kind="choice", choices=_labels(OrganizationKind)),
        Column("parent_code", "上级组织代码", is_code=True, longest=13, note="只有区委一级不填;可以是本表中的组织"),
        Column("host_kind", "依托", kind="choice", choices=_labels(HostKind)),
        Column("is_directly_managed", "直管", kind="yes_no", note="由区委两新工委直接管理"),
        Column("set_up_mode", "组建模式", kind="choice", choices=_labels(SetUpMode)),
        Column("founded_on", "成立日期", required=True, kind="date", example="2012-07-01"),
        Column("term_ends_on", "届满日期", kind="date"),
        Column(
            "demonstration_level",
            "示范点级别",
            kind="choice",
            choices=tuple(level.label for level in DemonstrationLevel),
            note="自成立日期起算",
        ),
    ),
)
UNITS = SheetTemplate(
    "单位",
    (
        Column(
            "code", "统一社会信用代码", is_code=True, required=True, unique=True, longest=18, note="18 位,请用文本格式"
        ),
        Column("name", "单位名称", required=True),
        Column("kind", "单位类别", required=True, kind="choice", choices=_labels(UnitKind)),
        Column("jurisdiction_code", "属地组织代码", is_code=True, required=True, longest=13),
        Column("staff_count", "职工人数", kind="integer"),
        Column("covering_codes", "覆盖组织代码", is_code=True, longest=600, note="几个组织之间用“、”分开"),
        Column("set_up_mode", "组建模式", kind="choice", choices=_labels(SetUpMode), note="有覆盖组织时必填"),
        Column("covered_from", "覆盖起始日期", kind="date", note="默认为覆盖组织的成立日期"),
        Column("union", "工会", kind="yes_no"),
        Column("league", "共青团", kind="yes_no"),
        Column("women", "妇女组织", kind="yes_no"),
    ),
)
MEMBERS = SheetTemplate(
    "党员",
    (
        Column("name", "姓名", required=True),
        Column(
            "id_number", "公民身份号码", is_code=True, required=True, unique=True, longest=18, note="18 位,请用文本格式"
        ),
        Column("ethnicity", "民族", longest=40, example="汉族", note="名称或 GB/T 3304 代码"),
        Column("education", "学历", longest=40, example="大学本科", note="名称或 GB/T 4658 代码"),
        Column("degree", "学位", longest=40, example="学士", note="名称或 GB/T 6864 代码"),
        Column("stage", "党员类别", required=True, kind="choice", choices=_labels(MemberStage)),
        Column("joined_on", "入党日期", kind="date"),
        Column("confirmed_on", "转正日期", kind="date"),
        Column("organization_code", "所在组织代码", is_code=True, required=True, longest=13),
        Column("phone", "手机号", is_code=True, longest=11, note="11 位,请用文本格式"),
        Column("unit_code", "工作单位代码", is_code=True, longest=18),
    ),
)
POSTS = SheetTemplate(
    "职务",
    (
        Column("name", "姓名", required=True),
        Column("id_number", "公民身份号码", is_code=True, required=True, longest=18, note="18 位,请用文本格式"),
        Column(
            "kind",
            "职务",
            required=True,
            kind="choice",
            choices=(*(kind.label for kind in PostKind), INSTRUCTOR_LABEL),
        ),
        Column(
            "organization_code",
            "组织代码",
            is_code=True,
            longest=13,
            note="党建指导员可不填,默认为首个服务单位的属地组织",
        ),
        Column("unit_codes", "服务单位代码", is_code=True, longest=600, note="只用于党建指导员,几个单位之间用“、”分开"),
        Column("valid_from", "任职日期", required=True, kind="date"),
        Column("valid_to", "届满日期", kind="date", note="当日起不再任职"),
        Column("source", "来源", kind="choice", choices=tuple(source.label for source in AppointmentSource)),
    ),
)
TEMPLATES = {
    ImportKind.ORGANIZATIONS: ORGANIZATIONS,
    ImportKind.UNITS: UNITS,
    ImportKind.MEMBERS: MEMBERS,
    ImportKind.POSTS: POSTS,
}
