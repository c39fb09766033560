from kit.edge import LabelledEnum


class StarChange(LabelledEnum):
    RISES = "rises", "升星"
    FALLS = "falls", "降星"
    STAYS = "stays", "不变"
