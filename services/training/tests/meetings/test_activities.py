"""Activities: their kinds, every Friday, heads beside the members, exchanges, visits of demonstration points."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from kit.ids import uuid7
from services.training.tests.district import Client, District, Hold, Planned, Town

pytestmark = pytest.mark.anyio
CONFIRMED = "training.activity.confirmed.v1"


async def held(
    caller: Client, plan: dict[str, Any], heads: dict[str, int], lines: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    made = await caller.post("/meetings", plan)
    assert made.status_code == 201, made.text
    return await confirmed(caller, made.json()["id"], heads, lines)


async def confirmed(
    caller: Client, meeting: str, heads: dict[str, int], lines: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    path = f"/meetings/{meeting}"
    counted = await caller.put(f"{path}/heads", heads, If_Match=await caller.tag_of(path))
    assert counted.status_code == 200, counted.text
    if lines is not None:
        assert (await caller.list_present(meeting, lines)).status_code == 200
    done = await caller.confirm(meeting)
    assert done.status_code == 201, done.text
    return dict(done.json())


async def figures(caller: Client, **params: Any) -> dict[tuple[str, str | None], dict[str, Any]]:
    found = (await caller.get("/activity-figures", **params)).json()["figures"]
    return {(one["kind"], one["direction"]): one for one in found}


def present(people: list[UUID]) -> list[dict[str, Any]]:
    return [{"member_id": str(one), "attended": True} for one in people]


class TestPlanning:
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"kind": "exchange", "direction": "going_out"}, "exchange-mismatch"),
            ({"kind": "exchange", "host_name": "邻区科技园"}, "exchange-mismatch"),
            ({"kind": "volunteering", "host_name": "邻区科技园"}, "exchange-mismatch"),
            ({"kind": "site_visit"}, "visit-mismatch"),
            ({"kind": "site_visit", "visited_organization_id": str(uuid7())}, "not-a-demonstration-point"),
            ({"kind": "volunteering", "audience": "leaders"}, "audience-mismatch"),
            ({"kind": "party_lecture", "audience": "public"}, "audience-mismatch"),
        ],
    )
    async def test_refuses_what_does_not_fit(
        self, town: Town, planned: Planned, changes: dict[str, Any], code: str
    ) -> None:
        answer = await town.secretary.post("/meetings", planned(town.branch) | changes)

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    @pytest.mark.feature("T26")
    async def test_of_an_art_day_repeats_it_every_friday(self, town: Town, planned: Planned) -> None:
        friday = planned(town.branch, "culture_sport", "2025-03-07", title="艺术活动日", repeats_until="2025-06-27")

        series = (await town.secretary.post("/meeting-series", friday)).json()

        days = [date.fromisoformat(one["held_on"]) for one in series["meetings"]]
        assert days == [date(2025, 3, 7) + timedelta(weeks=week) for week in range(17)]
        assert {day.isoweekday() for day in days} == {5}
        listed = (await town.secretary.get("/meetings", series=series["series"], with_total=True)).json()
        assert listed["total"] == 17

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"repeats_until": "2025-03-13"}, "series-mismatch"),
            ({"repeats_until": "2026-04-10"}, "series-mismatch"),
            ({"kind": "party_lecture", "repeats_until": "2025-04-07"}, "not-an-activity"),
        ],
    )
    async def test_of_a_series_refuses_other_days_and_kinds(
        self, town: Town, planned: Planned, changes: dict[str, Any], code: str
    ) -> None:
        answer = await town.secretary.post("/meeting-series", planned(town.branch, "culture_sport") | changes)

        assert (answer.status_code, answer.json()["code"]) == (422, code)


class TestHeads:
    @pytest.mark.feature("T26")
    async def test_of_a_sports_day_are_140_teams_and_1200_people(
        self, district: District, town: Town, planned: Planned
    ) -> None:
        sports = planned(town.id, "culture_sport", title="运动会", audience="subtree_members")

        await held(town.officer, sports, {"teams": 140, "guests": 1195}, present(town.people))

        found = (await figures(town.officer))["culture_sport", None]
        assert (found["teams"], found["person_times"], found["attended"]) == (140, 1200, 5)
        [told] = await district.events(CONFIRMED)
        assert (told["teams"], told["guests"], told["attended"], len(told["participants"])) == (140, 1195, 5, 5)

    @pytest.mark.feature("T26")
    async def test_of_blood_donated_by_20_branches_are_nearly_100(
        self, district: District, town: Town, planned: Planned
    ) -> None:
        branches = [await district.organization("branch", town.id) for _ in range(20)]
        for number, branch in enumerate(branches):
            people = await district.members(branch, 4)
            await held(
                town.officer,
                planned(branch, "volunteering", title="无偿献血"),
                {"guests": 1 if number < 18 else 0},
                present(people),
            )

        found = (await figures(town.officer, under=str(town.id)))["volunteering", None]

        assert (found["organizations"], found["events"], found["person_times"]) == (20, 20, 98)

    @pytest.mark.feature("T27")
    async def test_of_owners_at_a_joint_study_are_a_number_and_no_names(
        self, district: District, town: Town, planned: Planned
    ) -> None:
        """A joint study needs one who leads the enterprise; of them nothing is kept but how many came."""
        study = planned(town.branch, "joint_study", title="管理层共同学习")
        with_owners = await held(town.secretary, study, {"guests": 3, "enterprise_heads": 3}, present(town.people[:2]))
        alone = planned(town.branch, "joint_study", "2025-03-11")
        without = await held(town.secretary, alone, {"guests": 3}, present(town.people[:2]))

        assert (with_owners["enterprise_heads"], with_owners["is_valid"], without["is_valid"]) == (3, True, False)
        listed = (await town.secretary.get(f"/meetings/{with_owners['id']}/attendances", limit=200)).json()["items"]
        assert {one["member_id"] for one in listed} == set(map(str, town.people))
        told = (await district.events(CONFIRMED))[0]
        assert (told["enterprise_heads"], told["attended"]) == (3, 2)

    @pytest.mark.feature("T29")
    async def test_of_a_forum_are_those_of_more_than_500_enterprises(self, town: Town, planned: Planned) -> None:
        forum = planned(town.id, "open_lecture", title="“幸福中国”论坛", audience="public")

        done = await held(town.officer, forum, {"guests": 620, "enterprise_heads": 520, "enterprises": 512})

        assert (done["expected"], done["attended"], done["is_valid"]) == (0, 0, True)
        found = (await figures(town.officer))["open_lecture", None]
        assert (found["enterprise_heads"], found["enterprises"], found["person_times"]) == (520, 512, 620)

    @pytest.mark.feature("T23")
    async def test_of_a_skill_course_need_no_member(self, district: District, town: Town, planned: Planned) -> None:
        course = planned(town.branch, "skill_course", title="免费电工培训", audience="public")

        done = await held(town.secretary, course, {"guests": 45})
        empty = await held(town.secretary, course | planned(town.branch, "skill_course", "2025-03-12"), {})

        assert (done["audience"], done["guests"], done["is_valid"]) == ("public", 45, True)
        assert empty["is_valid"] is False
        assert [one["participants"] for one in await district.events(CONFIRMED)] == [[], []]

    async def test_are_of_activities_only_and_leaders_among_the_guests(self, town: Town, planned: Planned) -> None:
        lecture = (await town.secretary.post("/meetings", planned(town.branch))).json()
        day = (await town.secretary.post("/meetings", planned(town.branch, "volunteering"))).json()

        answers = [
            await town.secretary.put(f"/meetings/{one['id']}/heads", heads, If_Match='"1"')
            for one, heads in ((lecture, {"guests": 1}), (day, {"guests": 1, "enterprise_heads": 2}))
        ]

        assert [one.json()["code"] for one in answers] == ["not-an-activity", "too-many-enterprise-heads"]

    async def test_stand_once_confirmed_until_a_superior_opens_them(self, town: Town, planned: Planned) -> None:
        done = await held(town.secretary, planned(town.branch, "volunteering"), {"guests": 4}, present(town.people))
        path = f"/meetings/{done['id']}"

        late = await town.secretary.put(f"{path}/heads", {"guests": 9}, If_Match=await town.secretary.tag_of(path))
        await town.officer.reopen(done["id"])
        again = await confirmed(town.secretary, done["id"], {"guests": 9})

        assert late.json()["code"] == "meeting-already-confirmed"
        assert (again["guests"], again["attended"]) == (9, 5)


class TestConfirmation:
    async def test_tells_who_spoke_and_nothing_that_anybody_owes(
        self, district: District, town: Town, planned: Planned
    ) -> None:
        """An activity is told by its own name, so that nobody's attendance suffers from it; a re-taken one corrects."""
        lines = [{**one, "spoke": True} for one in present(town.people[:1])]
        lines += [{"member_id": str(town.people[1]), "attended": False, "spoke": True}]
        done = await held(town.secretary, planned(town.branch, "micro_lecture"), {}, lines)
        await town.officer.reopen(done["id"])
        await town.secretary.confirm(done["id"])

        first, second = await district.events(CONFIRMED)

        assert [one["member_id"] for one in first["participants"] if one["spoke"]] == [str(town.people[0])]
        assert (first["revision"], second["revision"]) == (None, 3)
        assert await district.events("training.meeting.confirmed.v1") == []
        hours = {one["member_id"]: one["hours"] for one in first["participants"]}
        assert (hours[str(town.people[0])], hours[str(town.people[1])]) == ("2.00", "0.00")


