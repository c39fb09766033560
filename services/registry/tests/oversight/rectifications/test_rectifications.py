"""软弱涣散整顿: a rule proposes, the superior lists, and nobody but the superior signs it off."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kit.clock import set_offset
from kit.database import app_transaction

pytestmark = pytest.mark.anyio
PLAN = {"cause": "书记长期空缺,组织生活停顿", "measures": "选派书记,补建班子", "responsible": "陈光"}
DATED = {"listed_on": "2025-01-10", "due_on": "2025-06-30"}
PROGRESS = {"noted_on": "2025-02-10", "content": "已选派书记人选"}
REPORT = {"submission": "书记已到任,三会一课恢复"}
ACCEPTED = {"is_accepted": True, "opinion": "整改到位"}
REJECTED = {"is_accepted": False, "opinion": "班子仍缺两人"}
Answer = dict[str, Any]


class Weak:
    """A branch without a secretary since 2015, its own officer, the town's, and those of another town."""

    def __init__(self, registers: Any, district: Any) -> None:
        self.registers, self.district = registers, district
        self.branch, self.town = district.branches[0], district.towns[0]

    async def arrive(self) -> "Weak":
        self.secretary = await self.registers.office("branch_secretary", self.branch)
        self.officer = await self.registers.office("town_officer", self.town)
        self.stranger = await self.registers.office("town_officer", self.district.towns[1])
        return self

    async def list_it(self, ground: str = "by_hand", **fields: Any) -> Answer:
        body = {"organization_id": self.branch["id"], "ground": ground, **PLAN, **DATED, **fields}
        return dict(await self.officer.made("/rectifications", **body))

    async def step(self, one: Answer, name: str, body: Answer, by: Any = None) -> Any:
        return await (by or self.secretary).post(f"/rectifications/{one['id']}/{name}", body, version=one["version"])

    async def submitted(self) -> Answer:
        noted = await self.step(await self.list_it(), "notes", PROGRESS)
        return dict((await self.step(noted.json(), "submission", REPORT)).json())

    async def found(self, code: str) -> list[str]:
        items = (await self.officer.get("/findings", code=code)).json()["items"]
        return [one["subject_id"] for one in items]


@pytest.fixture
async def weak(registers: Any) -> Weak:
    return await Weak(registers, await registers.district()).arrive()


