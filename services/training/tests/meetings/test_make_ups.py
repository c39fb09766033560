import asyncio
from typing import Any

import pytest

from services.training.tests.district import District, Hold, SignIn, Town

pytestmark = pytest.mark.anyio


def made_up(meeting: str, member: object, day: str = "2025-03-15") -> dict[str, Any]:
    return {"meeting_id": meeting, "member_id": str(member), "made_up_on": day, "note": "自学并交心得"}


class TestMakeUp:
    async def test_by_another_town_answers_like_a_missing_one(self, town: Town, other_town: Town, hold: Hold) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:4])

        foreign = await other_town.officer.make_up(made_up(meeting, town.people[4]))
        missing = await other_town.officer.make_up(made_up(meeting, meeting))

        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()

    async def test_tells_in_its_history_when_it_was_made_up(self, town: Town, hold: Hold) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:4])
        made = (await town.secretary.make_up(made_up(meeting, town.people[4]))).json()

        lines = (await town.secretary.get(f"/make-ups/{made['id']}/history")).json()["items"]
        told = {one["field"]: (one["old"], one["new"]) for one in lines}
        assert told["made_up_on"] == (None, "2025-03-15")
        assert told["note"] == (None, "自学并交心得")

    async def test_of_somebody_who_attended_is_refused(self, town: Town, hold: Hold) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:4])

        answer = await town.secretary.make_up(made_up(meeting, town.people[0]))

        assert answer.json()["code"] == "nothing-to-make-up"

    @pytest.mark.parametrize("day", ["2025-03-09", "2025-03-21"])
    async def test_before_the_meeting_or_in_the_future_is_refused(self, town: Town, hold: Hold, day: str) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:4])

        answer = await town.secretary.make_up(made_up(meeting, town.people[4], day))

        assert answer.json()["code"] == "wrong-make-up-day"

    @pytest.mark.feature("T17")
    async def test_is_due_after_an_absence_and_closes_the_gap_once(
        self, town: Town, hold: Hold, district: District, sign_in: SignIn
    ) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:4])
        absent = await sign_in(("member", town.branch), person=town.people[4])
        due = (await absent.get("/make-ups")).json()["items"]

        done = await town.secretary.make_up(made_up(meeting, town.people[4]))
        again = await town.secretary.make_up(made_up(meeting, town.people[4]))
        told = await district.events("training.attendance.made_up.v1")
        hours = (await absent.get(f"/study-hours/{town.people[4]}", year=2025)).json()

        assert [(gap["due_on"], gap["state"]) for gap in due] == [("2025-04-09", "due")]
        assert (done.status_code, done.json()["state"]) == (201, "done")
        assert (again.status_code, again.json()["code"]) == (409, "make-up-already-recorded")
        assert [(event["member_id"], event["hours"]) for event in told] == [(str(town.people[4]), "2.00")]
        assert hours["hours"] == "2.00"

    @pytest.mark.feature("T17")
    async def test_recorded_by_several_at_once_gives_one_event(
        self, town: Town, hold: Hold, district: District
    ) -> None:
        meeting = await hold(town.secretary, town.branch, town.people[:4])

        record = made_up(meeting, town.people[4])
        answers = await asyncio.gather(*(town.secretary.make_up(record) for _ in range(6)))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 5
        assert len(await district.events("training.attendance.made_up.v1")) == 1

    async def test_is_overdue_after_its_day(self, town: Town, hold: Hold, district: District) -> None:
        await hold(town.secretary, town.branch, town.people[:4])
        await district.clock("2025-04-10T00:00:01")

        overdue = (await town.secretary.get("/make-ups", state="overdue")).json()["items"]
        due = (await town.secretary.get("/make-ups", state="due")).json()["items"]

        assert (len(overdue), len(due)) == (1, 0)

    async def test_is_not_due_for_a_meeting_that_must_be_held_again(self, town: Town, hold: Hold) -> None:
        await hold(town.secretary, town.branch, town.people[:1], kind="branch_assembly")

        assert (await town.secretary.get("/make-ups")).json()["items"] == []
