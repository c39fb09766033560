from kit.edge import LabelledEnum


class FairnessAttribute(LabelledEnum):
    """By what the report compares; `overall` is everybody."""

    OVERALL = "overall", "全体"
    TOWN = "town", "镇街(行业)"
    KIND = "kind", "同类组别"
    SIZE = "size", "党组织规模"


PEER_KINDS = {
    "member": "党员",
    "committee": "党委",
    "general_branch": "党总支",
    "branch": "党支部",
    "joint_branch": "联合党支部",
    "project_branch": "项目党支部",
    "work_committee": "工委",
    "district_committee": "区委",
}
"""What the groups of peers are called in a report."""
