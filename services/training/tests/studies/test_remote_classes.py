"""Remote classes: each minute counts once, within a day's cap and one in all, and becomes hours of the year."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import httpx2
import pytest

from services.training.tests.district import Client, District, Hold, SignIn, Town
from training.studies.remote_classes.rules import Watched, credited

FIRST, SECOND = date(2025, 3, 3), date(2025, 3, 4)


class TestMinutes:
    @pytest.mark.parametrize(
        ("watched", "expected"),
        [
            pytest.param([(FIRST, 0, 40)], [40], id="once"),
            pytest.param([(FIRST, 0, 40), (FIRST, 0, 40)], [40, 0], id="watched twice"),
            pytest.param([(FIRST, 0, 40), (FIRST, 30, 50)], [40, 10], id="overlapping"),
            pytest.param([(FIRST, 20, 40), (FIRST, 0, 60)], [20, 40], id="around"),
            pytest.param([(FIRST, 0, 80)], [60], id="a day's cap"),
            pytest.param([(FIRST, 0, 50), (FIRST, 50, 80)], [50, 10], id="the rest of a day"),
            pytest.param([(FIRST, 0, 80), (SECOND, 0, 80)], [60, 20], id="cut off and watched the next day"),
            pytest.param([(FIRST, 0, 60), (SECOND, 60, 120)], [60, 40], id="the cap in all"),
            pytest.param([(FIRST, 0, 60), (SECOND, 60, 100), (SECOND, 100, 110)], [60, 40, 0], id="nothing left"),
        ],
    )
    def test_count_once_within_60_a_day_and_100_in_all(
        self, watched: list[tuple[date, int, int]], expected: list[int]
    ) -> None:
        assert credited([Watched(*one) for one in watched], daily_cap=60, total_cap=100) == expected


@dataclass
class School:
    district: District
    town: Town
    person: UUID
    member: Client
    remote: str

    async def watch(self, start: str, first: int, end: int, **changes: Any) -> httpx2.Response:
        body = {"started_at": f"{start}:00+08:00", "from_minute": first, "to_minute": end, **changes}
        return await self.member.post(f"/remote-classes/{self.remote}/viewings", body)

    async def hours(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.member.get(f"/study-hours/{self.person}", year=2025)).json()
        return found


CLASS = {"title": "党史专题", "minutes": 200, "daily_cap": 60, "total_cap": 150}


@pytest.fixture
async def school(district: District, town: Town, sign_in: SignIn) -> School:
    await district.clock("2025-03-03T20:00:00")
    person = town.people[1]
    body = {"organization_id": str(town.id), **CLASS, "opens_on": "2025-03-01", "closes_on": "2025-06-30"}
    made = await town.officer.post("/remote-classes", body)
    assert made.status_code == 201, made.text
    member = await sign_in(("member", town.branch), person=person)
    return School(district, town, person, member, made.json()["id"])


@pytest.mark.anyio
class TestRemoteClass:
    async def test_of_another_town_answers_like_a_missing_one(self, school: School, other_town: Town) -> None:
        path = f"/remote-classes/{school.remote}"

        seen = await other_town.secretary.get(path)
        watched = await other_town.secretary.post(
            f"{path}/viewings", {"started_at": "2025-03-03T19:00:00+08:00", "from_minute": 0, "to_minute": 10}
        )

        assert [(one.status_code, one.json()["code"]) for one in (seen, watched)] == [
            (404, "remote-class-not-found"),
            (404, "remote-class-not-found"),
        ]

    @pytest.mark.feature("T21")
    async def test_gives_hours_by_the_minutes_watched_each_once_and_within_the_caps(self, school: School) -> None:
        """Of 200 minutes 60 a day and 150 in all: three evenings, the first of them watched twice."""
        first = [await school.watch("2025-03-03T17:00", 0, 40), await school.watch("2025-03-03T18:00", 20, 90)]
        await school.district.clock("2025-03-04T22:00:00")
        second = await school.watch("2025-03-04T19:00", 60, 130)
        await school.district.clock("2025-03-05T22:00:00")
        third = await school.watch("2025-03-05T19:00", 120, 200)

        counted = [one.json()["credited_minutes"] for one in (*first, second, third)]
        own = await school.hours()
        listed = (await school.town.officer.get("/study-hours", year=2025, member_id=str(school.person))).json()
        seen = (await school.town.officer.get(f"/remote-classes/{school.remote}")).json()
        assert counted == [40, 20, 60, 30]
        assert (own["hours"], listed["items"][0]["hours"], own["overlapping_hours"]) == ("2.50", "2.50", "0.00")
        assert [(one["watched_on"], one["credited_minutes"], one["remote_class_name"]) for one in own["remote"]] == [
            ("2025-03-03", 60, "党史专题"), ("2025-03-04", 60, "党史专题"), ("2025-03-05", 30, "党史专题"),
        ]  # fmt: skip
        assert (seen["viewers"], seen["credited_minutes"]) == (1, 150)

    async def test_is_watched_when_it_is_open_and_for_as_long_as_is_said(self, school: School) -> None:
        answers = [
            await school.watch("2025-03-03T19:30", 0, 31),
            await school.watch("2025-03-01T23:00", 0, 30),
            await school.watch("2025-02-28T19:00", 0, 30),
            await school.watch("2025-03-03T09:00", 190, 201),
            await school.watch("2025-03-03T19:00", 0, 0),
            await school.watch("2025-03-02T23:30", 0, 31),
        ]

        codes = [(one.status_code, one.json()["code"]) for one in answers]
        assert codes == [
            (422, "not-yet-watched"),
            (409, "viewing-too-late"),
            (409, "remote-class-not-open"),
            (422, "beyond-the-class"),
            (422, "invalid-input"),
            (422, "viewing-across-midnight"),
        ]
        assert (await school.watch("2025-03-02T23:30", 0, 30)).status_code == 201
        assert (await school.watch("2025-03-03T19:30", 0, 30)).status_code == 201

    async def test_is_not_watched_twice_at_one_time(self, school: School) -> None:
        other = (
            await school.town.officer.post(
                "/remote-classes",
                {
                    "organization_id": str(school.town.id), **CLASS, "title": "法治专题",
                    "opens_on": "2025-03-01", "closes_on": "2025-06-30",
                },
            )
        ).json()["id"]  # fmt: skip
        await school.watch("2025-03-03T19:00", 0, 30)

        body = {"started_at": "2025-03-03T19:29:00+08:00", "from_minute": 0, "to_minute": 30}
        meanwhile = await school.member.post(f"/remote-classes/{other}/viewings", body)
        after = await school.member.post(
            f"/remote-classes/{other}/viewings", {**body, "started_at": "2025-03-03T19:30:00+08:00"}
        )

        assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "watched-meanwhile")
        assert (after.status_code, (await school.hours())["hours"]) == (201, "1.00")

    async def test_void_takes_hours_back_and_a_void_piece_lets_another_count(self, school: School) -> None:
        untrue = (await school.watch("2025-03-03T17:00", 0, 30)).json()
        again = (await school.watch("2025-03-03T18:00", 0, 20)).json()
        path = f"/class-viewings/{untrue['id']}"

        voided = await school.town.officer.post(f"{path}/void", {"reason": "挂机"}, If_Match='"2"')
        after = await school.hours()
        remote = f"/remote-classes/{school.remote}"
        await school.town.officer.post(f"{remote}/void", {"reason": "开错"}, If_Match='"1"')

        assert (again["credited_minutes"], voided.json()["credited_minutes"]) == (0, 0)
        assert (after["hours"], (await school.hours())["hours"]) == ("0.33", "0.00")
        assert (await school.watch("2025-03-03T19:00", 30, 40)).json()["code"] == "record-void"
        told = await school.district.events("training.class_viewing.changed.v1")
        assert [(one["credited_minutes"], one["is_void"]) for one in told] == [
            (30, False), (0, False), (0, True), (20, False), (0, False),
        ]  # fmt: skip

    async def test_of_a_void_class_leaves_its_time_to_the_right_one(self, school: School) -> None:
        await school.watch("2025-03-03T19:00", 0, 30)
        await school.town.officer.post(f"/remote-classes/{school.remote}/void", {"reason": "开错"}, If_Match='"1"')
        body = {"organization_id": str(school.town.id), **CLASS, "opens_on": "2025-03-01", "closes_on": "2025-06-30"}
        school.remote = (await school.town.officer.post("/remote-classes", body)).json()["id"]

        assert (await school.watch("2025-03-03T19:00", 0, 30)).json()["credited_minutes"] == 30

    async def test_at_the_time_of_a_meeting_counts_as_the_meeting_alone(self, school: School, hold: Hold) -> None:
        """A lecture from nine to eleven that the member came to; what is watched from eleven on counts."""
        await school.watch("2025-03-03T10:59", 0, 30)
        await school.watch("2025-03-03T11:29", 30, 60)

        await hold(school.town.secretary, school.town.branch, [school.person], day="2025-03-03")

        assert (await school.hours())["hours"] == "2.50"

    async def test_of_nine_hours_and_seven_minutes_counts(self, school: School) -> None:
        whole = {**CLASS, "minutes": 600, "daily_cap": 600, "total_cap": 600}
        body = {"organization_id": str(school.town.id), **whole, "opens_on": "2025-03-01", "closes_on": "2025-06-30"}
        school.remote = (await school.town.officer.post("/remote-classes", body)).json()["id"]

        await school.watch("2025-03-03T08:00", 0, 547)

        assert (await school.hours())["hours"] == "9.12"

    async def test_keeps_its_length_and_caps_and_closes_after_it_opens(self, school: School) -> None:
        path = f"/remote-classes/{school.remote}"

        early = await school.town.officer.patch(path, {"closes_on": "2025-02-01"}, If_Match='"1"')
        caps = await school.town.officer.patch(path, {"daily_cap": 500}, If_Match='"1"')
        named = await school.town.officer.patch(path, {"lecturer": "区委党校教师"}, If_Match='"1"')

        assert (early.json()["code"], caps.status_code) == ("closes-before-opening", 422)
        assert (named.status_code, named.json()["lecturer"], named.json()["daily_cap"]) == (200, "区委党校教师", 60)
