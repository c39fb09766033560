"""T19: a prospect is voted on after 24 hours of training, which training confirms and nobody has to copy."""

from datetime import date
from typing import Any

import pytest

from kit.ids import uuid7
from services.registry.tests.members.course_hours.told import ABSENT, made_up, of_class, tell
from services.registry.tests.members.developments.cases import BOTH, Case
from services.registry.tests.members.relations import Relations
from training.kinds import MeetingKind
from training.meetings.attendances.events import MeetingConfirmed
from training.meetings.make_ups.events import AttendanceMadeUp

pytestmark = pytest.mark.anyio
DAY, MADE_UP, BEFORE = "2022-05-10", "2022-05-15", "2022-03-31"
LACKING = (409, ["training-missing"])


@pytest.fixture
async def prospect(relations: Relations) -> "Prospect":
    case = await Case(relations).open()
    await case.until("training")
    for kind in BOTH:
        await case.paper("prospect", kind)
    await case.paper("prospect", "publicity")
    return Prospect(case)


class Prospect:
    """Somebody who lacks nothing but the training before the branch may vote."""

    def __init__(self, case: Case) -> None:
        """Everything else of the stage is there."""
        self.case = case
        self.id = case.person["id"]
        self.branch = case.relations.district.branches[0]["id"]

    async def hear(self, payload: MeetingConfirmed | AttendanceMadeUp) -> None:
        registers = self.case.relations.registers
        await tell(registers.app, payload, self.case.relations.district.root["id"])

    async def attends(self, hours: str, held_on: str = DAY, **changes: Any) -> None:
        await self.hear(of_class(self.branch, held_on, {self.id: hours}, **changes))

    async def finish_training(self) -> tuple[int, list[str]]:
        answer = await self.case.take("training")
        return answer.status_code, [one["pointer"] for one in answer.json().get("errors", [])]

    async def shown_hours(self) -> str:
        return str((await self.case.secretary.get(self.case.path)).json()["training_hours"])

    async def courses(self) -> list[Any]:
        return list((await self.case.secretary.get("/course-hours", member_id=self.id)).json()["items"])


class TestProspect:
    @pytest.mark.feature("T19")
    async def test_without_24_hours_of_classes_does_not_go_to_the_vote(self, prospect: Prospect) -> None:
        await prospect.attends("23.99")

        assert await prospect.finish_training() == LACKING
        assert await prospect.shown_hours() == "23.99"

        await prospect.attends("0.01")
        assert await prospect.finish_training() == (201, [])
        assert (await prospect.case.secretary.get(prospect.case.path)).json()["step"] == "committee_review"

    async def test_adds_up_what_was_written_down_and_what_training_told(self, prospect: Prospect) -> None:
        await prospect.attends("20.00")
        await prospect.case.paper("prospect", "training", hours="4")

        assert await prospect.shown_hours() == "24.00"
        assert await prospect.finish_training() == (201, [])

    @pytest.mark.parametrize(
        ("held_on", "changes"),
        [
            (BEFORE, {}),
            ("2022-05-21", {}),
            (DAY, {"is_valid": False}),
            (DAY, {"kind": MeetingKind.PARTY_LECTURE}),
        ],
        ids=["before one was a prospect", "after the step", "not valid", "no class"],
    )
    async def test_is_not_trained_by(self, prospect: Prospect, held_on: str, changes: dict[str, Any]) -> None:
        await prospect.attends("24.00", held_on, **changes)

        assert await prospect.finish_training() == LACKING


class TestHours:
    async def test_follow_the_last_confirmation_of_the_class(self, prospect: Prospect) -> None:
        meeting = uuid7()
        await prospect.attends("24.00", meeting=meeting)
        await prospect.attends(ABSENT, meeting=meeting, revision=2)

        assert await prospect.courses() == []

        await prospect.hear(made_up(prospect.branch, DAY, prospect.id, "16.00", meeting=meeting))
        await prospect.hear(made_up(prospect.branch, DAY, prospect.id, "24.00", meeting=meeting))
        (shown,) = await prospect.courses()
        assert (shown["hours"], shown["held_on"], shown["member_name"]) == ("24.00", MADE_UP, "李积极")
        assert shown["organization_name"] == prospect.case.relations.district.branches[0]["name"]

    async def test_made_up_after_the_step_are_too_late_and_taken_back_are_gone(self, prospect: Prospect) -> None:
        meeting = uuid7()
        late = made_up(prospect.branch, DAY, prospect.id, "24.00", meeting=meeting, made_up_on=date(2022, 5, 21))
        await prospect.hear(late)
        assert await prospect.finish_training() == LACKING

        await prospect.hear(made_up(prospect.branch, DAY, prospect.id, "0", meeting=meeting, made_up_on=None))
        assert await prospect.courses() == []

    async def test_written_down_after_the_step_are_too_late(self, prospect: Prospect) -> None:
        await prospect.case.paper("prospect", "training", happened_on="2022-05-21")

        assert await prospect.finish_training() == LACKING

    async def test_are_kept_of_nobody_who_is_in_the_party(self, prospect: Prospect) -> None:
        member = prospect.case.relations.member["id"]
        await prospect.hear(of_class(prospect.branch, DAY, {prospect.id: "8.00", member: "8.00"}))

        listed = (await prospect.case.secretary.get("/course-hours")).json()["items"]
        assert [one["member_id"] for one in listed] == [prospect.id]

    async def test_are_seen_by_the_own_branch_and_not_by_another(self, prospect: Prospect) -> None:
        await prospect.attends("8.00")

        assert len(await prospect.courses()) == 1
        assert (await prospect.case.relations.new.get("/course-hours")).json()["items"] == []
