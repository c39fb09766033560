import asyncio
import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest

from services.training.tests.district import Client, District, Hold, Planned, SignIn, Town

pytestmark = pytest.mark.anyio


async def hours_of(caller: Client, year: int = 2025, **params: Any) -> dict[str, dict[str, Any]]:
    answer = await caller.get("/study-hours", year=year, **params)
    assert answer.status_code == 200, answer.text
    return {row["member_id"]: row for row in answer.json()["items"]}


class TestStudyHours:
    async def test_of_another_town_stay_hidden(self, town: Town, other_town: Town) -> None:
        listed = await hours_of(other_town.officer)
        foreign = await other_town.officer.get(f"/study-hours/{town.people[0]}", year=2025)
        missing = await other_town.officer.get(f"/study-hours/{uuid4()}", year=2025)

        assert set(listed) == set(map(str, other_town.people))
        assert foreign.status_code == missing.status_code == 404
        assert foreign.json() == missing.json()

    async def test_a_member_sees_only_their_own(self, town: Town, sign_in: SignIn) -> None:
        member = await sign_in(("member", town.branch), person=town.people[1])

        own = await hours_of(member)
        colleague = await member.get(f"/study-hours/{town.people[2]}", year=2025)

        assert set(own) == {str(town.people[1])}
        assert colleague.status_code == 404

    async def test_outside_the_calendar_are_refused(self, town: Town) -> None:
        assert (await town.officer.get("/study-hours", year=99999)).status_code == 422

    @pytest.mark.feature("T17")
    async def test_count_what_was_confirmed_and_attended(self, town: Town, hold: Hold, planned: Planned) -> None:
        await hold(town.secretary, town.branch, town.people[:3], duration="half_day")
        await hold(town.secretary, town.branch, town.people, kind="branch_assembly", day="2025-03-11")
        await town.secretary.post("/meetings", planned(town.branch, day="2025-03-12"))

        rows = await hours_of(town.secretary)

        assert [rows[str(one)]["hours"] for one in town.people] == ["4.00"] * 3 + ["0.00"] * 2
        assert [rows[str(one)]["required"] for one in town.people[:2]] == ["56.00", "32.00"]

    async def test_follow_the_table_of_the_year(self, town: Town) -> None:
        rows = await hours_of(town.secretary, year=2018)

        assert {rows[str(one)]["required"] for one in town.people[1:]} == {"16.00"}

    @pytest.mark.feature("T15")
    async def test_of_a_secretary_need_a_class_run_by_a_superior(
        self, town: Town, hold: Hold, district: District
    ) -> None:
        await district.clock("2025-03-28T12:00:00")
        for day in range(10, 17):
            await hold(town.secretary, town.branch, town.people, day=f"2025-03-{day}", duration="full_day")
        before = (await hours_of(town.secretary))[str(town.people[0])]

        await hold(
            town.officer, town.id, town.people[:1], kind="class", class_kind="central",
            audience="secretaries", day="2025-03-20", duration="full_day",
        )  # fmt: skip
        after = (await hours_of(town.secretary))[str(town.people[0])]

        assert (before["hours"], before["is_met"]) == ("56.00", False)
        assert (after["hours"], after["superior_classes"], after["is_met"]) == ("64.00", 1, True)

    async def test_of_a_year_stay_where_their_member_belonged_at_its_end(
        self, town: Town, other_town: Town, hold: Hold, district: District
    ) -> None:
        """One leaves and one is moved in January: both count in the branch for last year, and in no other."""
        await hold(town.secretary, town.branch, town.people, duration="half_day")
        left, moved = town.people[2], town.people[3]
        await district.changed(left, town.branch, version=2, is_active=False, left_on=date(2026, 1, 15))
        arrival = {"changed_on": date(2026, 1, 12), "arrived_on": date(2026, 1, 10)}
        await district.changed(moved, other_town.branch, version=2, **arrival)
        await district.clock("2026-02-01T12:00:00")

        before, since = [await hours_of(town.secretary, year) for year in (2025, 2026)]
        before_there, since_there = [await hours_of(other_town.secretary, year) for year in (2025, 2026)]

        assert [before[str(one)]["hours"] for one in town.people] == ["4.00"] * 5
        assert set(since) == {str(one) for one in town.people} - {str(left), str(moved)}
        assert set(before_there) == {str(one) for one in other_town.people}
        assert set(since_there) == {str(moved)} | {str(one) for one in other_town.people}

    async def test_cut_the_year_by_the_shanghai_day(self, town: Town, hold: Hold, district: District) -> None:
        await district.clock("2025-01-10T12:00:00")
        await hold(
            town.secretary, town.branch, town.people,
            starts_at="2024-12-31T15:00:00Z", ends_at="2024-12-31T15:59:00Z", day="2025-01-01",
        )  # fmt: skip
        await hold(
            town.secretary, town.branch, town.people,
            starts_at="2024-12-31T16:00:00Z", ends_at="2024-12-31T17:00:00Z", day="2025-01-01",
        )  # fmt: skip

        last, this = await hours_of(town.secretary, year=2024), await hours_of(town.secretary, year=2025)

        assert (last[str(town.people[1])]["hours"], this[str(town.people[1])]["hours"]) == ("0.98", "1.00")

    async def held(self, town: Town, first: str, last: str, title: str, **changes: Any) -> tuple[str, Any]:
        """A class by full days that the secretary attended, and the answer to its confirmation."""
        wanted = {
            "organization_id": str(town.id), "kind": "class", "class_kind": "central", "audience": "secretaries",
            "title": title, "duration": "full_day", "starts_at": f"{first}+08:00", "ends_at": f"{last}+08:00",
        }  # fmt: skip
        made = (await town.officer.post("/meetings", wanted | changes)).json()
        await town.officer.list_present(made["id"], [{"member_id": str(town.people[0]), "attended": True}])
        return made["hours"], await town.officer.confirm(made["id"])

    async def test_of_classes_at_one_time_count_once(self, town: Town, district: District) -> None:
        """Two days of training until 24:00, until a minute before and from nine to five are 16 hours, and 16 in all."""
        await district.clock("2025-03-28T12:00:00")
        tries = [
            await self.held(town, "2025-03-10T00:00:00", "2025-03-12T00:00:00", "止于二十四点"),
            await self.held(town, "2025-03-10T00:00:00", "2025-03-11T23:59:00", "差一分"),
            await self.held(town, "2025-03-11T23:59:59", "2025-03-12T17:00:00", "只早一秒"),
            await self.held(town, "2025-03-12T00:00:00", "2025-03-12T17:00:00", "紧接着"),
        ]

        assert [hours for hours, _ in tries] == ["16.00", "16.00", "16.00", "8.00"]
        assert [answer.json().get("code") for _, answer in tries] == [None, "classes-overlap", "classes-overlap", None]
        assert "1 人" in tries[1][1].json()["detail"]
        assert "止于二十四点" in tries[1][1].json()["detail"]
        assert (await hours_of(town.secretary))[str(town.people[0])]["hours"] == "24.00"

    async def test_of_classes_at_one_time_count_once_when_confirmed_side_by_side(
        self, town: Town, planned: Planned
    ) -> None:
        wanted = planned(town.id, kind="class", class_kind="central", audience="secretaries", duration="half_day")
        made = [(await town.officer.post("/meetings", wanted)).json()["id"] for _ in range(5)]
        for one in made:
            await town.officer.list_present(one, [{"member_id": str(town.people[0]), "attended": True}])

        answers = await asyncio.gather(*(town.officer.confirm(one) for one in made))

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 4
        assert (await hours_of(town.secretary))[str(town.people[0])]["hours"] == "4.00"

    @pytest.mark.parametrize(
        ("minutes", "hours"), [((20, 20, 20), "1.00"), ((1, 1, 1), "0.05"), ((50, 50), "1.67"), ((9, 18), "0.45")]
    )
    async def test_by_the_clock_are_rounded_once_of_the_sum(
        self, town: Town, hold: Hold, minutes: tuple[int, ...], hours: str
    ) -> None:
        """Three times twenty minutes are an hour, not three times 0.33."""
        for day, length in enumerate(minutes, start=10):
            start = f"2025-03-{day}T09"
            span = {"starts_at": f"{start}:00:00+08:00", "ends_at": f"{start}:{length:02}:00+08:00"}
            await hold(town.secretary, town.branch, town.people[:2], **span)

        rows = await hours_of(town.secretary)

        exact = Fraction(sum(minutes), 60)
        assert Decimal(hours) == Decimal(math.floor(exact * 100 + Fraction(1, 2))) / 100
        assert [rows[str(one)]["hours"] for one in town.people[1:3]] == [hours, "0.00"]

    async def test_of_one_time_count_once_and_say_so(self, town: Town, hold: Hold) -> None:
        """From nine to eleven and from ten to twelve are three hours; a lesson of half a day stays four."""

        def span(day: int, first: int, last: int) -> dict[str, str]:
            hours = {"starts_at": first, "ends_at": last}
            return {name: f"2025-03-{day}T{hour:02}:00:00+08:00" for name, hour in hours.items()}

        both, lecture, study = town.people[:3]
        await hold(town.secretary, town.branch, [both, lecture], **span(10, 9, 11))
        await hold(town.secretary, town.branch, [both, study], kind="branch_study", **span(10, 10, 12))
        before = await hours_of(town.secretary)
        await hold(town.secretary, town.branch, [both], duration="half_day", **span(11, 9, 12))
        await hold(town.secretary, town.branch, [both], kind="branch_study", **span(11, 11, 13))
        after = await hours_of(town.secretary)

        told = [(before[str(one)]["hours"], before[str(one)]["overlapping_hours"]) for one in (both, lecture, study)]
        assert told == [("3.00", "1.00"), ("2.00", "0.00"), ("2.00", "0.00")]
        assert (after[str(both)]["hours"], after[str(both)]["overlapping_hours"]) == ("8.00", "2.00")

    async def test_explain_themselves(self, town: Town, hold: Hold) -> None:
        meeting = await hold(town.secretary, town.branch, town.people)

        found = (await town.secretary.get(f"/study-hours/{town.people[1]}", year=2025)).json()

        assert [(row["meeting_id"], row["hours"]) for row in found["records"]] == [(meeting, "2.00")]


