"""五个一: what instructors do for the units they serve, and what is missing."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from kit.calendar import day_of, real_now

pytestmark = pytest.mark.anyio
DUE = {"call": 52, "visit": 12, "talk": 4, "member_developed": 1, "organization_helped": 1}


@dataclass
class Story:
    registers: Any
    officer: Any
    instructor: dict[str, Any]
    unit: dict[str, Any]
    assignment: dict[str, Any]
    branch: dict[str, Any]

    def contact(self, **fields: Any) -> dict[str, Any]:
        body = {"assignment_id": self.assignment["id"], "kind": "visit", "contacted_on": "2025-03-12"}
        return {**body, "content": "了解生产经营和党员情况", **fields}

    async def own(self) -> Any:
        return await self.registers.office("instructor", self.branch, person=self.instructor["id"])


@pytest.fixture
async def story(registers: Any) -> Story:
    district = await registers.district()
    town, branch = district.towns[0], district.branches[0]
    officer = await registers.office("town_officer", town)
    person = {"name": "周远", "id_number": registers.id_number(), "engaged_on": "2023-01-01"}
    instructor = await officer.made("/instructors", **person, organization_id=town["id"])
    unit = await registers.unit(town)
    link = {"organization_id": branch["id"], "mode": "single", "valid_from": "2021-01-01"}
    await officer.made(f"/units/{unit['id']}/coverage-links", **link)
    serving = {"instructor_id": instructor["id"], "unit_id": unit["id"], "valid_from": "2024-01-01"}
    assignment = await officer.made("/instructor-assignments", **serving)
    return Story(registers, officer, instructor, unit, assignment, branch)


def mondays(year: int) -> list[date]:
    first = date.fromisocalendar(year, 1, 1)
    return [first + timedelta(weeks=number) for number in range(52)]


class TestContact:
    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"contacted_on": "2099-01-01"}, "wrong-dates"),
            ({"contacted_on": "2023-12-31"}, "wrong-dates"),
            ({"assignment_id": "00000000-0000-7000-8000-000000000000"}, "unknown-instructor-assignment"),
        ],
    )
    async def test_that_cannot_have_been_is_refused(self, story: Story, fields: dict[str, str], code: str) -> None:
        answer = await story.officer.post("/contacts", story.contact(**fields))

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    async def test_after_the_service_ended_is_refused(self, story: Story) -> None:
        await story.officer.ended(f"/instructor-assignments/{story.assignment['id']}", 1, ended_on="2025-03-12")

        late = await story.officer.post("/contacts", story.contact())
        kept = await story.officer.made("/contacts", **story.contact(contacted_on="2025-03-11"))

        assert (late.status_code, late.json()["code"]) == (422, "not-served-that-day")
        assert "2025-03-12" in late.json()["detail"]
        assert (kept["instructor_name"], kept["unit_name"]) == ("周远", story.unit["name"])

    async def test_is_written_by_the_instructor_for_nobody_else(self, story: Story) -> None:
        own = await story.own()
        stranger = await story.registers.office("instructor", story.branch, person=story.branch["id"])
        colleague = await story.registers.office(
            "instructor", {"id": story.branch["parent_id"]}, person=story.branch["id"]
        )

        answers = [await one.post("/contacts", story.contact()) for one in (own, stranger, colleague)]

        assert [one.status_code for one in answers] == [201, 422, 422]
        assert [one["id"] for one in (await own.get("/contacts")).json()["items"]] == [answers[0].json()["id"]]
        assert (await stranger.get("/contacts")).json()["items"] == []

    async def test_made_by_mistake_is_void_and_counts_for_nothing(self, story: Story) -> None:
        contact = await story.officer.made("/contacts", **story.contact())
        path = f"/contacts/{contact['id']}"

        voided = await story.officer.post(f"{path}/void", {"reason": "记错单位"}, version=1)
        again = await story.officer.post(f"{path}/void", {"reason": "记错单位"}, version=2)

        assert (voided.status_code, voided.json()["void_reason"]) == (200, "记错单位")
        assert again.json()["code"] == "record-void"
        assert (await story.officer.get("/contacts")).json()["items"] == []
        assert len((await story.officer.get("/contacts", is_void=True)).json()["items"]) == 1
        [line] = (await story.officer.get(f"{path}/history")).json()["items"]
        assert (line["title"], line["new"], line["reason"]) == ("作废原因", "记错单位", "记错单位")
        kinds = (await story.officer.get("/contact-compliance", year=2025)).json()["items"][0]["kinds"]
        assert {one["kept"] for one in kinds} == {0}


class TestVisitMonth:
    async def test_is_told_anew_with_every_visit_and_every_void_one(self, story: Story) -> None:
        visits = [
            await story.officer.made("/contacts", **story.contact(contacted_on=day))
            for day in ("2025-03-12", "2025-03-31", "2025-04-01")
        ]
        await story.officer.made("/contacts", **story.contact(kind="call"))
        for visit in visits[:2]:
            await story.officer.post(f"/contacts/{visit['id']}/void", {"reason": "重复"}, version=1)

        told = story.registers.events("registry.visit_month.changed.v1")
        assert {one["organization_id"] for one in told} == {story.branch["id"]}
        assert [(one["month"], one["visits"], one["revision"]) for one in told] == [
            ("2025-03", 1, 1), ("2025-03", 2, 2), ("2025-04", 1, 1), ("2025-03", 1, 3), ("2025-03", 0, 4),
        ]  # fmt: skip


class TestCompliance:
    @pytest.mark.feature("R11")
    async def test_of_a_year_is_52_calls_12_visits_4_talks_one_member_and_one_organisation(self, story: Story) -> None:
        """Week 27 without a call is a gap."""
        days = [("call", day) for number, day in enumerate(mondays(2025), start=1) if number != 27]
        days += [("visit", date(2025, month, 5)) for month in range(1, 13)]
        days += [("talk", date(2025, month, 20)) for month in (2, 5, 8, 11)]
        days += [("member_developed", date(2025, 7, 1)), ("organization_helped", date(2025, 9, 1))]
        for kind, day in days:
            await story.officer.made("/contacts", **story.contact(kind=kind, contacted_on=str(day)))

        [found] = (await story.officer.get("/contact-compliance", year=2025)).json()["items"]

        assert (found["instructor_name"], found["unit_name"]) == ("周远", story.unit["name"])
        assert {one["kind"]: one["expected"] for one in found["kinds"]} == DUE
        assert {one["kind"]: one["kept"] for one in found["kinds"]} == {**DUE, "call": 51}
        assert {one["kind"]: one["missing"] for one in found["kinds"]} == {**{kind: [] for kind in DUE}, "call": [27]}
        sheet = (await story.officer.get("/contact-compliance/export", year=2025, format="csv")).text
        assert f"周远,{story.unit['name']},2025,51/52,27,12/12,,4/4,,1/1,1/1" in sheet

    async def test_is_read_by_the_instructor_and_by_nobody_beside(self, story: Story) -> None:
        own, other = await story.own(), await story.registers.office("town_officer", story.branch)

        assert len((await own.get("/contact-compliance", year=2025)).json()["items"]) == 1
        assert (await other.get("/contact-compliance", year=2025)).json()["items"] == []


class TestOwnDuties:
    async def test_of_nobody_who_is_no_instructor(self, story: Story) -> None:
        stranger = await story.registers.office("instructor", story.branch, person=story.branch["id"])

        answer = await stranger.get("/own-contact-duties")

        assert (answer.status_code, answer.json()["code"]) == (404, "no-instructor")

    @pytest.mark.feature("R11")
    async def test_are_my_units_my_visits_and_what_is_still_due(self, story: Story) -> None:
        own, today = await story.own(), day_of(real_now())
        before = (await own.get("/own-contact-duties")).json()
        await own.made("/contacts", **story.contact(contacted_on=str(today)))

        after = (await own.get("/own-contact-duties")).json()

        [unit] = after["units"]
        assert (unit["unit_name"], unit["visits"], unit["last_visited_on"]) == (story.unit["name"], 1, str(today))
        assert {one["kind"] for one in before["units"][0]["due"]} == set(DUE)
        assert {one["kind"] for one in unit["due"]} == set(DUE) - {"visit"}
        week_ends_on = today + timedelta(days=6 - today.weekday())
        assert next(one for one in unit["due"] if one["kind"] == "call")["due_on"] == str(week_ends_on)
