from kit.edge import LabelledEnum


class CentreStaffKind(LabelledEnum):
    """Whom a centre has one of each."""

    INSTRUCTOR = "instructor", "党建指导员"
    THEORY_TEACHER = "theory_teacher", "理论教员"