class TestRequirement:
    async def test_is_not_set_by_a_town(self, town: Town) -> None:
        assert (await town.officer.post("/study-hour-requirements", {})).status_code == 403

    async def test_is_not_set_for_the_past(self, district: District, sign_in: SignIn) -> None:
        officer = await sign_in(("district_officer", district.root))
        row = {"root_id": str(district.root), "group": "member", "hours": "40", "source": "区委通知"}

        past = await officer.post("/study-hour-requirements", row | {"effective_from": "2024-12-31"})
        nan = await officer.post("/study-hour-requirements", row | {"effective_from": "2025-01-01", "hours": "NaN"})
        foreign = row | {"effective_from": "2025-01-01", "root_id": str(uuid4())}

        assert past.json()["code"] == "policy-in-the-past"
        assert nan.status_code == 422
        assert (await officer.post("/study-hour-requirements", foreign)).status_code == 404

    async def test_of_the_district_goes_before_the_default(
        self, district: District, town: Town, sign_in: SignIn
    ) -> None:
        officer = await sign_in(("district_officer", district.root))
        row = {"root_id": str(district.root), "group": "member", "hours": "40", "source": "区委通知"}

        made = await officer.post("/study-hour-requirements", row | {"effective_from": "2025-01-01"})
        twice = await officer.post("/study-hour-requirements", row | {"effective_from": "2025-01-01"})
        rows = await hours_of(town.secretary)

        assert (made.status_code, twice.json()["code"]) == (201, "policy-already-set")
        assert {rows[str(one)]["required"] for one in town.people[1:]} == {"40.00"}
        assert len((await town.secretary.get("/study-hour-requirements")).json()["items"]) == 5


