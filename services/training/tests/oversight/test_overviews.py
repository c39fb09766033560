import io

import pytest

from services.training.tests.district import District, Hold, Town
from sheets.exports import FORMULA_STARTS

pytestmark = pytest.mark.anyio


class TestCadence:
    async def test_of_another_towns_branch_is_missing(self, town: Town, other_town: Town) -> None:
        answer = await other_town.officer.get("/cadence", year=2025, organization_id=str(town.branch))

        assert answer.status_code == 404

    @pytest.mark.feature("T25")
    async def test_expects_four_twelve_twelve_four_twelve_one_one(self, town: Town) -> None:
        items = (await town.secretary.get("/cadence", year=2025, organization_id=str(town.branch))).json()["items"]

        assert [item["expected"] for item in items] == [4, 12, 12, 4, 12, 1, 1, 1]
        assert [item["is_applicable"] for item in items[:3]] == [True, False, False]

    @pytest.mark.feature("T25")
    async def test_counts_valid_meetings_only(self, town: Town, hold: Hold, district: District) -> None:
        await hold(town.secretary, town.branch, town.people[:3], kind="theme_day", day="2025-01-10")
        await hold(town.secretary, town.branch, town.people[:1], kind="theme_day", day="2025-02-10")
        await district.clock("2025-04-02T09:00:00")

        answer = await town.secretary.get("/cadence", year=2025, organization_id=str(town.branch))
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

        answer = await town.secretary.get("/cadence", year=2025, organization_id=str(town.branch))
        meeting = next(item for item in answer.json()["items"] if item["kind"] == "group_meeting")

        assert (meeting["is_applicable"], meeting["held"], meeting["gaps"]) == (True, 1, ["2025-02"])


class TestOverview:
    async def test_counts_inside_the_callers_scope(self, town: Town, other_town: Town, hold: Hold) -> None:
        await hold(town.secretary, town.branch, town.people[:4])
        await hold(town.secretary, town.branch, town.people[:1], kind="theme_day", day="2025-03-11")

        mine = (await town.officer.get("/overview")).json()
        theirs = (await other_town.officer.get("/overview")).json()

        assert (mine["meetings"], mine["valid_meetings"], mine["attendances"]) == (2, 1, 5)
        assert (mine["study_hours_total"], mine["members"], mine["leaders"]) == ("10.00", 5, 1)
        assert (mine["make_ups_open"], mine["members_meeting_requirement"]) == (1, 0)
        assert (theirs["meetings"], theirs["attendances"], theirs["study_hours_total"]) == (0, 0, "0.00")

    async def test_stands_as_of_the_day(self, town: Town, hold: Hold) -> None:
        await hold(town.secretary, town.branch, town.people[:4])

        before = (await town.officer.get("/overview", as_of="2025-03-09")).json()

        assert (before["as_of"], before["meetings"], before["study_hours_total"]) == ("2025-03-09", 0, "0.00")


class TestExport:
    async def test_of_meetings_holds_only_the_callers_and_no_formula(
        self, town: Town, other_town: Town, hold: Hold, district: District
    ) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        await hold(town.secretary, town.branch, town.people, title="=HYPERLINK(1)")
        await hold(other_town.secretary, other_town.branch, other_town.people)

        answer = await town.officer.get("/exports/meetings")
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())

        assert len(rows) == 2
        assert {cell.data_type for cell in rows[1]}.isdisjoint({"f"})
        assert rows[1][2].value.startswith(FORMULA_STARTS)
        assert [event["rows"] for event in await district.events("training.export.made.v1")] == [1]

    async def test_of_study_hours_matches_the_list(self, town: Town, hold: Hold) -> None:
        openpyxl = pytest.importorskip("openpyxl")
        await hold(town.secretary, town.branch, town.people)

        answer = await town.officer.get("/exports/study-hours", year=2025)
        rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)

        assert len(rows) == 6
        assert {row[3] for row in rows[1:]} == {"2.00"}


class TestVocabulary:
    async def test_labels_every_value(self, town: Town) -> None:
        found = (await town.secretary.get("/vocabulary")).json()["terms"]

        assert {"value": "theme_day", "label": "主题党日"} in found["meeting_kind"]
        assert all(term["label"] for terms in found.values() for term in terms)
