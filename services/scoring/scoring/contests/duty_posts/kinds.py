from kit.edge import LabelledEnum


class DutyPostKind(LabelledEnum):
    MODEL_POST = "model_post", "示范岗"
    MODEL_SHOP = "model_shop", "示范门店"
    MODEL_WINDOW = "model_window", "示范窗口"
    MODEL_VEHICLE = "model_vehicle", "示范车"
    FOUR_GOOD = "four_good", "“四好”示范岗"
    RESPONSIBILITY_AREA = "responsibility_area", "责任区"
    PIONEER_POST = "pioneer_post", "先锋岗"
    BREAKTHROUGH = "breakthrough", "攻关项目岗"
