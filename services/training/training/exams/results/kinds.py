from kit.edge import LabelledEnum


class ContestKind(LabelledEnum):
    """Of a contest of people (seed 2: 安全知识竞赛、技术练兵)."""

    SAFETY_KNOWLEDGE = "safety_knowledge", "安全知识竞赛"
    SKILL_DRILL = "skill_drill", "技术练兵"
