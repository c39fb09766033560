from kit.edge import LabelledEnum


class ContestForm(LabelledEnum):
    SHOW_IDENTITY = "show_identity", "亮身份"
    SHOW_PLEDGE = "show_pledge", "亮承诺"
    SHOW_DUTY = "show_duty", "亮职责"
    CONTEST_SKILL = "contest_skill", "比技能"
    CONTEST_CONDUCT = "contest_conduct", "比作风"
    CONTEST_RESULT = "contest_result", "比业绩"
    APPRAISED_BY_SERVED = "appraised_by_served", "服务对象评议"
    APPRAISED_BY_MEMBERS = "appraised_by_members", "党员互评"
    APPRAISED_BY_LEADER = "appraised_by_leader", "领导点评"


class ContestPart(LabelledEnum):
    SHOWS = "shows", "三亮"
    CONTESTS = "contests", "三比"
    APPRAISALS = "appraisals", "三评"


def part_of(form: ContestForm) -> ContestPart:
    word = form.value.partition("_")[0]
    return {"show": ContestPart.SHOWS, "contest": ContestPart.CONTESTS}.get(word, ContestPart.APPRAISALS)
