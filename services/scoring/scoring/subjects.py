"""Who can earn points: a Party member, or a Party organisation."""

from kit.edge import LabelledEnum


class SubjectKind(LabelledEnum):
    MEMBER = "member", "党员"
    ORGANIZATION = "organization", "党组织"