class TestSettlement:
    async def test_waits_for_the_end_of_the_year(self, town: Town) -> None:
        answer = await town.officer.post("/study-years/2025/settlements", {"organization_id": str(town.branch)})

        assert answer.json()["code"] == "study-year-not-over"

    async def test_of_another_towns_branch_answers_like_a_missing_one(
        self, town: Town, other_town: Town, district: District
    ) -> None:
        await district.clock("2026-01-05T09:00:00")

        answer = await other_town.officer.post("/study-years/2025/settlements", {"organization_id": str(town.branch)})

        assert answer.status_code == 404

    async def test_is_told_once_and_corrected_with_a_reason(self, town: Town, hold: Hold, district: District) -> None:
        await hold(town.secretary, town.branch, town.people[:4])
        await district.clock("2026-01-05T09:00:00")
        path, body = "/study-years/2025/settlements", {"organization_id": str(town.branch)}

        answers = await asyncio.gather(*(town.officer.post(path, body) for _ in range(5)))
        corrected = await town.officer.post(path, body | {"correction_reason": "补录一次党课"})
        told = await district.events("training.study_year.settled.v2")

        assert sorted(answer.status_code for answer in answers) == [201] + [409] * 4
        assert (corrected.status_code, corrected.json()["revision"]) == (201, 2)
        assert [event["revision"] for event in told] == [1, 2]
        assert len(told[0]["members"]) == 5
        leaders = [(one["required"], one["required_of_members"]) for one in told[0]["leaders"]]
        assert leaders == [("56.00", "32.00")]

    async def test_without_a_first_one_has_nothing_to_correct(self, town: Town, district: District) -> None:
        await district.clock("2026-01-05T09:00:00")
        body = {"organization_id": str(town.branch), "correction_reason": "更正"}

        assert (await town.officer.post("/study-years/2025/settlements", body)).json()["code"] == "nothing-to-correct"
