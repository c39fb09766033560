from typing import Any

import pytest

from services.training.tests.district import Client, Hold, Planned, Town

pytestmark = pytest.mark.anyio


async def planned_for(caller: Client, town: Town, quarter: int, count: int) -> Any:
    entry = {"organization_id": str(town.id), "year": 2025, "kind": "open_lecture", "quarter": quarter}
    return await caller.post("/training-plans", {**entry, "planned": count})


class TestTrainingPlan:
    async def test_of_another_town_answers_like_a_missing_one(self, town: Town, other_town: Town) -> None:
        made = (await planned_for(town.officer, town, 1, 1)).json()

        foreign = await other_town.officer.get(f"/training-plans/{made['id']}")
        refused = await planned_for(other_town.officer, town, 2, 1)

        assert (foreign.status_code, foreign.json()["code"]) == (404, "training-plan-not-found")
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-plan-organization")

    @pytest.mark.feature("T20")
    async def test_compares_each_quarter_with_what_was_held(self, town: Town, hold: Hold, planned: Planned) -> None:
        """A report meeting each quarter; held in the first, not in the second, and one confirmed without anybody."""
        for quarter in (1, 2, 3, 4):
            await planned_for(town.officer, town, quarter, 1)
        lecture = {"kind": "open_lecture", "audience": "subtree_members"}
        await hold(town.officer, town.id, town.people, day="2025-03-10", **lecture)
        await hold(town.officer, town.id, [], day="2025-02-10", **lecture)
        await town.officer.post("/meetings", planned(town.id, day="2025-04-10", **lecture))

        listed = (await town.officer.get("/training-plans", year=2025, sort="quarter")).json()["items"]
        lacking = (await town.officer.get("/training-plans", year=2025, is_fulfilled=False)).json()["items"]

        assert [(one["quarter"], one["planned"], one["done"]) for one in listed] == [
            (1, 1, 1), (2, 1, 0), (3, 1, 0), (4, 1, 0),
        ]  # fmt: skip
        assert [one["quarter"] for one in lacking] == [2, 3, 4]

    async def test_is_one_a_quarter_and_kind_and_can_be_corrected_or_void(self, town: Town) -> None:
        path = f"/training-plans/{(await planned_for(town.officer, town, 1, 1)).json()['id']}"

        twice = await planned_for(town.officer, town, 1, 3)
        corrected = await town.officer.patch(path, {"planned": 3}, If_Match='"1"')
        voided = await town.officer.post(f"{path}/void", {"reason": "写错季度"}, If_Match='"2"')
        late = await town.officer.patch(path, {"planned": 4}, If_Match='"3"')
        again = await planned_for(town.officer, town, 1, 2)

        assert (twice.status_code, twice.json()["code"]) == (409, "already-planned-for-quarter")
        assert (corrected.json()["planned"], voided.json()["void_reason"]) == (3, "写错季度")
        assert (late.status_code, late.json()["code"], again.status_code) == (409, "record-void", 201)
        history = (await town.officer.get(f"{path}/history")).json()["items"]
        assert {"planned", "void_reason"} <= {
            change["field"] for one in history for change in one.get("changes", [one])
        }
