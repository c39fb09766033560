import csv
import io
from typing import Any

import pytest

from services.training.tests.district import Client, District, Hold, SignIn, Town

pytestmark = pytest.mark.anyio


class TestCadence:
    async def test_of_another_towns_branch_is_missing(self, town: Town, other_town: Town) -> None:
        answer = await other_town.officer.get(f"/cadences/{town.branch}", year=2025)

        assert answer.status_code == 404

    @pytest.mark.feature("T25")
    async def test_expects_no_committee_and_no_group_where_there_is_none(self, town: Town) -> None:
        items = (await town.secretary.get(f"/cadences/{town.branch}", year=2025)).json()["items"]

        assert [item["expected"] for item in items] == [4, 0, 0, 4, 12, 1, 1, 1]
        assert [item["is_applicable"] for item in items[:3]] == [True, False, False]

    @pytest.mark.feature("T25")
    async def test_expects_four_twelve_twelve_four_twelve_one_one(self, town: Town, district: District) -> None:
        await district.post(town.people[1], town.branch, "deputy_secretary")
        await district.organization("party_group", town.branch)
        without = (await town.secretary.get(f"/cadences/{town.branch}", year=2025)).json()["items"]
        await district.post(town.people[2], town.branch, "committee_member")

        items = (await town.secretary.get(f"/cadences/{town.branch}", year=2025)).json()["items"]

        assert [item["expected"] for item in without] == [4, 0, 12, 4, 12, 1, 1, 1]
        assert [item["expected"] for item in items] == [4, 12, 12, 4, 12, 1, 1, 1]

    @pytest.mark.feature("T25")
    async def test_counts_valid_meetings_only(self, town: Town, hold: Hold, district: District) -> None:
        await hold(town.secretary, town.branch, town.people[:3], kind="theme_day", day="2025-01-10")
        await hold(town.secretary, town.branch, [], kind="theme_day", day="2025-02-10")
        await district.clock("2025-04-02T09:00:00")

        answer = await town.secretary.get(f"/cadences/{town.branch}", year=2025)
        theme_day = next(item for item in answer.json()["items"] if item["kind"] == "theme_day")

        assert (theme_day["held"], theme_day["invalid"]) == (1, 1)
        assert theme_day["gaps"] == ["2025-02", "2025-03"]

    @pytest.mark.feature("T25")
    async def test_counts_group_meetings_of_the_branchs_groups(
        self, town: Town, hold: Hold, district: District
    ) -> None:
        group = await district.organization("party_group", town.branch)
        people = await district.members(group, 3)
        await hold(town.secretary, group, people, kind="group_meeting", day="2025-01-10")

        answer = await town.secretary.get(f"/cadences/{town.branch}", year=2025)
        meeting = next(item for item in answer.json()["items"] if item["kind"] == "group_meeting")

        assert (meeting["is_applicable"], meeting["held"], meeting["gaps"]) == (True, 1, ["2025-02"])


async def rows_of(caller: Client, **params: Any) -> dict[str, dict[str, Any]]:
    answer = await caller.get("/cadences", year=2025, **params)
    assert answer.status_code == 200, answer.text
    return {row["organization_id"]: row for row in answer.json()["items"]}


class TestRollUp:
    """Which of my branches are behind, and in what, in one request."""

    async def test_lists_only_branches_below_the_caller(self, town: Town, other_town: Town) -> None:
        assert set(await rows_of(town.officer)) == {str(town.branch)}
        assert set(await rows_of(other_town.secretary)) == {str(other_town.branch)}

    @pytest.mark.feature("T25")
    async def test_says_of_every_branch_what_its_own_page_says(
        self, town: Town, other_town: Town, hold: Hold, district: District, sign_in: SignIn
    ) -> None:
        await district.post(town.people[1], town.branch, "committee_member")
        group = await district.organization("party_group", other_town.branch)
        people = await district.members(group, 3)
        await hold(other_town.secretary, group, people, kind="group_meeting", day="2025-01-10")
        await hold(town.secretary, town.branch, town.people[:4], kind="theme_day", day="2025-01-10")
        await hold(town.secretary, town.branch, [], kind="theme_day", day="2025-02-10")
        await district.clock("2025-04-01T00:00:01")
        officer = await sign_in(("district_officer", district.root))

        listed = await rows_of(officer)

        assert set(listed) == {str(town.branch), str(other_town.branch)}
        for branch, row in listed.items():
            items = (await officer.get(f"/cadences/{branch}", year=2025)).json()["items"]
            own = {item["kind"]: item["gaps"] for item in items if item["gaps"]}
            assert {one["kind"]: one["gaps"] for one in row["lacking"]} == own
            assert row["missing"] == sum(map(len, own.values()))
        mine = {one["kind"]: one["gaps"] for one in listed[str(town.branch)]["lacking"]}
        assert mine["theme_day"] == ["2025-02", "2025-03"]
        assert mine["branch_committee"] == ["2025-01", "2025-02", "2025-03"]
        assert mine["branch_assembly"] == ["2025-Q1"]
        theirs = {one["kind"]: one["gaps"] for one in listed[str(other_town.branch)]["lacking"]}
        assert (theirs["group_meeting"], "branch_committee" in theirs) == (["2025-02", "2025-03"], False)

    @pytest.mark.feature("T25")
    async def test_is_narrowed_by_what_is_behind(self, town: Town, other_town: Town, district: District) -> None:
        await district.post(town.people[1], town.branch, "committee_member")
        officer = town.officer

        assert set(await rows_of(officer, lacks="branch_committee")) == {str(town.branch)}
        assert await rows_of(other_town.officer, lacks="branch_committee") == {}
        assert set(await rows_of(officer, lacks="branch_committee", under=str(town.id))) == {str(town.branch)}
        assert await rows_of(officer, is_behind="false") == {}
        assert await rows_of(officer, missing_from="50") == {}

    async def test_finds_nobody_behind_before_a_period_is_over(self, town: Town, district: District) -> None:
        await district.clock("2025-01-31T23:59:00")
        running = await rows_of(town.officer)
        await district.clock("2025-02-01T00:01:00")
        over = await rows_of(town.officer)

        assert [(row["is_behind"], row["missing"], row["lacking"]) for row in running.values()] == [(False, 0, [])]
        assert [(row["is_behind"], row["missing"]) for row in over.values()] == [(True, 1)]

    async def test_is_exported_with_one_line_a_branch(self, town: Town) -> None:
        answer = await town.officer.get("/cadences/export", year=2025, format="csv")
        heading, line = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))

        assert heading == ["支部", "上级党组织", "有缺", "缺开次数", "缺开的会议"]
        assert line == ["第3党组织", "第2党组织", "是", "2", "主题党日 2025-01、2025-02"]
