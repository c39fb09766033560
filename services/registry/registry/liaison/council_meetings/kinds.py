from kit.edge import LabelledEnum


class CouncilBody(LabelledEnum):
    """The seven bodies of the joint council (联席会议), by the names they have today."""

    ORGANIZATION_DEPARTMENT = "organization_department", "组织部"
    COMMERCE_FEDERATION = "commerce_federation", "工商联"
    CIVIL_AFFAIRS = "civil_affairs", "民政局"
    MARKET_REGULATION = "market_regulation", "市场监管局"
    TRADE_UNIONS = "trade_unions", "总工会"
    YOUTH_LEAGUE = "youth_league", "团委"
    WOMEN_FEDERATION = "women_federation", "妇联"
