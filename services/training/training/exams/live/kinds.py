from kit.edge import LabelledEnum


class LiveState(LabelledEnum):
    PLANNED = "planned", "准备中"
    RUNNING = "running", "进行中"
    FINISHED = "finished", "已结束"


class RoundState(LabelledEnum):
    OPEN = "open", "可抢答"
    TAKEN = "taken", "已有人抢到"
    CLOSED = "closed", "已结束"


class BuzzState(LabelledEnum):
    FIRST = "first", "抢到"
    LATE = "late", "晚了"
    RIGHT = "right", "答对"
    WRONG = "wrong", "答错"