class TestFigures:
    @pytest.mark.feature("T14")
    async def test_of_exchanges_are_20_events_and_1000_person_times(self, town: Town, planned: Planned) -> None:
        for number in range(20):
            direction = "going_out" if number < 12 else "inviting_in"
            exchange = planned(town.branch, "exchange", f"2025-02-{number + 1:02}", host_name="邻区科技园")
            await held(town.secretary, exchange | {"direction": direction}, {"guests": 45}, present(town.people))
        empty = planned(town.branch, "exchange", "2025-02-25", host_name="邻区科技园", direction="going_out")
        await held(town.secretary, empty, {})

        found = await figures(town.officer, from_day="2025-01-01", to_day="2025-12-31")

        counted = {direction: (one["events"], one["person_times"]) for (_, direction), one in found.items()}
        assert counted == {"going_out": (12, 600), "inviting_in": (8, 400)}

    @pytest.mark.feature("T24")
    async def test_of_visits_are_20_each_linked_to_a_demonstration_point(
        self, district: District, town: Town, planned: Planned
    ) -> None:
        points = [await district.organization("branch", town.id, name=f"示范支部 {one + 1}") for one in range(20)]
        named = {"level": "district", "valid_from": "2024-01-01", "valid_to": None}
        for number, point in enumerate(points):
            await district.tell(
                "registry.demonstration_point.changed.v1", point, {"organization_id": str(point), **named}
            )
            visit = planned(town.branch, "site_visit", f"2025-02-{number + 1:02}", visited_organization_id=str(point))
            await held(town.secretary, visit, {"guests": 10}, present(town.people))
        gone = {"organization_id": str(points[0]), **named, "valid_to": "2025-03-01"}
        await district.tell("registry.demonstration_point.changed.v1", points[0], gone, version=2)
        late = planned(town.branch, "site_visit", "2025-03-01", visited_organization_id=str(points[0]))

        found = (await figures(town.officer))["site_visit", None]
        listed = (await town.officer.get("/meetings", visited_organization_id=str(points[3]))).json()["items"]
        refused = await town.secretary.post("/meetings", late)

        assert (found["events"], found["visited_points"], found["person_times"]) == (20, 20, 300)
        assert [one["visited_organization_name"] for one in listed] == ["示范支部 4"]
        assert refused.json()["code"] == "not-a-demonstration-point"

    async def test_hold_what_the_caller_reaches(self, town: Town, other_town: Town, hold: Hold) -> None:
        await hold(town.secretary, town.branch, town.people, kind="volunteering")

        assert (await figures(other_town.officer)) == {}
        assert (await figures(town.officer, from_day="2025-03-11")) == {}
        assert (await figures(town.officer)).keys() == {("volunteering", None)}
