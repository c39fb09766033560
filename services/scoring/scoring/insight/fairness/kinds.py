from kit.edge import LabelledEnum


class FairnessAttribute(LabelledEnum):
    """By what the report compares; `overall` is everybody."""

    OVERALL = "overall", "全体"
    TOWN = "town", "镇街"
    KIND = "kind", "同类组别"
    SIZE = "size", "党组织规模"
