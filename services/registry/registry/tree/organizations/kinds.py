"""The words of the tree (rules.md §1–2)."""

from enum import IntEnum

from kit.edge import LabelledEnum


class OrganizationKind(LabelledEnum):
    DISTRICT_COMMITTEE = "district_committee", "区委"
    WORK_COMMITTEE = "work_committee", "工委"
    COMMITTEE = "committee", "党委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    JOINT_BRANCH = "joint_branch", "联合党支部"
    PROJECT_BRANCH = "project_branch", "项目党支部"
    PARTY_GROUP = "party_group", "党小组"
    PROJECT_GROUP = "project_group", "项目党小组"


class OrganizationLevel(IntEnum):
    DISTRICT = 1
    WORK_COMMITTEE = 2
    TOWN = 3
    PRIMARY = 4
    GROUP = 5


class HostKind(LabelledEnum):
    """What an organisation is built on (工委建在园区、党委建在镇街、支部建在协会)."""

    PARK = "park", "园区"
    TOWN = "town", "镇街"
    ASSOCIATION = "association", "协会"
    INDUSTRY = "industry", "行业"
    OFFICE = "office", "机关"
    ENTERPRISE = "enterprise", "企业"
    CHAMBER = "chamber", "商会"
    MARKET = "market", "专业市场"


class SetUpMode(LabelledEnum):
    SINGLE = "single", "单独组建"
    JOINT = "joint", "联合组建"
    ATTACHED = "attached", "挂靠组建"
    REGIONAL = "regional", "区域联建"
    INDUSTRY = "industry", "行业统建"
    DISPATCHED = "dispatched", "驻派帮建"
    LED = "led", "龙头带建"
    ONE_PLUS_N = "one_plus_n", "1+N"
    ONE_PLUS_X = "one_plus_x", "1+X"


class JointReason(LabelledEnum):
    """Why units share a joint branch: the four of seed 3.7, and a fit size (支部工作条例)."""

    NEIGHBOURING = "neighbouring", "地域相邻"
    LIKE_TRADE = "like_trade", "行业相近"
    RELATED_INDUSTRY = "related_industry", "产业相关"
    LINKED_ASSETS = "linked_assets", "资产相连"
    FIT_SIZE = "fit_size", "规模适当"


class GuidedScope(LabelledEnum):
    """Which units an industry committee guides, wherever they are in the district."""

    MICRO_ENTERPRISE = "micro_enterprise", "微型企业"
    INDIVIDUAL_BUSINESS = "individual_business", "个体工商户"


CARRYING_HOSTS = (HostKind.ASSOCIATION, HostKind.CHAMBER, HostKind.MARKET)
PRIMARY_KINDS = (OrganizationKind.BRANCH, OrganizationKind.JOINT_BRANCH, OrganizationKind.PROJECT_BRANCH)
GROUP_KINDS = (OrganizationKind.PARTY_GROUP, OrganizationKind.PROJECT_GROUP)
