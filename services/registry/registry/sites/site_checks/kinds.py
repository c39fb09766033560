"""What a site is checked by: each list with its items, in the order in which they hang on the wall."""

from collections.abc import Mapping

from kit.edge import LabelledEnum


class CheckList(LabelledEnum):
    SIX_HAVES = "six_haves", "六有"
    FIVE_AND_FIVE = "five_and_five", "五有五上墙"
    TEN_STANDARDS = "ten_standards", "示范点十条标准"
    PARK_LINKS = "park_links", "五联一化"


class SiteItem(LabelledEnum):
    PLACE = "place", "有场所"
    EQUIPMENT = "equipment", "有设施"
    SIGNS = "signs", "有标志"
    FLAG = "flag", "有党旗"
    BOOKS = "books", "有书报"
    RULES = "rules", "有制度"
    OATH_ON_WALL = "oath_on_wall", "入党誓词上墙"
    RIGHTS_ON_WALL = "rights_on_wall", "党员权利义务上墙"
    STRUCTURE_ON_WALL = "structure_on_wall", "组织机构上墙"
    DUTIES_ON_WALL = "duties_on_wall", "工作职责上墙"
    RULES_ON_WALL = "rules_on_wall", "工作制度上墙"
    JOINT_SETTING_UP = "joint_setting_up", "组织联建"
    JOINT_MEMBERS = "joint_members", "党员联管"
    JOINT_ACTIVITIES = "joint_activities", "活动联办"
    JOINT_SITES = "joint_sites", "阵地联用"
    JOINT_SERVICES = "joint_services", "服务联动"
    ONE_REGION = "one_region", "区域一体化"


HAVES = (SiteItem.PLACE, SiteItem.EQUIPMENT, SiteItem.SIGNS, SiteItem.FLAG, SiteItem.BOOKS)
ON_WALL = (
    SiteItem.OATH_ON_WALL,
    SiteItem.RIGHTS_ON_WALL,
    SiteItem.STRUCTURE_ON_WALL,
    SiteItem.DUTIES_ON_WALL,
    SiteItem.RULES_ON_WALL,
)
PARK_ITEMS = (
    SiteItem.JOINT_SETTING_UP,
    SiteItem.JOINT_MEMBERS,
    SiteItem.JOINT_ACTIVITIES,
    SiteItem.JOINT_SITES,
    SiteItem.JOINT_SERVICES,
    SiteItem.ONE_REGION,
)
ITEMS_OF: Mapping[CheckList, tuple[SiteItem, ...]] = {
    CheckList.SIX_HAVES: (*HAVES, SiteItem.RULES),
    CheckList.FIVE_AND_FIVE: (*HAVES, *ON_WALL),
    CheckList.PARK_LINKS: PARK_ITEMS,
}
"""The ten standards are not here: the district words them, and their items are numbered from 1."""
PHOTOGRAPHED = frozenset({CheckList.SIX_HAVES, CheckList.FIVE_AND_FIVE})
"""Lists of which no item is met without a picture."""
