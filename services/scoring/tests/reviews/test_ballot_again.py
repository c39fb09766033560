"""A conductor who has read a valid ballot does not replace it; only the superior permits another, with a reason."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
REASON = {"reason": "有人代他人投票,经查属实"}


async def voted(stage: Any, kind: str = "democratic") -> str:
    await stage.open()
    await stage.until("appraise")
    return str(await stage.vote(kind=kind))


async def permissions(stage: Any, caller: Any) -> dict[str, bool]:
    found: dict[str, bool] = (await caller.get(f"/reviews/{stage.review_id}"))["permissions"]
    return found


async def all_unqualified(stage: Any, ballot: dict[str, Any]) -> None:
    for caller in stage.members:
        token = await caller.token(str(ballot["id"]))
        choices = [{"subject_id": str(one), "grade": "unqualified"} for one in stage.ids if one != caller.person]
        await stage.stranger.post(f"/ballots/{ballot['id']}/votes", {"token": token, "choices": choices}, expect=201)


class TestAnotherBallot:
    @pytest.mark.parametrize("kind", ["democratic", "mutual"])
    async def test_after_a_valid_one_of_its_kind_is_refused_to_everybody(self, stage: Any, kind: str) -> None:
        await voted(stage, kind)
        plan = {"review_id": stage.review_id, "kind": kind}

        for caller in (stage.secretary, stage.town_officer, stage.district_officer):
            assert await caller.refused("/ballots", plan) == (409, "ballot-counts")

        other = "mutual" if kind == "democratic" else "democratic"
        await stage.secretary.post("/ballots", {**plan, "kind": other}, expect=201)

    async def test_after_one_that_was_not_valid_needs_nobody(self, stage: Any) -> None:
        await stage.open()
        await stage.until("appraise")
        await stage.vote(stage.members[:2])

        assert await stage.vote(stage.members)

    async def test_is_opened_after_the_superiors_reasoned_reopening_and_once_only(self, stage: Any) -> None:
        first = await voted(stage)
        place, plan = f"/ballots/{first}/reopening", {"review_id": stage.review_id}
        assert (await permissions(stage, stage.secretary))["may_open_ballot"] is False
        assert (await permissions(stage, stage.secretary))["may_reopen_ballot"] is False
        assert (await permissions(stage, stage.town_officer))["may_reopen_ballot"] is True

        assert await stage.secretary.refused(place, REASON, version=2) == (403, "only-the-superior")
        assert await stage.foreign_secretary.refused(place, REASON, version=2) == (404, "ballot-not-found")
        assert await stage.town_officer.refused(place, version=2) == (422, "invalid-input")
        assert await stage.town_officer.refused(place, REASON, version=0) == (428, "precondition-required")
        assert await stage.town_officer.refused(place, REASON, version=1) == (412, "stale-version")
        reopened = await stage.town_officer.post(place, REASON, version=2, expect=201)

        assert (reopened["reopened_on"], reopened["reopening_reason"]) == ("2026-03-02", REASON["reason"])
        assert await stage.town_officer.refused(place, REASON, version=3) == (409, "ballot-does-not-count")
        assert (await permissions(stage, stage.secretary))["may_open_ballot"] is True
        await stage.vote()
        assert await stage.secretary.refused("/ballots", plan) == (409, "ballot-counts")

    async def test_that_was_permitted_is_told_and_stays_in_the_history(self, stage: Any) -> None:
        first = await voted(stage)

        await stage.town_officer.post(f"/ballots/{first}/reopening", REASON, version=2)

        [told] = await stage.district.events("scoring.ballot.reopened.v1")
        assert (told["ballot_id"], told["kind"], told["reason"]) == (first, "democratic", REASON["reason"])
        step = (await stage.secretary.get(f"/reviews/{stage.review_id}/history"))["items"][-1]
        assert (step["kind"], step["from_state"], step["to_state"]) == ("reopened", "appraise", "appraise")
        assert (step["reason"], step["output"]["ballot_id"]) == (REASON["reason"], first)

    @pytest.mark.parametrize(("is_closed", "counted"), [(False, "80.00"), (True, "0.00")])
    async def test_counts_only_when_it_is_closed_validly(self, stage: Any, is_closed: bool, counted: str) -> None:
        first = await voted(stage)
        await stage.town_officer.post(f"/ballots/{first}/reopening", REASON, version=2)
        second = await stage.secretary.post("/ballots", {"review_id": stage.review_id}, expect=201)
        if is_closed:
            await all_unqualified(stage, second)
        await stage.secretary.post(f"/ballots/{second['id']}/closure")
        await stage.survey(stage.ids)
        absence = {"review_id": stage.review_id, "subject_id": str(stage.probationer), "reason": "长期在外"}
        await stage.secretary.post("/survey-absences", absence, expect=201)
        await stage.advance("compare")

        assert (await stage.result(stage.ids[3]))["ballot"] == counted

    async def test_is_not_permitted_after_appraisal(self, stage: Any) -> None:
        await stage.open()
        await stage.until("compare")
        [ballot] = (await stage.town_officer.get("/ballots", review_id=stage.review_id))["items"]

        refused = await stage.town_officer.refused(f"/ballots/{ballot['id']}/reopening", REASON, version=2)

        assert refused == (409, "wrong-step")
