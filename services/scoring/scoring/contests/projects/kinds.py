from kit.edge import LabelledEnum


class ProjectKind(LabelledEnum):
    BREAKTHROUGH = "breakthrough", "攻关项目"
    IMPROVEMENT = "improvement", "技改项目"
    SECRETARY = "secretary", "书记项目"
    PARTY_BUILDING = "party_building", "党建项目"


class ProjectState(LabelledEnum):
    OFFERED = "offered", "待认领"
    UNDER_WAY = "under_way", "进行中"
    CLOSED = "closed", "已办结"


TECHNICAL = frozenset({ProjectKind.BREAKTHROUGH, ProjectKind.IMPROVEMENT})
