"""A branch goes through the seven steps on real PostgreSQL; every test is one turn of the story."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio


class TestAReview:
    async def test_is_closed_to_strangers_and_neighbours(self, stage: Any) -> None:
        await stage.open()

        answer = await stage.stranger.http.get(f"/api/v1/scoring/reviews/{stage.review_id}")
        foreign = await stage.foreign_secretary.http.get(f"/api/v1/scoring/reviews/{stage.review_id}")

        assert answer.status_code == 401
        assert (foreign.status_code, foreign.json()["code"]) == (404, "review-not-found")
        assert await stage.advance_refused("practise", by=stage.foreign_secretary) == (404, "review-not-found")
        assert await stage.advance_refused("practise", by=stage.members[1]) == (403, "forbidden")

    async def test_opens_once_with_its_subjects_frozen(self, stage: Any) -> None:
        await stage.open()
        again = {"cycle_id": stage.cycle_id, "organization_id": str(stage.branch)}
        late_comer = await stage.district.member(stage.branch)

        subjects = (await stage.secretary.get(f"/reviews/{stage.review_id}/subjects"))["items"]

        assert await stage.secretary.refused("/reviews", again) == (409, "review-exists")
        assert {one["subject_id"] for one in subjects} == {str(one) for one in stage.everybody}
        assert str(late_comer) not in {one["subject_id"] for one in subjects}
        assert [one["is_graded"] for one in subjects].count(False) == 1

    @pytest.mark.feature("S04")
    async def test_refuses_to_skip_and_says_what_is_missing(self, stage: Any) -> None:
        await stage.open()

        assert await stage.advance_refused("deliberate") == (409, "step-order")
        assert await stage.advance_refused("pledge") == (409, "step-order")
        assert await stage.advance_refused("practise") == (409, "step-not-finished")
        detail = await stage.secretary.get(f"/reviews/{stage.review_id}")
        assert [one["code"] for one in detail["missing"]] == ["pledges-missing"]
        assert detail["permissions"]["may_advance"] is False
        assert detail["permissions"]["may_reopen"] is False
        assert detail["due_at"] == "2026-06-30"

    @pytest.mark.feature("S04")
    @pytest.mark.feature("S03")
    async def test_runs_through_seven_steps_in_time(self, stage: Any) -> None:
        await stage.earn(stage.ids, 1.0)
        await stage.open()
        assert (await stage.secretary.get(f"/cycles/{stage.cycle_id}"))["period_to"] == "2025-12-31"

        await stage.until("deliberate")
        assert await stage.advance_refused("publicise") == (409, "step-order")
        await stage.resolve()
        detail = await stage.advance("final")

        history = (await stage.members[2].get(f"/reviews/{stage.review_id}/history"))["items"]
        assert [one["to_state"] for one in history] == [
            "pledge", "practise", "report", "appraise", "compare", "publicise", "deliberate", "final",
        ]  # fmt: skip
        assert all(one["actor_id"] and one["occurred_on"] and one["output"] for one in history)
        assert (detail["state"], detail["is_late"], detail["finished_on"]) == ("final", False, "2026-03-31")
        stars = (await stage.secretary.get("/published-stars", subject_kind="member"))["items"]
        assert len(stars) == 7
        assert not any(one["is_late"] for one in stars)

    @pytest.mark.feature("S03")
    async def test_finished_after_june_is_flagged_late(self, stage: Any) -> None:
        await stage.open()
        await stage.until("deliberate")
        await stage.resolve()
        await stage.district.clock("2026-07-01T00:30:00")

        detail = await stage.advance("final")

        assert (detail["is_late"], detail["finished_on"]) == (True, "2026-07-01")
        assert all(one["is_late"] for one in (await stage.secretary.get("/published-stars"))["items"])

    async def test_is_reopened_only_by_the_superior_and_leaves_a_record(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        reopening = {"to": "appraise", "reason": "测评程序有误,重新测评"}
        place = f"/reviews/{stage.review_id}/reopen"
        version = await stage.version()
        assert await stage.secretary.refused(place, reopening, version=version) == (403, "only-the-superior")
        later = {**reopening, "to": "deliberate"}
        assert await stage.town_officer.refused(place, later, version=version) == (409, "reopen-refused")
        assert await stage.town_officer.refused(place, reopening, version=version - 1) == (412, "stale-version")

        detail = await stage.town_officer.post(place, reopening, version=version)

        assert detail["state"] == "appraise"
        last = (await stage.secretary.get(f"/reviews/{stage.review_id}/history"))["items"][-1]
        assert (last["kind"], last["from_state"], last["reason"]) == ("reopened", "publicise", reopening["reason"])
        await stage.vote()
        await stage.advance("compare")
        results = (await stage.secretary.get(f"/reviews/{stage.review_id}/results"))["items"]
        assert {one["revision"] for one in results} == {2}
        await stage.advance("publicise")
        notices = (await stage.secretary.get("/notices", review_id=stage.review_id))["items"]
        assert [one["state"] for one in notices].count("running") == 7

    async def test_keeps_the_cycle_open_until_it_is_final(self, stage: Any) -> None:
        await stage.open()
        place = f"/cycles/{stage.cycle_id}/closure"
        assert await stage.town_officer.refused(place) == (403, "forbidden")
        assert await stage.district_officer.refused(place, version=2) == (412, "stale-version")
        assert await stage.district_officer.refused(place) == (409, "reviews-not-final")
        progress = await stage.town_officer.get(f"/cycles/{stage.cycle_id}/progress")
        assert [one["state"] for one in progress["steps"] if one["reviews"]] == ["pledge"]
        await stage.until("final")

        assert (await stage.district_officer.post(place))["state"] == "closed"

        reopening = {"to": "appraise", "reason": "再议"}
        reopened = stage.town_officer.refused(
            f"/reviews/{stage.review_id}/reopen", reopening, version=await stage.version()
        )
        assert await reopened == (409, "cycle-closed")
