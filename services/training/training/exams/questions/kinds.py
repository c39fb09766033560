from kit.edge import LabelledEnum


class QuestionKind(LabelledEnum):
    SINGLE = "single", "单选题"
    MULTIPLE = "multiple", "多选题"
    TRUE_FALSE = "true_false", "判断题"
