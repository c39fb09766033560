"""Fewer than five answers about a subject are neither shown nor counted, and nobody reads results before the notice."""

from decimal import Decimal
from typing import Any

import pytest

from scoring.reviews.cycles.rules import is_withheld
from scoring.reviews.ratings.rules import mean

pytestmark = pytest.mark.anyio
VALUES = (100, 80, 60, 0)


@pytest.mark.parametrize(("answers", "withheld"), [(0, False), (1, True), (4, True), (5, False), (6, False)])
def test_withheld_are_some_answers_but_fewer_than_five(answers: int, withheld: bool) -> None:
    assert is_withheld((answers, 0), 5) is withheld
    assert (mean((answers, 0, 0, 0), VALUES, 5) is None) is (answers < 5)


async def voted_by(stage: Any, voters: int) -> str:
    await stage.open()
    await stage.until("appraise")
    return str(await stage.vote(stage.members[:voters]))


async def surveyed(stage: Any, answers: int) -> dict[str, Any]:
    counts = {"subject_id": str(stage.ids[3]), "sheet_file_id": await stage.sheet(), "asked": 6, "poor": answers}
    told = {"review_id": stage.review_id, "held_on": "2026-03-01", "results": [counts]}
    await stage.secretary.post("/surveys", told, expect=201)
    [survey] = (await stage.secretary.get("/surveys", review_id=stage.review_id))["items"]
    found: dict[str, Any] = survey["results"][0]
    return found


async def to_comparison(stage: Any) -> None:
    shown = await stage.secretary.get("/surveys", review_id=stage.review_id)
    surveyed = {one["subject_id"] for survey in shown["items"] for one in survey["results"]}
    for one in stage.everybody:
        if str(one) not in surveyed:
            absence = {"review_id": stage.review_id, "subject_id": str(one), "reason": "未纳入调查"}
            by = stage.town_officer if one == stage.secretary.person else stage.secretary
            await by.post("/survey-absences", absence, expect=201)
    await stage.advance("compare")


