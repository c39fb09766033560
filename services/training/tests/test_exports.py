"""What an official gets on paper: workbooks with dates, numbers, names and no formula (openpyxl reads them)."""

import datetime
import io
from typing import Any
from urllib.parse import quote

import pytest

from services.training.tests.district import Client, District, Hold, Planned, SignIn, Town
from sheets.exports import FORMULA_STARTS

pytestmark = pytest.mark.anyio
openpyxl = pytest.importorskip("openpyxl")
Row = dict[str, Any]
LISTS = {
    "/meetings": {}, "/make-ups": {}, "/study-hours": {"year": 2025}, "/rotations": {},
    "/study-years/2024/settlements": {}, "/study-hour-requirements": {}, "/training-limits": {},
    "/meeting-kind-rules": {},
}  # fmt: skip


async def exported(caller: Client, path: str, **params: Any) -> list[Row]:
    """Rows of the workbook by heading, each cell as openpyxl found it."""
    answer = await caller.get(f"{path}/export", **params)
    assert answer.status_code == 200, answer.text
    first, *rest = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()
    return [dict(zip([cell.value for cell in first], row, strict=True)) for row in rest]


@pytest.fixture
async def busy(town: Town, other_town: Town, hold: Hold, planned: Planned) -> Town:
    """A town with something in each of its lists, and another one that must not show."""
    await hold(town.secretary, town.branch, town.people[:4], title="=HYPERLINK(1)")
    await hold(other_town.secretary, other_town.branch, other_town.people)
    await town.officer.post("/study-years/2024/settlements", {"organization_id": str(town.branch)})
    await town.officer.post("/rotations", {"organization_id": str(town.id), "year": 2025, "title": "书记轮训"})
    return town


class TestEveryExport:
    async def test_is_a_table_people_can_read(self, busy: Town) -> None:
        for path, params in LISTS.items():
            listed = (await busy.officer.get(path, limit=200, **params)).json()["items"]
            rows = await exported(busy.officer, path, **params)

            assert len(rows) == len(listed) > 0, path
            for row in rows:
                assert all(heading and not heading.isascii() for heading in row), path
                assert {cell.data_type for cell in row.values()}.isdisjoint({"f", "e"}), path
                for cell in row.values():
                    if isinstance(cell.value, datetime.datetime):
                        assert cell.number_format in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"), (path, cell.coordinate)

    async def test_has_a_chinese_name_and_is_on_record(self, busy: Town, district: District) -> None:
        answer = await busy.officer.get("/meetings/export")
        plain = await busy.officer.get("/meetings/export", format="csv")

        assert quote("会议和培训班.xlsx") in answer.headers["Content-Disposition"]
        assert quote("会议和培训班.csv") in plain.headers["Content-Disposition"]
        made = await district.events("training.export.made.v1")
        assert [(event["operation"], event["rows"]) for event in made] == [("export_meetings", 1)] * 2

    async def test_is_not_for_members(self, busy: Town, sign_in: SignIn) -> None:
        member = await sign_in(("member", busy.branch), person=busy.people[1])

        assert (await member.get("/meetings/export")).status_code == 403


class TestMeetings:
    async def test_keep_text_as_text_and_days_as_days(self, busy: Town) -> None:
        [row] = await exported(busy.officer, "/meetings")

        assert row["主题"].value.startswith(FORMULA_STARTS)
        assert row["召集的党组织"].value == "第3党组织"
        assert (row["召开日期"].value.date(), row["召开日期"].number_format) == (
            datetime.date(2025, 3, 10), "yyyy-mm-dd",
        )  # fmt: skip
        assert (row["学时"].value, row["学时"].data_type) == (2, "n")
        assert (row["类型"].value, row["状态"].value, row["是否有效(确认后)"].value) == ("党课", "已确认", "是")


class TestStudyHours:
    async def test_are_numbers_beside_names(self, busy: Town) -> None:
        rows = await exported(busy.officer, "/study-hours", year=2025, sort="-hours")

        assert [row["已得学时"].value for row in rows] == [2, 2, 2, 2, 0]
        assert {row["已得学时"].data_type for row in rows} == {"n"}
        assert all(row["党员"].value.startswith("党员") and row["所在党组织"].value == "第3党组织" for row in rows)

    async def test_are_narrowed_like_the_list(self, busy: Town) -> None:
        rows = await exported(busy.officer, "/study-hours", year=2025, hours_to="0")
        leaders = await exported(busy.officer, "/study-hours", year=2025, is_leader="true")

        assert (len(rows), len(leaders)) == (1, 1)


class TestAttendances:
    async def test_name_everybody_expected(self, busy: Town) -> None:
        [meeting] = (await busy.officer.get("/meetings")).json()["items"]

        rows = await exported(busy.officer, f"/meetings/{meeting['id']}/attendances", sort="-attended")
        absent = await exported(busy.officer, f"/meetings/{meeting['id']}/attendances", attended="false")

        assert [row["到会"].value for row in rows] == ["是"] * 4 + ["否"]
        assert [row["党员"].value.startswith("党员") for row in absent] == [True]
        assert [row["计入学时(确认后)"].value for row in absent] == [0]


class TestMakeUps:
    async def test_say_who_missed_what_until_when(self, busy: Town) -> None:
        [row] = await exported(busy.officer, "/make-ups", state="due")

        assert (row["缺席的会议"].value[-12:], row["会议类型"].value, row["状态"].value) == (
            "HYPERLINK(1)", "党课", "待补课",
        )  # fmt: skip
        assert (row["补课截止日期"].value.date(), row["补课可得学时"].value) == (datetime.date(2025, 4, 9), 2)
        assert row["党员所在党组织"].value == "第3党组织"
        assert await exported(busy.officer, "/make-ups", state="overdue") == []
