"""党建活动圈: circles with their centres, who belongs to them, their staff, rooms and rota."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest

from kit.database import app_transaction
from registry.members.judgements.service import judge
from services.registry.tests.members.relations import Relations, relate

pytestmark = pytest.mark.anyio
AREAS = ("500.00", "600.00", "700.00", "800.00", "900.00", "500.00")
RING = [[121.1, 31.1], [121.2, 31.1], [121.2, 31.2], [121.1, 31.1]]
JUDGED = "registry.circle_quarter.judged.v1"


@dataclass
class Story:
    relations: Relations
    officer: Any
    secretary: Any
    rooms: list[dict[str, Any]] = field(default_factory=list)

    @property
    def town(self) -> dict[str, Any]:
        return self.relations.district.towns[0]

    @property
    def branch(self) -> dict[str, Any]:
        return self.relations.district.branches[0]

    def body(self, **fields: Any) -> dict[str, Any]:
        named = {"name": "东部活动圈", "centre_name": "东部活动中心", "address": "园区路 1 号"}
        sized = {"area": "500.00", "cost": "700000.00", "opened_on": "2024-01-01"}
        return {"organization_id": self.town["id"], **named, **sized, **fields}

    async def circle(self, **fields: Any) -> dict[str, Any]:
        return dict(await self.officer.made("/circles", **self.body(**fields)))

    async def join(self, circle: dict[str, Any], **fields: Any) -> Any:
        body = {"circle_id": circle["id"], "walking_minutes": 10, "joined_on": "2024-06-01"}
        return await self.secretary.post("/circle-memberships", {**body, **fields})

    async def access(self, circle: dict[str, Any], member: dict[str, Any], day: str) -> tuple[bool, bool]:
        asked = {"circle_id": circle["id"], "member_id": member["id"], "as_of": day}
        found = (await self.secretary.get("/circle-access", **asked)).json()
        return found["has_access"], found["is_through_group"]

    async def room(self, **fields: Any) -> dict[str, Any]:
        circle = await self.circle()
        return dict(
            await self.officer.made("/circle-rooms", circle_id=circle["id"], name="报告厅", capacity=60, **fields)
        )

    async def book(self, room: dict[str, Any], start: str, end: str, **fields: Any) -> Any:
        body = {"room_id": room["id"], "organization_id": self.branch["id"], "purpose": "主题党日", "people": 30}
        times = {"starts_at": f"2025-03-{start}:00+08:00", "ends_at": f"2025-03-{end}:00+08:00"}
        return await self.secretary.post("/circle-bookings", {**body, **times, **fields})


@pytest.fixture
async def story(registers: Any) -> Story:
    relations = await relate(registers)
    officer = await registers.office("town_officer", relations.district.towns[0])
    return Story(relations, officer, relations.old)


class TestCircle:
    @pytest.mark.feature("R28")
    async def test_has_a_centre_and_six_of_them_4000_square_metres(self, story: Story) -> None:
        circles = [
            await story.circle(name=f"第{number}活动圈", centre_name=f"第{number}活动中心", area=area)
            for number, area in enumerate(AREAS, start=1)
        ]
        ended = await story.circle(name="旧活动圈", opened_on="2023-01-01")
        await story.officer.ended(f"/circles/{ended['id']}", 1, ended_on="2024-01-01")

        figures = (await story.secretary.get("/circle-figures", as_of="2025-03-01")).json()

        assert len(circles) == 6
        assert (figures["circles"], figures["centres"], figures["area"]) == (6, 6, "4000.00")
        assert figures["cost"] == "4200000.00"

    @pytest.mark.feature("R28")
    @pytest.mark.parametrize(("minutes", "is_far"), [(15, False), (16, True)])
    async def test_flags_a_member_who_walks_more_than_15_minutes(
        self, story: Story, minutes: int, is_far: bool
    ) -> None:
        circle = await story.circle()

        joined = (await story.join(circle, member_id=story.relations.member["id"], walking_minutes=minutes)).json()

        assert joined["is_far"] is is_far
        flagged = (await story.secretary.get("/circle-memberships", is_far=True)).json()["items"]
        assert [one["id"] for one in flagged] == ([joined["id"]] if is_far else [])

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"boundary": [*RING[:-1], [121.0, 31.0]]}, "ring-not-closed"),
            ({"opened_on": "2099-01-01"}, "wrong-dates"),
            ({"organization_id": "00000000-0000-7000-8000-000000000000"}, "unknown-circle-organization"),
        ],
    )
    async def test_that_cannot_be_is_refused(self, story: Story, fields: dict[str, Any], code: str) -> None:
        answer = await story.officer.post("/circles", story.body(**fields))

        assert (answer.status_code, answer.json()["code"]) == (422, code)
        assert (await story.circle(boundary=RING))["boundary"] == RING

    async def test_is_changed_by_who_runs_its_centre(self, story: Story) -> None:
        circle = await story.circle()
        other = await story.relations.registers.office("town_officer", story.relations.district.towns[1])

        read = await other.get(f"/circles/{circle['id']}")
        voided = await other.post(f"/circles/{circle['id']}/void", {"reason": "写错"}, version=1)

        assert (read.status_code, voided.status_code) == (200, 404)


class TestMembership:
    @pytest.mark.feature("R29")
    async def test_of_a_group_lets_its_people_in_and_ends_with_the_group(self, story: Story) -> None:
        circle, member = await story.circle(), story.relations.member
        before = await story.access(circle, member, "2024-06-01")
        group = (await story.join(circle, organization_id=story.branch["id"])).json()
        newcomer = await story.relations.registers.member(story.branch)
        through = [await story.access(circle, one, "2025-03-01") for one in (member, newcomer)]
        await story.secretary.ended(f"/circle-memberships/{group['id']}", 1, ended_on="2025-03-02")
        after = await story.access(circle, member, "2025-03-02")
        await story.join(circle, member_id=member["id"], joined_on="2025-03-03")

        assert (before, through, after) == ((False, False), [(True, True)] * 2, (False, False))
        listed = {
            wanted: (await story.secretary.get("/circle-memberships", is_group=wanted)).json()["items"]
            for wanted in (True, False)
        }
        assert [one["id"] for one in listed[True]] == [group["id"]]
        assert [one["member_id"] for one in listed[False]] == [member["id"]]
        assert await story.access(circle, member, "2025-03-03") == (True, False)
        assert await story.access(circle, newcomer, "2025-03-03") == (False, False)

    async def test_is_one_persons_or_one_groups_and_once(self, story: Story) -> None:
        circle, member_id = await story.circle(), story.relations.member["id"]
        both = await story.join(circle, organization_id=story.branch["id"], member_id=member_id)
        nobody, first = await story.join(circle), await story.join(circle, member_id=member_id)
        twice = await story.join(circle, member_id=member_id)
        early = await story.join(circle, organization_id=story.branch["id"], joined_on="2023-12-31")
        unknown = await story.join({"id": member_id}, organization_id=story.branch["id"])

        codes = [one.json().get("code") for one in (both, nobody, first, twice, early, unknown)]
        assert codes == [
            "one-who-joins",
            "one-who-joins",
            None,
            "in-the-circle-already",
            "wrong-dates",
            "unknown-circle",
        ]


class TestStaff:
    @pytest.mark.feature("R31")
    async def test_of_6_centres_is_12_and_a_centre_that_lacks_one_is_found(self, story: Story) -> None:
        circles = [await story.circle(name=f"第{number}活动圈") for number in range(1, 7)]
        sent = [
            await story.officer.made(
                "/centre-staff", circle_id=one["id"], kind=kind, person_name="王老师", valid_from="2024-02-01"
            )
            for one in circles
            for kind in ("instructor", "theory_teacher")
        ]

        async def found() -> list[tuple[str, int]]:
            listed = (await story.officer.get("/findings", code="centre_without_staff")).json()["items"]
            return [(one["subject_id"], one["value"]) for one in listed]

        complete = await found()
        twice = await story.officer.post(
            "/centre-staff",
            {"circle_id": circles[0]["id"], "kind": "instructor", "person_name": "李四", "valid_from": "2024-03-01"},
        )
        await story.officer.ended(f"/centre-staff/{sent[-1]['id']}", 1, ended_on="2025-03-01")

        total = (await story.officer.get("/centre-staff", as_of="2025-02-28", with_total=True)).json()["total"]
        assert (len(circles), total, complete) == (6, 12, [])
        assert (twice.status_code, twice.json()["code"]) == (409, "centre-has-one")
        assert await found() == [(circles[-1]["id"], 1)]


class TestBooking:
    @pytest.mark.feature("R30")
    async def test_of_one_room_never_overlaps(self, story: Story) -> None:
        room = await story.room()
        first = await story.book(room, "10T09:00", "10T11:00")
        overlap = await story.book(room, "10T10:59", "10T12:00")
        after = await story.book(room, "10T11:00", "10T12:00")
        await story.secretary.post(f"/circle-bookings/{first.json()['id']}/void", {"reason": "改期"}, version=1)
        again = await story.book(room, "10T09:30", "10T11:00")

        assert (overlap.status_code, overlap.json()["code"]) == (409, "room-taken")
        assert [one.status_code for one in (first, after, again)] == [201] * 3

    @pytest.mark.feature("R30")
    @pytest.mark.parametrize(("fee", "status"), [("0.00", 201), ("20.00", 201), ("-0.01", 422)])
    async def test_costs_nothing_or_little(self, story: Story, fee: str, status: int) -> None:
        answer = await story.book(await story.room(), "10T09:00", "10T11:00", fee=fee)

        assert answer.status_code == status

    async def test_that_cannot_be_is_refused(self, story: Story) -> None:
        room = await story.room()
        tried = {
            "over-capacity": await story.book(room, "10T09:00", "10T11:00", people=61),
            "wrong-booking-time": await story.book(room, "02T09:00", "02T11:00"),
            "unknown-booking-organization": await story.book(
                room, "10T09:00", "10T11:00", organization_id=story.relations.district.branches[1]["id"]
            ),
            "unknown-room": await story.book({"id": room["circle_id"]}, "10T09:00", "10T11:00"),
        }
        longer, backwards = (
            await story.book(room, "10T09:00", "11T09:01"),
            await story.book(room, "10T09:00", "10T09:00"),
        )

        assert {code: (one.status_code, one.json()["code"]) for code, one in tried.items()} == {
            code: (422, code) for code in tried
        }
        assert {one.json()["code"] for one in (longer, backwards)} == {"wrong-booking-time"}


class TestRota:
    @pytest.mark.feature("R30")
    async def test_covers_each_month_or_says_which_it_does_not(self, story: Story) -> None:
        circle = await story.circle()
        turn = {"circle_id": circle["id"], "organization_id": story.branch["id"]}
        turns = [
            await story.officer.made("/circle-turns", **turn, month=f"2025-{month:02}")
            for month in range(1, 13)
            if month != 7
        ]
        twice = await story.officer.post("/circle-turns", {**turn, "month": "2025-01"})
        asked = {"circle_id": circle["id"], "year": 2025}

        gap = (await story.secretary.get("/circle-rota", **asked)).json()
        await story.officer.made("/circle-turns", **turn, month="2025-07")
        whole = (await story.secretary.get("/circle-rota", **asked)).json()
        await story.officer.post(f"/circle-turns/{turns[0]['id']}/void", {"reason": "对调"}, version=1)

        assert (twice.status_code, twice.json()["code"]) == (409, "month-taken")
        assert (gap["missing"], gap["is_complete"], len(gap["turns"])) == ([7], False, 11)
        assert (whole["missing"], whole["is_complete"], len(whole["turns"])) == ([], True, 12)
        assert (await story.secretary.get("/circle-rota", **asked)).json()["missing"] == [1]


class TestTakingPart:
    async def test_in_a_quarter_is_judged_the_day_after_it(self, story: Story) -> None:
        """The branch used a room, the other branch did nothing until the booking turned out to be a mistake."""
        other = await story.relations.registers.member(story.relations.district.branches[1])
        booking = (await story.book(await story.room(), "10T09:00", "10T11:00")).json()
        await story.relations.on("2025-04-01")
        begin = partial(app_transaction, story.relations.registers.app)
        await judge(begin)
        await story.secretary.post(f"/circle-bookings/{booking['id']}/void", {"reason": "没有举行"}, version=1)
        await judge(begin)

        told = [
            (one["organization_id"], one["took_part"])
            for one in story.relations.registers.events(JUDGED)
            if one["quarter_ends_on"] == "2025-03-31"
        ]
        own = [took_part for organization, took_part in told if organization == story.branch["id"]]
        assert own == [True, False]
        assert (other["organization_id"], False) in told
