"""What members, the branch and the superior may do on the way to a star, and what they may not."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio


class TestAPledge:
    async def test_is_approved_by_the_branch_but_not_by_oneself(self, stage: Any) -> None:
        await stage.open()
        own = {"review_id": stage.review_id, "subject_id": str(stage.ids[0]), "contents": ["甲", "乙"]}
        other = {**own, "subject_id": str(stage.ids[1])}
        pledge = (await stage.secretary.post("/pledges", own))["items"][0]

        assert await stage.members[2].refused("/pledges", other) == (403, "not-your-review")
        place = f"/pledges/{pledge['id']}/decision"
        assert await stage.members[2].refused(place, {"approved": True}) == (403, "forbidden")
        assert await stage.secretary.refused(place, {"approved": True}) == (403, "own-case")
        assert (await stage.town_officer.post(place, {"approved": True}))["state"] == "approved"
        assert await stage.town_officer.refused(place, {"approved": True}, version=0) == (428, "precondition-required")
        assert await stage.town_officer.refused(place, {"approved": True}) == (412, "stale-version")
        assert await stage.town_officer.refused(place, {"approved": True}, version=2) == (409, "pledge-already-decided")

    async def test_is_posted_only_when_approved_and_rated_later(self, stage: Any) -> None:
        await stage.open()
        mine = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "contents": ["甲", "乙"]}
        first, second = (await stage.members[1].post("/pledges", mine))["items"]
        await stage.secretary.post(f"/pledges/{first['id']}/decision", {"approved": True})

        board = (await stage.members[3].get("/posted-pledges", review_id=stage.review_id))["items"]
        seen = (await stage.members[3].get("/pledges", review_id=stage.review_id))["items"]

        assert [one["id"] for one in board] == [first["id"]]
        assert [one["id"] for one in seen] == [first["id"]]
        assert len((await stage.members[1].get("/pledges", review_id=stage.review_id))["items"]) == 2
        rating = {"fulfilment": "fulfilled"}
        assert await stage.secretary.refused(f"/pledges/{first['id']}/rating", rating) == (409, "wrong-step")
        await stage.secretary.post(f"/pledges/{second['id']}/decision", {"approved": False, "comment": "过于笼统"})
        await stage.members[1].post("/pledges", {**mine, "contents": ["丙"]})
        assert await stage.members[1].refused("/pledges", {**mine, "contents": list("一二三四")}) == (
            409,
            "too-many-pledges",
        )

    async def test_is_rated_while_the_year_is_practised(self, stage: Any) -> None:
        await stage.open()
        await stage.until("practise")
        pledge = (await stage.secretary.get("/pledges", review_id=stage.review_id))["items"]
        other = next(one for one in pledge if one["subject_id"] == str(stage.ids[3]))

        rated = await stage.secretary.post(f"/pledges/{other['id']}/rating", {"fulfilment": "fulfilled"}, version=2)

        assert rated["fulfilment"] == "fulfilled"
        told = (await stage.district.events("scoring.pledge.rated.v1"))[-1]
        assert (told["is_fulfilled"], told["subject_kind"]) == (True, "member")


class TestASurvey:
    @pytest.mark.feature("S25")
    async def test_of_100_answers_gives_26_62_and_12_percent_with_its_sheet(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")

        survey = await stage.survey(stage.ids[1:2])

        shown = survey["results"][0]
        shares = [shown[name] for name in ("favourable_share", "ordinary_share", "poor_share")]
        assert shares == ["26.00", "62.00", "12.00"]
        again = {"review_id": stage.review_id, "held_on": "2026-03-01"}
        counted = {"subject_id": str(stage.ids[1]), "good": 3, "asked": 3}
        unproven = {**again, "results": [{**counted, "sheet_file_id": str(stage.branch)}]}
        assert await stage.secretary.refused("/surveys", unproven) == (422, "survey-sheet-not-found")
        twice = {**again, "results": [{**counted, "sheet_file_id": shown["sheet_file_id"]}]}
        assert await stage.secretary.refused("/surveys", twice) == (409, "survey-exists")


class TestAVeto:
    async def test_is_recorded_by_the_superior_and_caps_the_star(self, stage: Any) -> None:
        await stage.earn(stage.ids, 1.0)
        await stage.open()
        await stage.until("appraise")
        veto = {
            "review_id": stage.review_id,
            "subject_id": str(stage.ids[1]),
            "ground": "弄虚作假",
            "reason": "申报材料造假,已查实",
        }
        assert await stage.secretary.refused("/vetoes", veto) == (403, "only-the-superior")
        await stage.town_officer.post("/vetoes", veto, expect=201)
        await stage.appraise()
        await stage.advance("compare")

        vetoed = await stage.result(stage.ids[1])

        assert (vetoed["proposed_stars"], vetoed["explanation"]["stars_before_veto"]) == (2, 5)
        assert await stage.town_officer.refused("/vetoes", veto) == (409, "wrong-step")


class TestAResult:
    @pytest.mark.feature("S06")
    async def test_is_explained_down_to_the_ledger_with_missing_parts_left_out(self, stage: Any) -> None:
        await stage.earn(stage.ids[:5], 1.0)
        await stage.earn(stage.ids[5:], 0.5)
        await stage.open()
        await stage.until("compare")

        full, absent = await stage.result(stage.ids[0]), await stage.result(stage.ids[5])

        assert full["entries_sum"] == full["explanation"]["parts"]["performance"]["points"] == "100.00"
        assert full["attendance"] == "100.00"
        assert absent["survey"] is None
        used = {name: part["weight_used"] for name, part in absent["explanation"]["parts"].items()}
        assert used == {"attendance": "23.53", "performance": "47.06", "ballot": "29.41", "survey": None}
        assert absent["attendance"] == "25.00"
        probationer = await stage.result(stage.probationer)
        assert (probationer["ballot"], probationer["survey"]) == (None, None)
        assert full["peers"] == 7

    async def test_is_seen_by_members_only_from_the_notice_on(self, stage: Any) -> None:
        await stage.open()
        await stage.until("compare")
        place = f"/api/v1/scoring/reviews/{stage.review_id}/results"
        assert (await stage.members[2].http.get(place)).json()["code"] == "results-not-public"

        await stage.advance("publicise")

        assert len((await stage.members[2].get(f"/reviews/{stage.review_id}/results"))["items"]) == 7

    async def test_does_not_change_with_points_that_come_after_the_freeze(self, stage: Any) -> None:
        await stage.earn(stage.ids[:1], 0.5)
        await stage.open()
        await stage.until("compare")
        before = await stage.result(stage.ids[0])

        await stage.earn(stage.ids[:1], 1.0)

        after = await stage.result(stage.ids[0])
        assert after == before
