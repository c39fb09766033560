"""Ways to bend a review that must all be closed: other people's ids, second offices, two at once."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from kit.ids import uuid7
from services.scoring.tests.reviews.conftest import API, NEWBORN, headers_of

pytestmark = pytest.mark.anyio


async def at_once(*calls: tuple[Any, str, dict[str, Any]]) -> list[int]:
    async def one(caller: Any, path: str, body: dict[str, Any]) -> int:
        answer = await caller.http.post(API + path, json=body, headers=headers_of(NEWBORN))
        return int(answer.status_code)

    return await asyncio.gather(*(one(*call) for call in calls))


async def hold_post(stage: Any, member: Any, organization: Any) -> None:
    one = uuid7()
    data = {
        "id": str(one),
        "member_id": str(member),
        "organization_id": str(organization),
        "kind": "secretary",
        "valid_from": "2024-01-01",
        "valid_to": None,
        "is_current_record": True,
    }
    await stage.district.tell("registry.post.changed.v1", one, data)


async def object_to(stage: Any, subject: Any, by: Any) -> str:
    told = {"review_id": stage.review_id, "subject_id": str(subject), "content": "考勤记录有误"}
    return str((await by.post("/objections", told, expect=201))["id"])


class TestIdsOfOthers:
    async def test_in_a_body_answer_like_missing_ones(self, stage: Any) -> None:
        neighbour = await stage.district.member(stage.town)
        await stage.open()
        bodies: dict[str, dict[str, Any]] = {
            "/pledges": {"contents": ["甲", "乙"]},
            "/pledge-exemptions": {"reason": "借调"},
            "/vetoes": {"ground": "处分", "reason": "处分期内"},
        }

        for path, body in bodies.items():
            by = stage.town_officer if path == "/vetoes" else stage.secretary
            told = {"review_id": stage.review_id, **body}
            for subject in (neighbour, uuid4()):
                refused = await by.refused(path, {**told, "subject_id": str(subject)})
                assert refused == (404, "review-subject-not-found")
            told["subject_id"] = str(stage.ids[1])
            assert await stage.foreign_secretary.refused(path, told) in {(404, "review-not-found"), (403, "forbidden")}

    async def test_of_an_organization_elsewhere_open_no_review(self, stage: Any) -> None:
        await stage.open()
        plan = {"cycle_id": stage.cycle_id, "organization_id": str(stage.branch)}

        foreign = await stage.foreign_secretary.refused("/reviews", plan)
        missing = await stage.foreign_secretary.refused("/reviews", {**plan, "organization_id": str(uuid4())})

        assert foreign == missing == (404, "party-organization-not-found")

    async def test_of_a_sheet_elsewhere_prove_no_survey(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")
        told = {
            "review_id": stage.review_id,
            "held_on": "2026-03-01",
        }
        stolen = await stage.sheet(stage.foreign_secretary)

        for sheet in (stolen, str(uuid4())):
            counted = {"subject_id": str(stage.ids[1]), "sheet_file_id": sheet, "good": 3, "asked": 3}
            refused = await stage.secretary.refused("/surveys", {**told, "results": [counted]})
            assert refused == (422, "survey-sheet-not-found")


class TestASurvey:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"held_on": "2026-03-03"}, "survey-day-out-of-range"),
            ({"held_on": "2024-12-31"}, "survey-day-out-of-range"),
            ({"results": [{"good": -1}]}, "invalid-input"),
            ({"results": [{"good": 10**20}]}, "invalid-input"),
            ({"results": [{"good": 1.5}]}, "invalid-input"),
            ({"results": [{"good": 0}]}, "invalid-input"),
            ({"results": [{"good": 8, "poor": 3, "asked": 10}]}, "invalid-input"),
            ({"results": [{"good": 1, "sheet_file_id": None}]}, "invalid-input"),
            ({"results": [{"good": 1}, {"good": 1}]}, "survey-exists"),
        ],
    )
    async def test_takes_no_day_or_count_that_cannot_be(self, stage: Any, changes: dict[str, Any], code: str) -> None:
        await stage.open()
        await stage.until("appraise")
        told = {"review_id": stage.review_id, "held_on": "2026-03-02", "results": [{"good": 3}], **changes}
        proven = {"subject_id": str(stage.ids[1]), "asked": 10}
        told["results"] = [{**proven, "sheet_file_id": await stage.sheet(), **one} for one in told["results"]]

        assert (await stage.secretary.refused("/surveys", told))[1] == code


class TestNobody:
    async def test_decides_on_an_objection_they_filed(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        objection = await object_to(stage, stage.ids[1], stage.secretary)
        rejection = {"upheld": False, "reply": "不成立"}
        place = f"/objections/{objection}/decision"
        other_account = await stage.make_caller(("town_officer", stage.town), person=stage.ids[0])

        assert await stage.secretary.refused(place, rejection) == (403, "own-case")
        assert await other_account.refused(place, rejection) == (403, "own-case")
        await stage.town_officer.post(place, rejection)

    async def test_decides_on_oneself_through_a_second_office(self, stage: Any) -> None:
        await stage.open()
        mine = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "contents": ["甲", "乙"]}
        pledge = (await stage.members[1].post("/pledges", mine))["items"][0]
        second = await stage.make_caller(("town_officer", stage.town), person=stage.ids[1])

        assert await second.refused(f"/pledges/{pledge['id']}/decision", {"approved": True}) == (403, "own-case")

    async def test_decides_on_an_organization_they_serve(self, stage: Any) -> None:
        await stage.open("organization")
        served = await stage.district.member(stage.town)
        await hold_post(stage, served, stage.branch)
        officer = await stage.make_caller(("town_officer", stage.town), person=served)
        mine = {"review_id": stage.review_id, "subject_id": str(stage.branch), "contents": ["甲", "乙"]}
        pledge = (await stage.secretary.post("/pledges", mine))["items"][0]

        assert await officer.refused(f"/pledges/{pledge['id']}/decision", {"approved": True}) == (403, "own-case")
        await stage.town_officer.post(f"/pledges/{pledge['id']}/decision", {"approved": True})


class TestTwoAtOnce:
    async def test_advance_a_review_by_one_step_only(self, stage: Any) -> None:
        await stage.open()
        await stage.pledge()
        call = (stage.secretary, f"/reviews/{stage.review_id}/advance", {"to": "practise"})

        assert sorted(await at_once(call, call, call)) == [201, 412, 412]
        history = (await stage.secretary.get(f"/reviews/{stage.review_id}/history"))["items"]
        assert [one["position"] for one in history] == [1, 2]

    async def test_decide_on_one_objection_once(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        place = f"/objections/{await object_to(stage, stage.ids[5], stage.members[2])}/decision"
        upheld = {"upheld": True, "reply": "属实", "set_aside": ["attendance"]}
        rejected = {"upheld": False, "reply": "不成立"}

        answers = await at_once(
            (stage.secretary, place, upheld), (stage.town_officer, place, rejected), (stage.secretary, place, rejected)
        )

        assert sorted(answers) == [201, 412, 412]
        items = (await stage.secretary.get("/notices", review_id=stage.review_id))["items"]
        rounds = [one["state"] for one in items if one["subject_id"] == str(stage.ids[5])]
        assert rounds in (["running"], ["running", "replaced"])

    async def test_object_to_one_subject_and_stop_its_clock_once(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        told = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "content": "考勤记录有误"}

        answers = await at_once(*((one, "/objections", told) for one in stage.members[2:5]))

        assert answers == [201, 201, 201]
        for objection in (await stage.secretary.get("/objections", review_id=stage.review_id))["items"]:
            rejection = {"upheld": False, "reply": "不成立"}
            await stage.secretary.post(f"/objections/{objection['id']}/decision", rejection)
        items = (await stage.secretary.get("/notices", review_id=stage.review_id))["items"]
        assert {one["ends_on"] for one in items} == {"2026-03-09"}

    async def test_close_no_cycle_over_a_review_that_is_being_reopened(self, stage: Any) -> None:
        await stage.open()
        await stage.until("final")
        async with app_transaction(stage.district.app) as reopening:
            await reopening.execute(text("SELECT FROM reviews FOR UPDATE"))
            await reopening.execute(text("SELECT FROM cycles FOR SHARE"))
            closing = asyncio.create_task(stage.district_officer.refused(f"/cycles/{stage.cycle_id}/closure"))
            await asyncio.sleep(0.5)
            await reopening.execute(text("UPDATE reviews SET state = 'deliberate', finished_on = NULL"))

        assert await closing == (409, "reviews-not-final")

    async def test_reopen_no_review_of_a_cycle_that_is_being_closed(self, stage: Any) -> None:
        await stage.open()
        await stage.until("final")
        reopening, version = {"to": "deliberate", "reason": "再议"}, await stage.version()
        async with app_transaction(stage.district.app) as closing:
            await closing.execute(text("SELECT FROM cycles FOR UPDATE"))
            path = f"/reviews/{stage.review_id}/reopen"
            late = asyncio.create_task(stage.town_officer.refused(path, reopening, version=version))
            await asyncio.sleep(0.5)
            await closing.execute(text("UPDATE cycles SET state = 'closed', closed_at = now(), version = version + 1"))

        assert await late == (409, "cycle-closed")


class TestAReopenedReview:
    async def test_keeps_the_clock_still_where_an_objection_is_open(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        objection = await object_to(stage, stage.ids[1], stage.members[2])
        place = f"/reviews/{stage.review_id}/reopen"
        await stage.town_officer.post(place, {"to": "compare", "reason": "复核排名"}, version=await stage.version())

        await stage.advance("publicise")

        items = (await stage.secretary.get("/notices", review_id=stage.review_id))["items"]
        current = {one["subject_id"]: one["state"] for one in items if one["round"] == 2}
        assert current.pop(str(stage.ids[1])) == "stopped"
        assert set(current.values()) == {"running"}
        await stage.district.clock("2026-03-04T09:00:00")
        await stage.secretary.post(f"/objections/{objection}/decision", {"upheld": False, "reply": "不成立"})
        await stage.district.clock("2026-03-10T09:00:00")
        assert await stage.advance_refused("deliberate") == (409, "step-not-finished")


class TestAGroup:
    async def test_is_reviewed_with_its_branch_only(self, stage: Any) -> None:
        group = await stage.district.organization("party_group", stage.branch, parent_id=str(stage.branch))
        member = await stage.district.member(group)
        await stage.open()
        leader = await stage.make_caller(("branch_secretary", group))

        subjects = (await stage.secretary.get(f"/reviews/{stage.review_id}/subjects"))["items"]
        plan = {"cycle_id": stage.cycle_id, "organization_id": str(group)}

        assert str(member) in {one["subject_id"] for one in subjects}
        assert await leader.refused("/reviews", plan) == (422, "group-has-no-review")


class TestAMeeting:
    async def test_is_not_held_before_the_notice_has_run_out(self, stage: Any) -> None:
        await stage.open()
        await stage.until("deliberate")
        told = {
            "review_id": stage.review_id,
            "held_on": "2026-03-30",
            "present_member_ids": [str(one) for one in stage.ids],
            "sheet_file_id": await stage.sheet(),
            "confirmation": {"votes_for": 5},
        }

        assert await stage.secretary.refused("/resolutions", told) == (422, "meeting-too-early")


class TestAStar:
    async def test_is_not_raised_over_a_standing_veto(self, stage: Any) -> None:
        await stage.open()
        veto = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "ground": "处分", "reason": "处分期内"}
        standing = await stage.town_officer.post("/vetoes", veto)
        await stage.until("final")
        stars = (await stage.secretary.get("/published-stars"))["items"]
        star = next(one["id"] for one in stars if one["subject_id"] == str(stage.ids[1]))
        raised = {"level": 3, "reason": "表现突出", "hearing": "已听取意见"}

        refused = await stage.town_officer.refused(f"/stars/{star}/adjustments", raised, version=1)

        assert refused == (422, "stars-above-veto-cap")
        await stage.town_officer.post(f"/vetoes/{standing['id']}/lifting", {"reason": "处分期满"}, version=1)
        assert (await stage.town_officer.post(f"/stars/{star}/adjustments", raised, version=1))["level"] == 3

    @pytest.mark.parametrize("level", ["99999999999999999999", "-1", "6"])
    async def test_is_not_looked_for_at_a_level_that_cannot_be(self, stage: Any, level: str) -> None:
        assert (await stage.stranger.http.get(f"{API}/stars", params={"level": level})).status_code == 422
