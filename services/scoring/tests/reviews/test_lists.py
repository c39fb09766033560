"""The lists of a review that was played to its end, as files and as they are read."""

from typing import Any

import pytest

from services.scoring.tests.reviews.conftest import API
from services.scoring.tests.sheets import opened

pytestmark = pytest.mark.anyio
OF_A_REVIEW = ("pledges", "posted-pledges", "reports", "ballots", "surveys", "vetoes", "notices", "resolutions")


async def rows_of(stage: Any, path: str, **params: Any) -> list[dict[str, Any]]:
    answer = await stage.town_officer.http.get(f"{API}{path}/export", params=params)
    assert answer.status_code == 200, answer.text
    return opened(answer.content)[1]


class TestAPlayedReview:
    async def test_exports_all_it_is_made_of(self, stage: Any) -> None:
        """Played once: every list is opened, and each says whom it is about."""
        await stage.open()
        veto = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "ground": "处分", "reason": "处分期内"}
        await stage.town_officer.post("/vetoes", veto, expect=201)
        await stage.until("publicise")
        told = {"review_id": stage.review_id, "subject_id": str(stage.ids[2]), "content": "考勤记录有误"}
        objection = await stage.members[3].post("/objections", told, expect=201)
        await stage.secretary.post(f"/objections/{objection['id']}/decision", {"upheld": False, "reply": "无误"})
        await stage.let_the_notice_run_out()
        await stage.advance("deliberate")
        await stage.resolve()
        await stage.advance("final")

        for path in (*OF_A_REVIEW, "objections"):
            assert await rows_of(stage, f"/{path}", review_id=stage.review_id), path
        of_review = f"/reviews/{stage.review_id}"
        assert len(await rows_of(stage, f"{of_review}/results")) == 7
        assert len(await rows_of(stage, f"{of_review}/subjects")) == 7
        assert len(await rows_of(stage, "/published-stars")) == 7
        assert [row["五星线"] for row in await rows_of(stage, "/cycles")] == [90]
        [review] = await rows_of(stage, "/reviews")
        assert (review["评议年度"], review["所处步骤"], review["评议对象数"]) == ("2026 年度评议", "办结", 7)
        surveyed = await rows_of(stage, "/surveys", review_id=stage.review_id)
        assert len(surveyed) == 5
        assert surveyed[0]["好与较好(%)"] == 26

    async def test_is_exported_to_nobody_who_may_not_see_it(self, stage: Any) -> None:
        await stage.open()

        for path in (*OF_A_REVIEW, "objections"):
            answer = await stage.foreign_secretary.http.get(
                f"{API}/{path}/export", params={"review_id": stage.review_id}
            )
            assert (answer.status_code, answer.json()["code"]) == (404, "review-not-found"), path
        elsewhere = await stage.foreign_secretary.http.get(f"{API}/reviews/{stage.review_id}/results/export")
        early = await stage.members[1].http.get(f"{API}/reviews/{stage.review_id}/results/export")

        assert (elsewhere.status_code, early.json()["code"]) == (404, "results-not-public")


class TestACycle:
    async def test_is_read_as_it_was_written(self, stage: Any) -> None:
        written = {
            "weights": {"attendance": 10, "performance": 50, "ballot": 25, "survey": 15},
            "bands": {"five": "95.00", "four": "80.00", "three": "70.00", "two": "60.00", "floor": "50.00"},
            "grade_values": {"excellent": 100, "qualified": 85, "basic": 60, "unqualified": 0},
        }
        await stage.open(**written)

        [read] = (await stage.secretary.get("/cycles", year=2026))["items"]

        assert {name: read[name] for name in written} == written
        assert (read["organization_name"], read["version"]) == ("第1党组织", 1)


class TestAReview:
    async def test_moves_only_for_who_knows_where_it_stands(self, stage: Any) -> None:
        await stage.open()
        await stage.pledge()
        path, step = f"/reviews/{stage.review_id}/advance", {"to": "practise"}

        assert await stage.secretary.refused(path, step, version=0) == (428, "precondition-required")
        assert await stage.secretary.refused(path, step, version=2) == (412, "stale-version")
        assert await stage.foreign_secretary.refused(path, step, version=2) == (404, "review-not-found")
        assert (await stage.secretary.post(path, step, version=1, expect=201))["version"] == 2