class TestABallotWithFewVotes:
    async def test_shows_neither_counts_nor_score_of_a_subject_with_four(self, stage: Any) -> None:
        """Five of six vote: who voted is graded by four, the sixth by five."""
        ballot = await voted_by(stage, 5)

        shown = {one["subject_id"]: one for one in (await stage.secretary.get(f"/ballots/{ballot}/results"))["items"]}

        few, enough = shown[str(stage.ids[3])], shown[str(stage.ids[5])]
        assert (few["is_withheld"], few["counts"], few["score"]) == (True, None, None)
        assert (enough["is_withheld"], sum(enough["counts"].values()), enough["score"]) == (False, 5, "80.00")

    async def test_is_left_out_of_the_composite_and_the_explanation_says_so(self, stage: Any) -> None:
        await voted_by(stage, 5)
        await to_comparison(stage)

        few, enough = await stage.result(stage.ids[3]), await stage.result(stage.ids[5])

        part = few["explanation"]["parts"]["ballot"]
        assert (few["ballot"], part["is_withheld"], part["counts"], part["weight_used"]) == (None, True, None, None)
        assert few["explanation"]["parts"]["performance"]["weight_used"] == "66.67"
        assert few["explanation"]["rule"]["fewest_answers"] == 5
        part = enough["explanation"]["parts"]["ballot"]
        assert (enough["ballot"], part["is_withheld"], part["counts"]) == ("80.00", False, [0, 5, 0, 0])
        assert part["weight_used"] == "29.41"
        nothing = enough["explanation"]["parts"]["survey"]
        assert (nothing["is_withheld"], nothing["counts"]) == (False, [0, 0, 0, 0])

    async def test_of_the_mutual_kind_tells_no_score_of_theirs(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")

        await stage.vote(stage.members[:5], kind="mutual")

        [closed] = await stage.district.events("scoring.ballot.closed.v1")
        assert [one["subject_id"] for one in closed["results"]] == [str(stage.ids[5])]

    async def test_keeps_more_hidden_where_the_scheme_says_so_and_never_less(self, stage: Any) -> None:
        owner = {"organization_id": str(stage.district.root), "year": 2026, "subject_kind": "member", "name": "评议"}
        assert await stage.district_officer.refused("/cycles", {**owner, "fewest_answers": 4}) == (422, "invalid-input")
        await stage.open(fewest_answers=6)
        await stage.until("appraise")

        ballot = await stage.vote()

        assert all(one["is_withheld"] for one in (await stage.secretary.get(f"/ballots/{ballot}/results"))["items"])


class TestASurveyWithFewAnswers:
    @pytest.mark.parametrize(("answers", "shown"), [(4, None), (5, 5), (6, 6)])
    async def test_is_shown_and_told_from_five_on(self, stage: Any, answers: int, shown: int | None) -> None:
        await voted_by(stage, 6)

        result = await surveyed(stage, answers)

        assert (result["poor"], result["is_withheld"]) == (shown, shown is None)
        assert result["poor_share"] == (None if shown is None else "100.00")
        [told] = await stage.district.events("scoring.survey.recorded.v1")
        assert len(told["results"]) == (0 if shown is None else 1)

    @pytest.mark.parametrize(("answers", "value"), [(4, None), (5, "0.00"), (6, "0.00")])
    async def test_counts_from_five_on(self, stage: Any, answers: int, value: str | None) -> None:
        await voted_by(stage, 6)
        await surveyed(stage, answers)
        await to_comparison(stage)

        rated = await stage.result(stage.ids[3])

        part = rated["explanation"]["parts"]["survey"]
        assert (rated["survey"], part["is_withheld"]) == (value, value is None)
        assert part["counts"] == (None if value is None else [0, 0, 0, answers])
        assert Decimal(rated["explanation"]["parts"]["ballot"]["weight_used"]) == Decimal(
            "29.41" if value is None else "25.00"
        )


class TestBeforeTheNotice:
    async def test_members_read_neither_ballot_nor_survey(self, stage: Any) -> None:
        ballot = await voted_by(stage, 6)
        await surveyed(stage, 6)
        survey = {"review_id": stage.review_id}

        for place, query in ((f"/ballots/{ballot}/results", {}), ("/surveys", survey), ("/surveys/export", survey)):
            answer = await stage.members[2].http.get(f"/api/v1/scoring{place}", params=query)
            assert (answer.status_code, answer.json()["code"]) == (409, "results-not-public")
        await to_comparison(stage)
        await stage.advance("publicise")

        assert len((await stage.members[2].get(f"/ballots/{ballot}/results"))["items"]) == 6
        assert len((await stage.members[2].get("/surveys", **survey))["items"]) == 1


class TestAColleague:
    async def test_reads_no_more_of_an_explanation_than_of_the_ledger(self, stage: Any) -> None:
        await stage.earn(stage.ids, 0.5)
        await stage.open()
        await stage.until("publicise")

        own, seen = (
            await stage.result(stage.ids[2], stage.members[2]),
            await stage.result(stage.ids[2], stage.members[3]),
        )
        listed = (await stage.members[3].get("/entries", subject_id=str(stage.ids[2])))["items"]

        assert own["is_whole"] is True
        assert [] not in (own["entries"], own["explanation"]["indicators"])
        assert own["entries_sum"] == own["explanation"]["parts"]["performance"]["points"]
        assert (seen["is_whole"], seen["entries"], seen["entries_sum"]) == (False, listed, None)
        assert (seen["explanation"]["indicators"], seen["explanation"]["dimensions"]) == ([], [])
        assert seen["composite"] == own["composite"]

    async def test_does_not_read_the_ground_of_a_veto(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")
        ground = {"ground": "弄虚作假", "reason": "申报材料造假,已查实"}
        veto = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), **ground}
        await stage.town_officer.post("/vetoes", veto, expect=201)

        counted = [
            len((await caller.get("/vetoes", review_id=stage.review_id, with_total=True))["items"])
            for caller in (stage.town_officer, stage.secretary, stage.members[1], stage.members[2])
        ]
        export = {"review_id": stage.review_id, "format": "csv"}
        files = [
            (await caller.http.get("/api/v1/scoring/vetoes/export", params=export)).text
            for caller in (stage.members[1], stage.members[2])
        ]

        assert counted == [1, 1, 1, 0]
        assert [ground["ground"] in one for one in files] == [True, False]
