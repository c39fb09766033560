"""Notice, objections, resolution and honours."""

from decimal import Decimal
from typing import Any

import pytest

pytestmark = pytest.mark.anyio


async def object_to(stage: Any, subject: Any, by: Any) -> str:
    told = {"review_id": stage.review_id, "subject_id": str(subject), "content": "考勤记录有误"}
    return str((await by.post("/objections", told, expect=201))["id"])


async def notices(stage: Any, subject: Any) -> list[tuple[int, str, str | None]]:
    items = (await stage.secretary.get("/notices", review_id=stage.review_id))["items"]
    return [(one["round"], one["state"], one["ends_on"]) for one in items if one["subject_id"] == str(subject)]


class TestANotice:
    @pytest.mark.feature("S30", "X01")
    async def test_runs_five_working_days_before_the_review_moves_on(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        assert await notices(stage, stage.ids[0]) == [(1, "running", "2026-03-09")]
        await stage.district.clock("2026-03-09T23:00:00")
        assert await stage.advance_refused("deliberate") == (409, "step-not-finished")

        await stage.district.clock("2026-03-10T00:10:00")

        assert (await stage.advance("deliberate"))["state"] == "deliberate"


class TestAnObjection:
    @pytest.mark.feature("S30", "X01")
    async def test_rejected_lets_the_stopped_clock_run_on(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        await stage.district.clock("2026-03-04T09:00:00")
        objection = await object_to(stage, stage.ids[1], stage.members[2])
        assert await notices(stage, stage.ids[1]) == [(1, "stopped", None)]
        await stage.district.clock("2026-03-20T09:00:00")
        assert await stage.advance_refused("deliberate") == (409, "step-not-finished")
        rejection = {"upheld": False, "reply": "经查考勤无误"}
        place = f"/objections/{objection}/decision"
        assert await stage.members[2].refused(place, rejection) == (403, "forbidden")

        await stage.secretary.post(place, rejection)

        assert await notices(stage, stage.ids[1]) == [(1, "running", "2026-03-26")]
        assert await stage.secretary.refused(place, rejection, version=2) == (409, "objection-already-decided")

    @pytest.mark.feature("S30", "X01")
    async def test_upheld_rates_the_subject_again_and_restarts_its_notice(self, stage: Any) -> None:
        await stage.earn(stage.ids[5:], 0.5)
        await stage.open()
        await stage.until("publicise")
        before = {one: await stage.result(one) for one in stage.ids}
        await stage.earn(stage.ids[5:], 1.0)
        objection = await object_to(stage, stage.ids[5], stage.members[5])
        await stage.district.clock("2026-03-05T09:00:00")

        await stage.secretary.post(
            f"/objections/{objection}/decision", {"upheld": True, "reply": "漏计属实", "parts": ["performance"]}
        )

        after = await stage.result(stage.ids[5])
        assert (after["revision"], after["performance"], after["entries_sum"]) == (2, "100.00", "100.00")
        assert after["explanation"]["cause"] == f"objection:{objection}"
        assert after["ballot"] == before[stage.ids[5]]["ballot"]
        assert (await stage.result(stage.ids[4]))["composite"] == before[stage.ids[4]]["composite"]
        assert await notices(stage, stage.ids[5]) == [(2, "running", "2026-03-12"), (1, "replaced", "2026-03-05")]
        await stage.district.clock("2026-03-10T09:00:00")
        assert await stage.advance_refused("deliberate") == (409, "step-not-finished")
        await stage.district.clock("2026-03-13T09:00:00")
        await stage.advance("deliberate")

    async def test_upheld_with_a_part_set_aside_does_not_count_it(self, stage: Any) -> None:
        """该项不计: the survey's weight of 20 goes to the other parts, and the survey is gone from the explanation."""
        await stage.open()
        await stage.until("publicise")
        before = await stage.result(stage.ids[1])
        objection = await object_to(stage, stage.ids[1], stage.members[2])
        place = f"/objections/{objection}/decision"
        both = {"upheld": True, "reply": "该项不计", "parts": ["survey"], "set_aside": ["survey"]}
        assert await stage.secretary.refused(place, both) == (422, "invalid-input")
        read_again = {"upheld": True, "reply": "该项不计", "parts": ["survey"]}
        assert await stage.secretary.refused(place, read_again) == (409, "objection-changes-nothing")
        refused = await stage.result(stage.ids[1])
        assert "公示因异议暂停" in refused["paragraph"]
        about_the_notice = {name: before[name] for name in ("paragraph", "objecting")}
        assert {**refused, **about_the_notice} == before
        assert await notices(stage, stage.ids[1]) == [(1, "stopped", None)]

        await stage.secretary.post(place, {"upheld": True, "reply": "该项不计", "set_aside": ["survey"]})

        after = await stage.result(stage.ids[1])
        parts = after["explanation"]["parts"]
        assert (before["survey"] is None, after["survey"], parts["survey"]["weight_used"]) == (False, None, None)
        assert parts["survey"]["counts"] == [0, 0, 0, 0]
        assert (after["ballot"], after["attendance"]) == (before["ballot"], before["attendance"])
        assert sum(Decimal(one["weight_used"] or 0) for one in parts.values()) == 100

    async def test_is_not_decided_by_the_one_it_is_about_nor_filed_too_late(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        own = await object_to(stage, stage.ids[0], stage.members[2])
        rejection = {"upheld": False, "reply": "不成立"}
        assert await stage.secretary.refused(f"/objections/{own}/decision", rejection) == (403, "own-case")
        assert await stage.secretary.refused(f"/objections/{own}/decision", {"upheld": True, "reply": "成立"}) == (
            422,
            "invalid-input",
        )
        await stage.town_officer.post(f"/objections/{own}/decision", rejection)

        await stage.district.clock("2026-03-31T09:00:00")

        late = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "content": "迟来的异议"}
        assert await stage.members[3].refused("/objections", late) == (409, "notice-over")


class TestAVetoedMember:
    async def test_is_published_with_a_reason_that_names_the_veto(self, stage: Any) -> None:
        await stage.open()
        veto = {"review_id": stage.review_id, "subject_id": str(stage.ids[3]), "ground": "处分", "reason": "处分期内"}
        await stage.town_officer.post("/vetoes", veto, expect=201)
        await stage.until("final")

        reasons = {
            one: (await stage.secretary.get(f"/star-history/{one}"))["items"][0]["reason"] for one in stage.ids[2:4]
        }

        assert reasons == {
            stage.ids[2]: "按综合得分评定,审议通过",
            stage.ids[3]: "有一票否决事项(最高 2 星),按得分不评星,不超过此限;按综合得分评定,审议通过",
        }


class TestAResolution:
    async def test_needs_a_quorum_a_majority_and_a_reason(self, stage: Any) -> None:
        await stage.open()
        await stage.until("deliberate")
        meeting = {
            "review_id": stage.review_id,
            "held_on": "2026-03-31",
            "present_member_ids": [str(one) for one in stage.ids],
            "sheet_file_id": await stage.sheet(),
            "confirmation": {"votes_for": 5},
        }

        async def refused(**changes: Any) -> tuple[int, str]:
            answer: tuple[int, str] = await stage.secretary.refused("/resolutions", {**meeting, **changes})
            return answer

        assert await refused(present_member_ids=meeting["present_member_ids"][:2]) == (409, "no-quorum")
        assert await refused(present_member_ids=[str(stage.probationer)]) == (422, "not-of-the-deliberating-body")
        assert await refused(confirmation={"votes_for": 6}) == (422, "too-many-votes")
        assert await refused(held_on="2026-04-01") == (422, "meeting-in-the-future")
        raised = {"subject_id": str(stage.ids[2]), "stars": 5, "votes_for": 5}
        assert await refused(adjustments=[raised]) == (422, "adjustment-reason-required")

        split = await stage.resolve([{**raised, "votes_for": 2, "votes_against": 3, "reason": "事迹突出"}])

        undecided = [one for one in split["decisions"] if not one["is_passed"]]
        assert [one["subject_id"] for one in undecided] == [str(stage.ids[2])]
        assert await stage.advance_refused("final") == (409, "step-not-finished")
        await stage.resolve([{**raised, "reason": "抢险救灾事迹突出"}])
        await stage.advance("final")
        history = (await stage.secretary.get(f"/star-history/{stage.ids[2]}"))["items"]
        assert [(one["level"], one["reason"]) for one in history] == [(5, "抢险救灾事迹突出")]
