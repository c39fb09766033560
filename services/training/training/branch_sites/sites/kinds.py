"""The words of a branch's place on the net, with their Chinese labels (seed 3.3)."""

from kit.edge import LabelledEnum


class SiteState(LabelledEnum):
    APPLIED = "applied", "已申请"
    NURTURED = "nurtured", "后台培育"
    ONLINE = "online", "已上线"
    WITHDRAWN = "withdrawn", "已撤到后台"


class MustHave(LabelledEnum):
    """一票否决: a site without any one of them does not go on line."""

    WEBMASTER = "webmaster", "有网管员"
    COLUMNS = "columns", "栏目齐全"
    CONTENT = "content", "内容健康、已有首批内容"
    MEMBERS = "members", "党员实名注册"
    RULES = "rules", "管理制度健全"


class WithdrawalReason(LabelledEnum):
    STALE = "stale", "长期不更新"
    LAST_PLACE = "last_place", "末位淘汰"
    FAILED_CHECK = "failed_check", "检查不合格"


class ColumnKind(LabelledEnum):
    STUDY = "study", "学习"
    TALK = "talk", "交流"
    INFORMATION = "information", "资讯"
    LEISURE = "leisure", "生活"


class PostState(LabelledEnum):
    PENDING = "pending", "待审核"
    SHOWN = "shown", "已显示"
    HIDDEN = "hidden", "已屏蔽"


class SiteOffice(LabelledEnum):
    WEBMASTER = "webmaster", "网管员"
    MODERATOR = "moderator", "版主"
