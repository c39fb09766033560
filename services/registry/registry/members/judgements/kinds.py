from kit.edge import LabelledEnum


class JudgementKind(LabelledEnum):
    """What is judged once its period is over."""

    TRANSFER_YEAR = "transfer_year", "年度组织关系转接"
    INTEGRITY_QUARTER = "integrity_quarter", "季度诚信卡"
    PROFILE_YEAR = "profile_year", "年度党员信息"
    DEVELOPMENT_YEAR = "development_year", "年度发展党员"
    FORM_YEAR = "form_year", "年度设置形式与班子"
    LEADERSHIP_YEAR = "leadership_year", "年度换届、书记与交叉任职"
    DUES_MONTH = "dues_month", "月度党费"
    DUES_QUARTER = "dues_quarter", "季度党费"
    CIRCLE_QUARTER = "circle_quarter", "季度活动圈参与"
    ARCHIVE_QUARTER = "archive_quarter", "季度档案"
