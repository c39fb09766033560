"""A month in a branch; then a year's review of a town's branches and one of a branch's members."""

from datetime import date
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit
from uuid import UUID

from scoring.reference.working_days.workbooks import TEMPLATE
from scoring.subjects import SubjectKind
from services.scoring.tests.reviews.conftest import Caller, Stage, set_stage
from services.scoring.tests.reviews.test_honours import Town
from sheets import write_rows
from tests.contracts.plays import scoring_insight
from tests.contracts.plays.playing import Player
from tests.contracts.plays.scoring_contests import keep_contests, keep_the_upper_table
from tests.support.pictures import picture

ASKED = frozenset({"fetch_file", "list_duty_post_proposals", *scoring_insight.ASKED})
SHARE = 0.6
RAISED = {"level": 1, "reason": "整改到位,经复核属实", "hearing": "已听取支部书记陈述"}


async def play(player: Player) -> None:
    player.values = {"year": "2025", "day": "2025-04-30"}
    await set_the_rules(player)
    await keep_a_month(player)
    await keep_contests(player)
    await keep_the_upper_table(player)
    await keep_files(player)
    await excuse(player)
    stage = await set_stage(player.world.home, caller_of(player))
    await review_branches(player, stage)
    await stage.district.clock("2026-03-02T09:00:00")
    await stage.earn(stage.ids, SHARE)
    await review_members(player, stage)
    await scoring_insight.play(player)
    await correct_the_closed_year(player, stage)


async def set_the_rules(player: Player) -> None:
    await player.play("set_policy", {"name": "claim_grace_days", "value": 20, "effective_from": "2026-01-01"})
    await player.play("set_working_day", {"is_working": False, "note": "全区防汛值守"})
    arranged = {"exceptions": [{"day": "2027-01-01", "is_working": False, "note": "元旦"}]}
    await player.play("set_working_year", arranged, year="2027")
    worked = write_rows(TEMPLATE.title, TEMPLATE.headings, [(date(2028, 1, 3), "否", "元旦")])
    await player.play("import_working_year", sent={"files": {"file": ("2028.xlsx", worked)}}, year="2028")
    shipped = (await player.play("list_catalogues", subject_kind="member"))["items"][0]
    plan = {"subject_kind": "member", "name": "本区 2027 年党员积分指标", "from_year": 2027, "required_count": 1}
    draft = await player.play("draft_catalogue", {**plan, "copy_of": shipped["id"]})
    player.keep("catalogue_id", draft)
    first = {name: value for name, value in draft["indicators"][0].items() if name not in {"annual_cap", "position"}}
    await player.play("replace_indicators", {"indicators": [first]})
    await player.play("publish_catalogue")


async def keep_a_month(player: Player) -> None:
    secretary, member = {"by": "branch_secretary"}, player.id("member_id")
    done = {"practised_on": "2025-04-01", "kind": "visit", "content": "走访三户职工家庭"}
    written = await player.play("write_diary_entry", done)
    await player.play("correct_diary_entry", {"content": "走访四户职工家庭"}, entry_id=written["id"])
    article = {"subject_kind": "member", "subject_id": member, "indicator_code": "M48", "occurred_on": "2025-03-20"}
    claim = await player.play("file_claim", {**article, "description": "宣传稿件被采用"}, by="member")
    await player.play("withdraw_claim", by="member", claim_id=claim["id"])
    decision = {"claim_id": player.id("claim_id"), "decision": "confirm"}
    await player.play("decide_claims", {"decisions": [decision]}, **secretary)
    await player.play("grade_members", {"grades": [{"member_id": member, "grade": "good"}]}, **secretary)
    await player.play("extend_monthly_evaluation", {"due_on": "2025-04-20", "reason": "支部搬迁"}, by="town_officer")
    await player.play("confirm_monthly_evaluation", {}, **secretary)
    await player.play("comment_monthly_evaluation", {"comment": "评价及时、实事求是"}, by="town_officer")
    await player.play("reopen_monthly_evaluation", {"reason": "把两个月的记录弄混了"}, by="town_officer")
    await player.play("reverse_entry", {"reason": "考勤登记有误"}, by="town_officer")


async def keep_files(player: Player) -> None:
    sent = {"files": {"file": ("照片.png", picture())}}
    player.keep("file_id", await player.play("upload_file", by="member", sent=sent))
    link = urlsplit((await player.play("lend_file"))["href"])
    folder, name = unquote(link.path).split("/")[-2:]
    await player.play("fetch_file", folder=folder, name=name, **dict(parse_qsl(link.query)))


async def excuse(player: Player) -> None:
    absent = {"review_id": player.id("review_id"), "subject_id": player.id("member_id", "colleague")}
    await player.play("exempt_from_pledges", {**absent, "reason": "借调外单位"}, by="town_officer")


def caller_of(player: Player) -> Any:
    async def caller(*grants: tuple[str, UUID], person: UUID | None = None) -> Caller:
        token = player.world.issue_token(grants=grants, person=person) if grants else None
        return Caller(await player.signed_in(token), person)

    return caller


