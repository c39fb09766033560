from kit.edge import LabelledEnum


class ProvisionState(LabelledEnum):
    REPORTED = "reported", "已提供,待确认"
    CONFIRMED = "confirmed", "已确认"


class AidRating(LabelledEnum):
    """What those who were helped said."""

    GOOD = "good", "好"
    FAIRLY_GOOD = "fairly_good", "较好"
    ORDINARY = "ordinary", "一般"
    POOR = "poor", "差"
