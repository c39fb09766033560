"""联席会议: seven bodies meet, and what they decide is followed until it is done."""

from dataclasses import dataclass
from typing import Any

import pytest

pytestmark = pytest.mark.anyio
BODIES = (
    "organization_department", "commerce_federation", "civil_affairs", "market_regulation", "trade_unions",
    "youth_league", "women_federation",
)  # fmt: skip


@dataclass
class Story:
    officer: Any
    district: Any

    def meeting(self, *present: str, **fields: Any) -> dict[str, Any]:
        body = {"organization_id": self.district.root["id"], "title": "一季度联席会议", "held_on": "2025-03-14"}
        return {**body, "present": list(present), "minutes": "研究信息共享", **fields}

    async def held(self, *present: str) -> dict[str, Any]:
        return dict(await self.officer.made("/council-meetings", **self.meeting(*present)))

    def decision(self, meeting: dict[str, Any], **fields: Any) -> dict[str, Any]:
        body = {"meeting_id": meeting["id"], "content": "提供新登记企业名单", "body": "market_regulation"}
        return {**body, "due_on": "2025-06-30", **fields}

    async def overdue(self, day: str) -> list[str]:
        listed = (await self.officer.get("/council-decisions", overdue_on=day)).json()["items"]
        return [one["id"] for one in listed]


@pytest.fixture
async def story(registers: Any) -> Story:
    district = await registers.district()
    return Story(await registers.office("district_officer", district.root), district)


class TestCouncil:
    @pytest.mark.feature("R33")
    async def test_has_7_bodies_and_says_which_were_absent(self, story: Story) -> None:
        whole, without = await story.held(*BODIES), await story.held(*BODIES[:-1])
        vocabulary = (await story.officer.get("/vocabulary")).json()["terms"]["council_body"]

        assert [one["value"] for one in vocabulary] == list(BODIES)
        assert len(BODIES) == 7
        assert (whole["present"], whole["absent"]) == (list(BODIES), [])
        assert without["absent"] == ["women_federation"]

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"present": [BODIES[0], BODIES[0]]}, "body-named-twice"),
            ({"held_on": "2099-01-01"}, "wrong-dates"),
            ({"organization_id": "00000000-0000-7000-8000-000000000000"}, "unknown-council-organization"),
        ],
    )
    async def test_that_cannot_be_is_refused(self, story: Story, fields: dict[str, Any], code: str) -> None:
        answer = await story.officer.post("/council-meetings", story.meeting(BODIES[0], **fields))

        assert (answer.status_code, answer.json()["code"]) == (422, code)


class TestDecision:
    @pytest.mark.feature("R33")
    async def test_is_followed_until_it_is_done(self, story: Story) -> None:
        meeting = await story.held(*BODIES)
        first = await story.officer.made("/council-decisions", **story.decision(meeting))
        second = await story.officer.made("/council-decisions", **story.decision(meeting, due_on="2025-07-31"))
        path, done = f"/council-decisions/{first['id']}", {"done_on": "2025-07-10", "result": "已按月推送"}

        before = [await story.overdue(day) for day in ("2025-06-30", "2025-07-01", "2025-08-01")]
        completed = await story.officer.post(f"{path}/completion", done, version=1)
        twice = await story.officer.post(f"{path}/completion", done, version=2)
        after = [await story.overdue(day) for day in ("2025-07-09", "2025-07-10", "2025-08-01")]
        await story.officer.post(f"/council-decisions/{second['id']}/void", {"reason": "重复登记"}, version=1)

        assert before == [[], [first["id"]], [first["id"], second["id"]]]
        assert (completed.status_code, completed.json()["result"]) == (201, "已按月推送")
        assert (twice.status_code, twice.json()["code"]) == (409, "decision-done-already")
        assert after == [[first["id"]], [], [second["id"]]]
        assert await story.overdue("2025-08-01") == []
        assert [one["id"] for one in (await story.officer.get("/council-decisions", is_done=True)).json()["items"]] == [
            first["id"]
        ]

    async def test_that_cannot_be_is_refused(self, story: Story) -> None:
        meeting = await story.held(*BODIES)
        early = await story.officer.post("/council-decisions", story.decision(meeting, due_on="2025-03-13"))
        await story.officer.post(f"/council-meetings/{meeting['id']}/void", {"reason": "没有召开"}, version=1)
        of_none = await story.officer.post("/council-decisions", story.decision(meeting))

        assert [(one.status_code, one.json()["code"]) for one in (early, of_none)] == [
            (422, "wrong-dates"),
            (422, "unknown-council-meeting"),
        ]
