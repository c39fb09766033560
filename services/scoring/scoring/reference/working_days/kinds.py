from kit.edge import LabelledEnum


class WorkingYearState(LabelledEnum):
    CHECKED = "checked", "试运行完成"
    PUBLISHED = "published", "已写入"
    REFUSED = "refused", "有错,未写入"
