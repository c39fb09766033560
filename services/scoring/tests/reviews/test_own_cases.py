"""Nobody decides on or for themselves: every deciding operation that `self_cases.csv` refuses, tried on oneself."""

from typing import Any

import pytest

from services.scoring.tests.reviews.test_superiors_comment import serve
from tests.support.self_cases import refused_in

pytestmark = pytest.mark.anyio
REFUSALS = {"own-branch", "own-case", "own-entry", "own-claim", "own-grade"}


class Oneself:
    """The second member, who is an officer of the town besides; what each operation answered about themselves."""

    def __init__(self, stage: Any, caller: Any) -> None:
        self.stage, self.caller, self.answers = stage, caller, dict[str, tuple[int, str]]()

    @property
    def case(self) -> dict[str, str]:
        return {"review_id": self.stage.review_id, "subject_id": str(self.caller.person)}

    async def tries(self, operation: str, path: str, body: Any = None, *, by: Any = None, version: int = 1) -> None:
        self.answers[operation] = await (by or self.caller).refused(path, body, version=version)

    async def puts(self, operation: str, path: str, body: Any, *, version: int) -> None:
        answer = await self.caller.http.put("/api/v1/scoring" + path, json=body, headers={"If-Match": f'"{version}"'})
        self.answers[operation] = (answer.status_code, answer.json()["code"])

    async def in_the_month(self) -> None:
        stage, person = self.stage, str(self.caller.person)
        claim = {"subject_kind": "member", "subject_id": person, "indicator_code": "M48", "description": "稿件被采用"}
        filed = await self.caller.post("/claims", {**claim, "occurred_on": "2026-02-10"})
        month = {"organization_id": str(stage.branch), "month": "2026-02"}
        opened = await stage.secretary.post("/monthly-evaluations", month)
        path, version = f"/monthly-evaluations/{opened['id']}", opened["version"]
        decision = {"decisions": [{"claim_id": filed["id"], "decision": "confirm"}]}
        await self.puts("decide_claims", f"{path}/decisions", decision, version=version)
        grade = {"grades": [{"member_id": person, "grade": "good"}]}
        await self.puts("grade_members", f"{path}/grades", grade, version=version)
        [entry] = (await self.caller.get("/entries", subject_id=person, limit=1))["items"]
        await self.tries("reverse_entry", f"/entries/{entry['id']}/reversal", {"reason": "更正"})

    async def at_their_post(self) -> None:
        post = {"organization_id": str(self.stage.branch), "kind": "model_post", "name": "一线示范岗"}
        held = {**post, "holder_id": self.case["subject_id"], "set_up_on": "2026-01-05"}
        made = await self.stage.secretary.post("/duty-posts", held)
        whole = {"year": 2026, "meets_standard": True}
        await self.tries("judge_duty_post", f"/duty-posts/{made['id']}/judgement", whole)
        told = {"kind": "saving", "content": "分时用电", "member_id": held["holder_id"], "proposed_on": "2026-01-05"}
        made = await self.caller.post("/suggestions", {**post, **told})
        adopted = {"is_adopted": True, "reply": "采纳"}
        await self.tries("decide_suggestion", f"/suggestions/{made['id']}/decision", adopted)

    async def while_pledging(self) -> None:
        pledged = await self.caller.post("/pledges", {**self.case, "contents": ["甲", "乙"]})
        self.pledge_id = pledged["items"][0]["id"]
        await self.tries("decide_pledge", f"/pledges/{self.pledge_id}/decision", {"approved": True})
        await self.tries("exempt_from_pledges", "/pledge-exemptions", {**self.case, "reason": "借调"})
        veto = {**self.case, "ground": "处分", "reason": "处分期内"}
        await self.tries("record_veto", "/vetoes", veto)
        standing = await self.stage.town_officer.post("/vetoes", veto)
        await self.tries("lift_veto", f"/vetoes/{standing['id']}/lifting", {"reason": "处分期满"})
        await self.stage.town_officer.post(f"/vetoes/{standing['id']}/lifting", {"reason": "处分期满"})
        for one in pledged["items"]:
            await self.stage.secretary.post(f"/pledges/{one['id']}/decision", {"approved": True})

    async def while_reporting(self) -> None:
        await self.tries("rate_pledge", f"/pledges/{self.pledge_id}/rating", {"fulfilment": "fulfilled"}, version=2)
        await self.tries("submit_report", "/reports", {**self.case, "absence_reason": "公出"})
        await self.stage.report()
        place = f"/reports/{self.case['review_id']}/{self.case['subject_id']}/comment"
        await self.tries("comment_report", place, {"comment": "很好"})

    async def after_the_month(self) -> None:
        """They serve in the branch, and act for the town."""
        [opened] = (await self.caller.get("/monthly-evaluations", month="2026-02"))["items"]
        await serve(self.stage, self.caller.person)
        path, version = f"/monthly-evaluations/{opened['id']}", opened["version"]
        claims = (await self.caller.get(path))["claims"]
        decisions = {"decisions": [{"claim_id": one["id"], "decision": "confirm"} for one in claims]}
        decided = await self.stage.secretary.http.put(
            f"/api/v1/scoring{path}/decisions", json=decisions, headers={"If-Match": f'"{version}"'}
        )
        confirmed = await self.stage.secretary.post(
            f"{path}/confirmation", {"ungraded_reason": "本月不评等次"}, version=decided.json()["version"]
        )
        await self.tries(
            "comment_monthly_evaluation", f"{path}/comment", {"comment": "好"}, version=confirmed["version"]
        )

    async def while_appraising(self) -> None:
        sheet = await self.stage.sheet(self.caller)
        count = {"subject_id": self.case["subject_id"], "sheet_file_id": sheet, "asked": 9, "good": 9}
        survey = {"review_id": self.case["review_id"], "held_on": "2026-03-01", "results": [count]}
        await self.tries("record_survey", "/surveys", survey)
        await self.tries("record_survey_absence", "/survey-absences", {**self.case, "reason": "外派"})

    async def while_deciding(self) -> None:
        objected = await self.stage.members[3].post("/objections", {**self.case, "content": "考勤有误"})
        rejection = {"upheld": False, "reply": "不成立"}
        await self.tries("decide_objection", f"/objections/{objected['id']}/decision", rejection)
        await self.stage.town_officer.post(f"/objections/{objected['id']}/decision", rejection)

    async def while_deliberating(self) -> None:
        """The secretary records the meeting; what concerns the secretary waits for a superior who is somebody else."""
        stage = self.stage
        meeting = {"review_id": stage.review_id, "held_on": "2026-03-31", "confirmation": {"votes_for": 5}}
        meeting |= {"present_member_ids": [str(one) for one in stage.ids], "sheet_file_id": await stage.sheet()}
        made = await stage.secretary.post("/resolutions", meeting)
        assert [one["subject_id"] for one in made["decisions"] if one["awaits_superior"]] == [str(stage.ids[0])]
        assert await stage.advance_refused("final") == (409, "step-not-finished")
        second = await stage.make_caller(("town_officer", stage.town), person=stage.ids[0])
        place = f"/resolutions/{made['id']}/confirmation"
        await self.tries("confirm_resolution", place, by=second)
        assert await stage.secretary.refused(place) == (403, "forbidden")
        confirmed = await stage.town_officer.post(place)
        assert {one["is_standing"] for one in confirmed["decisions"]} == {True}
        assert await stage.town_officer.refused(place, version=2) == (409, "nothing-to-confirm")

    async def in_the_end(self) -> None:
        own = await self.own_star()
        raised = {"level": 5, "reason": "表现突出", "hearing": "已听取意见"}
        await self.tries("adjust_star", f"/stars/{own['id']}/adjustments", raised, version=own["version"])
        await self.rewarded(own)
        await self.complained_of(await self.own_star())
        late = [{"member_id": self.case["subject_id"], "attended": True, "hours": "2"}]
        await self.stage.district.meeting(self.stage.branch, [], participants=late, held_on="2025-11-20")
        [withheld] = (await self.caller.get("/withheld-points", subject_id=self.case["subject_id"]))["items"]
        booked = {"decision": "booked", "reason": "漏记"}
        await self.tries("decide_withheld_points", f"/withheld-points/{withheld['id']}/decision", booked)

    async def own_star(self) -> Any:
        stars = (await self.caller.get("/published-stars"))["items"]
        return next(one for one in stars if one["subject_id"] == self.case["subject_id"])

    async def rewarded(self, star: Any) -> None:
        raised = {"level": 3, "reason": "经复核属实", "hearing": "已听取意见"}
        await self.stage.district_officer.post(f"/stars/{star['id']}/adjustments", raised, version=star["version"])
        star = await self.own_star()
        named = {"cycle_id": self.stage.cycle_id, "granted_on": "2026-03-31", "star_ids": [star["id"]]}
        await self.tries("grant_rewards", "/rewards", named)
        await self.stage.district_officer.post("/rewards", named)
        [reward] = (await self.caller.get("/rewards"))["items"]
        await self.tries("void_reward", f"/rewards/{reward['id']}/void", {"reason": "重复"})

    async def complained_of(self, star: Any) -> None:
        told = {"star_id": star["id"], "content": "三次未到", "filed_on": "2026-03-31"}
        made = await self.stage.members[3].post("/complaints", told)
        place, heard = f"/complaints/{made['id']}", {"heard_on": "2026-03-31", "hearing": "已听取"}
        await self.tries("hear_complaint", f"{place}/hearing", heard)
        await self.tries("decide_complaint", f"{place}/decision", {"is_upheld": False, "reason": "不属实"})
        await self.tries("void_complaint", f"{place}/void", {"reason": "录错"})