async def review_members(player: Player, stage: Stage) -> None:
    cycle, subject = player.id("cycle_id"), str(stage.ids[1])
    plan = {"cycle_id": cycle, "organization_id": str(stage.branch)}
    stage.cycle_id, stage.review_id = cycle, str((await stage.secretary.post("/reviews", plan))["id"])
    for kind, one in (("review_id", stage.review_id), ("subject_id", subject)):
        player.world.put(kind, "branch", one)
    await veto_and_lift(stage)
    await stage.pledge()
    await stage.advance("practise")
    await stage.advance("report")
    await stage.report()
    await rate_and_comment(player, stage, subject)
    await stage.advance("appraise")
    first = player.world.put("ballot_id", "branch", await stage.vote())
    again = {"reason": "有人代他人投票,经查属实"}
    await stage.town_officer.post(f"/ballots/{first}/reopening", again, version=2)
    await stage.appraise()
    for step in ("compare", "publicise"):
        await stage.advance(step)
    await go_back_once(player, stage)
    player.world.put("objection_id", "branch", await object_to(stage, subject))
    await stage.let_the_notice_run_out()
    await stage.advance("deliberate")
    await stage.resolve()
    player.keep("resolution_id", (await stage.secretary.get("/resolutions", review_id=stage.review_id))["items"][0])
    await stage.advance("final")
    await complain(player, stage, subject)


async def complain(player: Player, stage: Stage, subject: str) -> None:
    """A colleague tells, the branch hears, the town decides; another one was a mistake."""
    [star] = (await stage.town_officer.get("/published-stars", subject_id=subject))["items"]
    told = {"star_id": star["id"], "content": "承诺上门服务,三次未到", "filed_on": "2026-03-31"}
    made = await stage.members[3].post("/complaints", told)
    player.world.put("complaint_id", "branch", made["id"])
    heard = {"heard_on": "2026-03-31", "hearing": "本人说明当日因公外出"}
    await stage.secretary.post(f"/complaints/{made['id']}/hearing", heard)
    upheld = {"is_upheld": True, "reason": "多名群众反映,经查属实"}
    await stage.town_officer.post(f"/complaints/{made['id']}/decision", upheld, version=2)
    [star] = (await stage.town_officer.get("/published-stars", subject_id=subject))["items"]
    wrong = await stage.members[3].post("/complaints", {**told, "star_id": star["id"]})
    await stage.town_officer.post(f"/complaints/{wrong['id']}/void", {"reason": "与另一件重复"})


async def veto_and_lift(stage: Stage) -> None:
    told = {"review_id": stage.review_id, "subject_id": str(stage.ids[4]), "ground": "处分", "reason": "处分期内"}
    veto = await stage.town_officer.post("/vetoes", told)
    await stage.town_officer.post(f"/vetoes/{veto['id']}/lifting", {"reason": "处分期满"})


async def rate_and_comment(player: Player, stage: Stage, subject: str) -> None:
    pledges = (await stage.secretary.get("/pledges", review_id=stage.review_id))["items"]
    pledge = next(one for one in pledges if one["subject_id"] == subject)
    rating = {"fulfilment": "fulfilled", "comment": "按时完成"}
    await stage.secretary.post(f"/pledges/{pledge['id']}/rating", rating, version=pledge["version"])
    place = f"/reports/{stage.review_id}/{subject}/comment"
    await stage.secretary.post(place, {"comment": "述职实事求是,群众认可"})


async def go_back_once(player: Player, stage: Stage) -> None:
    back = {"reason": "公示名单有误", "to": "compare"}
    await stage.town_officer.post(f"/reviews/{stage.review_id}/reopen", back, version=await stage.version())
    await stage.advance("publicise")


async def object_to(stage: Stage, subject: str) -> str:
    told = {"review_id": stage.review_id, "subject_id": subject, "content": "考勤少记一次"}
    objection = await stage.members[2].post("/objections", told)
    objection_id: str = objection["id"]
    await stage.secretary.post(f"/objections/{objection_id}/decision", {"upheld": False, "reply": "经核对无误"})
    return objection_id


async def correct_the_closed_year(player: Player, stage: Stage) -> None:
    late = [{"member_id": str(stage.ids[1]), "attended": True, "hours": "2"}]
    await stage.district.meeting(stage.branch, [], participants=late, held_on="2025-11-20")
    [withheld] = (await stage.town_officer.get("/withheld-points", subject_id=str(stage.ids[1])))["items"]
    player.keep("withheld_id", withheld)
    booked = {"decision": "booked", "reason": "审计发现漏记"}
    await stage.town_officer.post(f"/withheld-points/{withheld['id']}/decision", booked)


async def review_branches(player: Player, stage: Stage) -> None:
    town = Town(stage)
    await town.assemble()
    await stage.earn([town.branches[0]], 1.0, SubjectKind.ORGANIZATION)
    await stage.open("organization", only_single=True, star_model="dimensions")
    await town.judge()
    await player.play("close_cycle", cycle_id=stage.cycle_id)
    stars = (await stage.stranger.get("/stars"))["items"]
    star = next(one for one in stars if one["subject_id"] == str(town.branches[1]))
    await stage.district_officer.post(f"/stars/{star['id']}/adjustments", RAISED, version=star["version"])
    await reward(player, stage)


async def reward(player: Player, stage: Stage) -> None:
    """Whoever is named is rewarded; one was not to be, and is given again."""
    grant = {"cycle_id": stage.cycle_id, "granted_on": "2026-03-31"}
    await player.play("grant_rewards", grant, by="district_officer")
    [given] = (await stage.district_officer.get("/rewards"))["items"]
    player.keep("reward_id", given)
    await player.play("read_reward_statement", by="district_officer", cycle_id=stage.cycle_id)
    await player.play("void_reward", {"reason": "金额登记有误"}, by="district_officer")
    await player.play("grant_rewards", grant, by="district_officer")