class TestRectification:
    async def test_out_of_reach_answers_like_a_missing_one(self, weak: Weak) -> None:
        listed = await weak.list_it()
        body = {"organization_id": weak.branch["id"], "ground": "by_hand", **PLAN, **DATED}

        unseen = await weak.stranger.get(f"/rectifications/{listed['id']}")
        refused = await weak.stranger.post("/rectifications", body)

        assert (unseen.status_code, unseen.json()["code"]) == (404, "rectification-not-found")
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-rectified-organization")

    @pytest.mark.parametrize("ground", ["without_secretary", "term_overdue"])
    async def test_of_a_day_before_any_rule_has_no_ground(self, weak: Weak, ground: str) -> None:
        body = {"organization_id": weak.branch["id"], "ground": ground, **PLAN, **DATED, "listed_on": "1980-01-01"}
        refused = await weak.officer.post("/rectifications", body)

        assert (refused.status_code, refused.json()["code"]) == (422, "rectification-ground-not-found")

    async def test_is_begun_by_the_superior_and_never_by_the_organisation_itself(self, weak: Weak) -> None:
        body = {"organization_id": weak.town["id"], "ground": "by_hand", **PLAN, **DATED}

        own = await weak.officer.post("/rectifications", body)
        below = await weak.secretary.post("/rectifications", {**body, "organization_id": weak.branch["id"]})

        assert (own.status_code, own.json()["code"]) == (403, "only-the-superior-rectifies")
        assert below.status_code == 403

    @pytest.mark.feature("R56")
    async def test_by_rule_takes_up_what_a_finding_proposes_and_by_hand_needs_none(self, weak: Weak) -> None:
        """Nothing was listed by the rule alone; once listed, the branch is proposed no more."""
        assert weak.branch["id"] in await weak.found("weak_without_secretary")
        assert (await weak.officer.get("/rectifications")).json()["items"] == []

        by_rule = await weak.list_it("without_secretary")

        assert (by_rule["ground"], by_rule["stage"]) == ("without_secretary", "rectifying")
        assert weak.branch["id"] not in await weak.found("weak_without_secretary")
        await weak.officer.post(f"/rectifications/{by_rule['id']}/void", {"reason": "登记有误"}, version=1)
        assert weak.branch["id"] in await weak.found("weak_without_secretary")
        assert (await weak.list_it())["ground"] == "by_hand"

    async def test_by_a_rule_that_does_not_find_it_is_refused(self, weak: Weak) -> None:
        body = {"organization_id": weak.branch["id"], **PLAN, **DATED}

        answer = await weak.officer.post("/rectifications", {**body, "ground": "term_overdue"})
        twice = await weak.list_it()
        again = await weak.officer.post("/rectifications", {**body, "ground": "without_secretary"})

        assert (answer.status_code, answer.json()["code"]) == (422, "rectification-ground-not-found")
        assert "长期不换届" in answer.json()["detail"]
        assert (again.status_code, again.json()["code"]) == (409, "rectifying-already")
        assert twice["stage"] == "rectifying"

    async def test_is_submitted_only_after_progress_was_noted(self, weak: Weak) -> None:
        listed = await weak.list_it()

        early = await weak.step(listed, "submission", REPORT)
        unasked = await weak.step(listed, "acceptance", ACCEPTED, by=weak.officer)
        noted = (await weak.step(listed, "notes", PROGRESS)).json()
        submitted = await weak.step(noted, "submission", REPORT)

        assert (early.status_code, early.json()["code"]) == (409, "step-not-finished")
        assert "没有记录过整改进展" in early.json()["detail"]
        assert (unasked.status_code, unasked.json()["code"]) == (409, "wrong-step")
        assert (noted["notes"], noted["version"]) == ([PROGRESS], 2)
        assert (submitted.status_code, submitted.json()["stage"]) == (201, "submitted")

    @pytest.mark.feature("R56")
    async def test_ends_only_with_the_sign_off_of_the_superior(self, weak: Weak) -> None:
        submitted = await weak.submitted()
        town_for_itself = await weak.registers.office("town_officer", weak.branch)

        by_secretary = await weak.step(submitted, "acceptance", ACCEPTED)
        by_itself = await weak.step(submitted, "acceptance", ACCEPTED, by=town_for_itself)
        by_stranger = await weak.step(submitted, "acceptance", ACCEPTED, by=weak.stranger)
        accepted = await weak.step(submitted, "acceptance", ACCEPTED, by=weak.officer)

        assert by_secretary.status_code == 403
        assert (by_itself.status_code, by_itself.json()["code"]) == (403, "only-the-superior-rectifies")
        assert (by_stranger.status_code, by_stranger.json()["code"]) == (404, "rectification-not-found")
        assert (accepted.status_code, accepted.json()["stage"]) == (201, "closed")
        assert accepted.json()["closed_on"] == accepted.json()["decided_on"] is not None
        assert weak.registers.events("registry.rectification.changed.v1")[-1]["stage"] == "closed"
        assert (await weak.step(accepted.json(), "notes", PROGRESS)).json()["code"] == "wrong-step"

    async def test_goes_on_to_a_new_day_when_it_is_not_accepted(self, weak: Weak) -> None:
        submitted = await weak.submitted()

        undated = await weak.step(submitted, "acceptance", REJECTED, by=weak.officer)
        rejected = await weak.step(submitted, "acceptance", {**REJECTED, "due_on": "2099-01-31"}, by=weak.officer)
        again = await weak.step(rejected.json(), "submission", REPORT)
        history = (await weak.secretary.get(f"/rectifications/{submitted['id']}/history")).json()["items"]

        assert (undated.status_code, undated.json()["code"]) == (422, "rectification-day-missing")
        found = rejected.json()
        assert (found["stage"], found["due_on"], found["rejections"]) == ("rectifying", "2099-01-31", 1)
        assert found["closed_on"] is None
        assert again.json()["stage"] == "submitted"
        assert ("整改进展", "已选派书记人选") in {(one["title"], one["new"]) for one in history}
        assert "班子仍缺两人" in {one["new"] for one in history}

    async def test_whose_day_is_over_is_a_task_of_the_organisation(self, weak: Weak) -> None:
        listed = await weak.list_it(due_on="2025-02-28")

        found = (await weak.secretary.get("/tasks", code="rectification_overdue")).json()["items"]
        overdue = (await weak.officer.get("/rectifications", overdue_on="2025-03-01")).json()["items"]
        on_the_day = (await weak.officer.get("/rectifications", overdue_on="2025-02-28")).json()["items"]

        assert [(one["subject_id"], one["due_on"], one["is_overdue"]) for one in found] == [
            (weak.branch["id"], "2025-02-28", True)
        ]
        assert ([one["id"] for one in overdue], on_the_day) == ([listed["id"]], [])

    async def test_is_corrected_by_the_superior_with_history(self, weak: Weak) -> None:
        listed = await weak.list_it()
        path = f"/rectifications/{listed['id']}"

        corrected = await weak.officer.patch(path, {"due_on": "2025-09-30", "responsible": "孙立"}, version=1)
        early = await weak.officer.patch(path, {"due_on": "2025-01-01"}, version=2)
        history = (await weak.officer.get(f"{path}/history")).json()["items"]

        assert (corrected.json()["due_on"], corrected.json()["responsible"]) == ("2025-09-30", "孙立")
        assert (early.status_code, early.json()["code"]) == (422, "wrong-dates")
        assert ("整顿期限", "2025-06-30", "2025-09-30") in {(one["title"], one["old"], one["new"]) for one in history}


class TestProposals:
    async def test_wait_until_the_post_has_been_vacant_for_more_than_six_months(self, weak: Weak) -> None:
        """The last secretary went on the first of July: still half a year on the first of January."""
        member = await weak.registers.member(weak.branch)
        holding = {"member_id": member["id"], "organization_id": weak.branch["id"], "kind": "secretary"}
        held = await weak.officer.made("/posts", **holding, valid_from="2020-01-01")
        await weak.officer.ended(f"/posts/{held['id']}", 1, ended_on="2025-07-01")

        found = {day: await found_on(weak, day) for day in ("2026-01-01", "2026-01-02")}

        assert found == {"2026-01-01": False, "2026-01-02": True}


async def found_on(weak: Weak, day: str) -> bool:
    """Asked on that day, at noon in Shanghai."""
    moment = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    async with app_transaction(weak.registers.app) as db:
        await set_offset(db, int((moment - datetime.now(UTC)).total_seconds()))
    return weak.branch["id"] in await weak.found("weak_without_secretary")