async def pledge_for_the_others(stage: Any, oneself: Any) -> None:
    for caller in [*stage.members, stage.probationary]:
        if caller.person != oneself:
            mine = {"review_id": stage.review_id, "subject_id": str(caller.person), "contents": ["按时", "带头"]}
            for pledge in (await caller.post("/pledges", mine))["items"]:
                approver = stage.town_officer if caller.person == stage.secretary.person else stage.secretary
                await approver.post(f"/pledges/{pledge['id']}/decision", {"approved": True})


class TestNobody:
    async def test_decides_on_themselves_in_any_operation_that_decides(self, stage: Any) -> None:
        offices = (("town_officer", stage.town), ("branch_secretary", stage.branch), ("member", stage.branch))
        oneself = Oneself(stage, await stage.make_caller(*offices, person=stage.ids[1]))
        await stage.open()

        await oneself.in_the_month()
        await oneself.at_their_post()
        await oneself.after_the_month()
        await oneself.while_pledging()
        await pledge_for_the_others(stage, stage.ids[1])
        await stage.advance("practise")
        await stage.advance("report")
        await oneself.while_reporting()
        await stage.advance("appraise")
        await oneself.while_appraising()
        await stage.appraise()
        await stage.advance("compare")
        await stage.advance("publicise")
        await oneself.while_deciding()
        await stage.let_the_notice_run_out()
        await stage.advance("deliberate")
        await oneself.while_deliberating()
        await stage.advance("final")
        await oneself.in_the_end()

        assert {one: found for one, found in oneself.answers.items() if found[1] not in REFUSALS} == {}
        assert oneself.answers.keys() - {"submit_report"} == refused_in("scoring")

    async def test_speaks_in_anothers_name_without_a_paper_that_gives_way_to_their_own_words(self, stage: Any) -> None:
        await stage.open()
        about = {"review_id": stage.review_id, "subject_id": str(stage.ids[1])}
        pledge, own = {**about, "contents": ["代写甲", "代写乙"]}, {**about, "contents": ["甲", "乙"]}
        assert await stage.secretary.refused("/pledges", pledge) == (403, "paper-required")
        stolen = await stage.sheet(stage.foreign_secretary)
        assert await stage.secretary.refused("/pledges", {**pledge, "paper_file_id": stolen}) == (
            422,
            "paper-not-found",
        )
        paper = {"paper_file_id": await stage.sheet()}
        entered = (await stage.secretary.post("/pledges", {**pledge, **paper}))["items"]
        await stage.secretary.post(f"/pledges/{entered[0]['id']}/decision", {"approved": True})

        await stage.members[1].post("/pledges", own)

        kept = (await stage.members[1].get("/pledges", review_id=stage.review_id, subject_id=str(stage.ids[1])))[
            "items"
        ]
        assert [(one["content"], one["paper_file_id"]) for one in kept] == [("甲", None), ("乙", None)]
        assert len(await stage.district.events("scoring.pledge.returned.v1")) == 2
        assert await stage.secretary.refused("/pledges", {**pledge, **paper, "contents": list("丙丁戊己")}) == (
            409,
            "too-many-pledges",
        )

    async def test_reports_in_anothers_name_without_a_paper(self, stage: Any) -> None:
        await stage.open()
        await stage.until("report")
        told = {"review_id": stage.review_id, "subject_id": str(stage.ids[1])}
        written, paper = {**told, "content": "代写的述职"}, {"paper_file_id": await stage.sheet()}
        assert await stage.secretary.refused("/reports", written) == (403, "paper-required")
        entered = await stage.secretary.post("/reports", {**written, **paper})

        own = await stage.members[1].post("/reports", {**told, "content": "本人的述职"})

        assert (entered["paper_file_name"], own["content"], own["paper_file_id"]) == ("统计表.png", "本人的述职", None)
        assert await stage.secretary.refused("/reports", {**written, **paper}) == (409, "report-exists")


class TestASurvey:
    async def test_has_a_sheet_for_each_subject(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")
        count = {"sheet_file_id": await stage.sheet(), "asked": 9, "good": 9}
        results = [{**count, "subject_id": str(one)} for one in stage.ids[1:3]]
        told = {"review_id": stage.review_id, "held_on": "2026-03-01", "results": results}

        assert await stage.secretary.refused("/surveys", told) == (422, "invalid-input")
        results[1]["sheet_file_id"] = await stage.sheet()
        await stage.secretary.post("/surveys", told, expect=201)


class TestAResolution:
    async def test_is_proven_by_a_signed_sheet(self, stage: Any) -> None:
        await stage.open()
        await stage.until("deliberate")
        meeting = {"review_id": stage.review_id, "held_on": "2026-03-31", "confirmation": {"votes_for": 5}}
        meeting |= {"present_member_ids": [str(one) for one in stage.ids]}

        assert await stage.secretary.refused("/resolutions", meeting) == (422, "invalid-input")
        stolen = await stage.sheet(stage.foreign_secretary)
        refused = await stage.secretary.refused("/resolutions", {**meeting, "sheet_file_id": stolen})
        assert refused == (422, "signed-sheet-not-found")
