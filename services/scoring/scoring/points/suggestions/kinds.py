from kit.edge import LabelledEnum


class SuggestionKind(LabelledEnum):
    ADVICE = "advice", "献计献策"
    SAVING = "saving", "节能降耗"


class SuggestionState(LabelledEnum):
    PROPOSED = "proposed", "待答复"
    ADOPTED = "adopted", "已采纳"
    DECLINED = "declined", "未采纳"
