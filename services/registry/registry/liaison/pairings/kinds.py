from kit.edge import LabelledEnum


class PairingKind(LabelledEnum):
    DEMONSTRATION = "demonstration", "示范点帮扶"
    VILLAGE = "village", "村企联建"
    MUTUAL = "mutual", "企业结对互助"


class PartnerKind(LabelledEnum):
    ORGANIZATION = "organization", "非示范点党组织"
    UNIT = "unit", "未建党组织的单位"
