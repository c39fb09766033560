from kit.edge import LabelledEnum


class IntegrityKind(LabelledEnum):
    TRUSTWORTHY = "trustworthy", "守信记录"
    DISHONEST = "dishonest", "失信记录"
    STAR = "star", "星级评定"
