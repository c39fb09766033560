from kit.edge import LabelledEnum


class PostKind(LabelledEnum):
    SECRETARY = "secretary", "书记"
    DEPUTY_SECRETARY = "deputy_secretary", "副书记"
    COMMITTEE_MEMBER = "committee_member", "委员"
    ORGANIZATION_OFFICER = "organization_officer", "组织委员"
    PUBLICITY_OFFICER = "publicity_officer", "宣传委员"
    DISCIPLINE_OFFICER = "discipline_officer", "纪检委员"


class AppointmentSource(LabelledEnum):
    """How a secretary or instructor was found (派、选、聘、挑、招)."""

    SENT = "sent", "派"
    ELECTED = "elected", "选"
    ENGAGED = "engaged", "聘"
    PICKED = "picked", "挑"
    RECRUITED = "recruited", "招"


class Background(LabelledEnum):
    """Where somebody comes from who holds a post."""

    OWNER = "owner", "业主(出资人)"
    ASSOCIATION_MEMBER = "association_member", "协会会员"
    EMPLOYEE = "employee", "企业骨干"
    CADRE = "cadre", "机关干部"
    RETIRED_CADRE = "retired_cadre", "退休干部"
    GRADUATE = "graduate", "高校毕业生"
