"""The working days of a whole year, entered at once: weekdays plus what the State Council arranged."""

import datetime
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from datetime import date
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from scoring.reference.working_days.rules import ArrangedDay, faults_of, whole_year, years_needed_on
from scoring.reference.working_days.workbooks import TEMPLATE
from services.scoring.tests.conftest import Client, District, People
from services.scoring.tests.sheets import opened
from sheets import write_rows

pytestmark = pytest.mark.anyio
NEXT = 2027
WHOLE, IMPORT = f"/working-days/years/{NEXT}", f"/working-days/years/{NEXT}/import"
NEW_YEAR, WEEKEND_WORKED = date(2027, 1, 1), date(2027, 2, 20)
ARRANGED: list[tuple[date, bool, str]] = [
    (NEW_YEAR, False, "元旦"),
    (date(2027, 2, 8), False, "春节"),
    (date(2027, 2, 9), False, "春节"),
    (WEEKEND_WORKED, True, "调休上班"),
]
FIGURES = {"day_count": 365, "working_count": 261 - 3 + 1, "rest_weekday_count": 3, "working_weekend_count": 1}


def as_json(*days: tuple[date, bool, str]) -> dict[str, Any]:
    return {"exceptions": [{"day": str(day), "is_working": works, "note": note} for day, works, note in days]}


def as_workbook(*days: tuple[object, object, str]) -> bytes:
    shown = [(day, {True: "是", False: "否"}.get(works, works), note) for day, works, note in days]  # type: ignore[call-overload] # a wrong cell of any type stays
    return write_rows(TEMPLATE.title, TEMPLATE.headings, shown)


@pytest.fixture
async def administrator(
    district: District,
    service_client: Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]],
    issue_token: Callable[..., str],
) -> AsyncIterator[Client]:
    async with service_client(district.app, issue_token(grants=[("system_administrator", None)])) as http:
        yield Client(http)


async def put(caller: Client, body: dict[str, Any], *, version: int | None = None, **query: Any) -> httpx2.Response:
    headers = {"If-Match": f'"{version}"'} if version else {}
    return await caller.http.put("/api/v1/scoring" + WHOLE, json=body, headers=headers, params=query)


async def upload(caller: Client, content: bytes, *, version: int | None = None, **query: Any) -> httpx2.Response:
    headers = {"Idempotency-Key": uuid4().hex} | ({"If-Match": f'"{version}"'} if version else {})
    files = {"file": ("2027.xlsx", content)}
    return await caller.http.post("/api/v1/scoring" + IMPORT, files=files, headers=headers, params=query)


async def known(caller: Client) -> dict[str, Any]:
    found: dict[str, Any] = (await caller.get(WHOLE)).json()
    return found


class TestAWorkingYear:
    async def test_is_set_by_the_system_administrator_only(self, people: People, administrator: Client) -> None:
        assert (await put(people.stranger, as_json(*ARRANGED))).status_code == 401
        assert (await put(people.district_officer, as_json(*ARRANGED))).status_code == 403
        assert (await upload(people.district_officer, b"x")).status_code == 403
        assert (await known(people.member))["day_count"] == 0
        assert (await put(administrator, as_json(*ARRANGED))).status_code == 200

    async def test_is_every_weekday_but_the_exceptions(self, administrator: Client, district: District) -> None:
        answer = await put(administrator, as_json(*ARRANGED))

        told = answer.json()
        assert (answer.status_code, told["state"], told["changed_count"]) == (200, "published", 365)
        assert {name: told[name] for name in FIGURES} == FIGURES
        days = (await administrator.get("/working-days", year=NEXT, limit=200)).json()["items"]
        working = {one["day"]: (one["is_working"], one["note"]) for one in days}
        assert working["2027-01-01"] == (False, "元旦")
        assert (working["2027-01-02"], working["2027-01-04"]) == ((False, ""), (True, ""))
        assert working["2027-02-20"] == (True, "调休上班")
        (event,) = await district.events("scoring.working_year.set.v1")
        assert event == {
            "year": NEXT,
            "rest_weekdays": ["2027-01-01", "2027-02-08", "2027-02-09"],
            "working_weekends": ["2027-02-20"],
        }

    async def test_is_tried_before_it_is_written(self, administrator: Client) -> None:
        for tried in (
            await put(administrator, as_json(*ARRANGED), dry_run=True),
            await upload(administrator, as_workbook(*ARRANGED), dry_run=True),
        ):
            told = tried.json()
            assert (told["state"], told["changed_count"], told["problems"]) == ("checked", 365, [])
            assert {name: told[name] for name in FIGURES} == FIGURES

        assert (await known(administrator))["day_count"] == 0

    async def test_comes_from_a_workbook_and_goes_into_one(self, administrator: Client) -> None:
        """What is exported, altered and handed in again changes the days altered and no other."""
        first = (await upload(administrator, as_workbook(*ARRANGED))).json()
        assert (first["state"], first["version"]) == ("published", 365)
        title, rows = opened((await administrator.get("/working-days/export", year=NEXT)).content)
        assert (title, tuple(rows[0])) == (TEMPLATE.title, TEMPLATE.headings)
        days = [(row["日期"].date(), row["是否工作日"] == "是", row["说明(节日或调休)"] or "") for row in rows]
        altered = [(day, False, "补假") if day == date(2027, 1, 4) else (day, *rest) for day, *rest in days]

        second = (await upload(administrator, as_workbook(*altered), version=365)).json()

        assert (second["state"], second["changed_count"], second["version"]) == ("published", 1, 366)
        monday = (await administrator.get("/working-days", year=NEXT, limit=4)).json()["items"][3]
        assert (monday["day"], monday["is_working"], monday["note"]) == ("2027-01-04", False, "补假")

    async def test_is_changed_by_who_knows_how_it_stands(self, administrator: Client) -> None:
        later = as_json(*ARRANGED, (date(2027, 5, 3), False, "劳动节"))
        assert (await put(administrator, later, version=365)).status_code == 412
        assert (await put(administrator, as_json(*ARRANGED))).headers["etag"] == '"365"'

        blind, blind_file = await put(administrator, later), await upload(administrator, as_workbook(*ARRANGED))
        one = "/api/v1/scoring/working-days/2027-01-04"
        await administrator.http.put(one, json={"is_working": False}, headers={"If-Match": '"1"'})
        stale, stale_file = (
            await put(administrator, later, version=365),
            await upload(administrator, as_workbook(*ARRANGED), version=365),
        )
        changed = await put(administrator, later, version=366)

        assert (blind.status_code, blind_file.status_code) == (428, 428)
        assert (stale.status_code, stale_file.status_code) == (412, 412)
        assert (changed.status_code, changed.json()["changed_count"], changed.headers["etag"]) == (200, 2, '"368"')

    async def test_that_is_wrong_is_named_by_field(self, administrator: Client) -> None:
        wrong = await put(administrator, as_json(*ARRANGED, (NEW_YEAR, True, ""), (date(2026, 12, 31), False, "")))
        guessed = await put(administrator, as_json((WEEKEND_WORKED, True, "")))

        assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-working-days")
        assert wrong.json()["errors"] == [
            {"pointer": "/body/exceptions/4/day", "message": "同一天写了两次"},
            {"pointer": "/body/exceptions/5/day", "message": "不是 2027 年的日期"},
        ]
        assert (guessed.status_code, guessed.json()["errors"][0]["pointer"]) == (422, "/body/exceptions")
        assert (await known(administrator))["day_count"] == 0

    @pytest.mark.parametrize(
        ("content", "problems"),
        [
            (as_workbook((date(2026, 1, 1), False, ""), (NEW_YEAR, False, "")), [(2, "日期")]),
            (as_workbook((NEW_YEAR, False, ""), (NEW_YEAR, False, "")), [(3, "日期")]),
            (as_workbook((NEW_YEAR, "放假", ""), ("一月一日", False, "")), [(2, "是否工作日"), (3, "日期")]),
            (as_workbook((WEEKEND_WORKED, True, "")), [(0, "")]),
            (b"no workbook", [(0, "")]),
        ],
    )
    async def test_that_is_wrong_is_named_by_row(
        self, administrator: Client, content: bytes, problems: list[tuple[int, str]]
    ) -> None:
        told = (await upload(administrator, content)).json()

        assert (told["state"], told["changed_count"]) == ("refused", 0)
        assert [(one["row"], one["column"]) for one in told["problems"]] == problems
        assert (await known(administrator))["day_count"] == 0

    async def test_has_a_template_that_can_be_filled_in(self, administrator: Client) -> None:
        answer = await administrator.get("/working-days/template")

        told = (await upload(administrator, answer.content, dry_run=True)).json()

        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert [one["reason"] for one in told["problems"]] == ["没有一个周一至周五放假的日子,请写明法定节假日"]


class TestTheOverview:
    @pytest.mark.parametrize(
        ("day", "missing"),
        [("2026-11-30", []), ("2026-12-01", [NEXT]), ("2026-12-31", [NEXT]), (f"{NEXT}-01-01", [NEXT])],
    )
    async def test_says_from_december_on_that_next_year_is_missing(
        self, people: People, district: District, administrator: Client, day: str, missing: list[int]
    ) -> None:
        await district.clock(f"{day}T00:00:01")

        told = (await people.town_officer.get("/overview")).json()["missing_working_years"]
        await administrator.http.put("/api/v1/scoring/working-days/2027-01-01", json={"is_working": False})
        begun = (await people.town_officer.get("/overview")).json()["missing_working_years"]
        await put(administrator, as_json(*ARRANGED), version=1)
        done = (await people.town_officer.get("/overview")).json()["missing_working_years"]

        assert ([one["year"] for one in told], [one["year"] for one in begun], done) == (missing, missing, [])
        assert all(str(NEXT) in one["detail"] and "系统管理员" in one["detail"] for one in told)


class TestRules:
    def test_count_the_days_of_a_leap_year(self) -> None:
        year = whole_year(2028, [ArrangedDay(date(2028, 2, 29), False, "")])

        assert (len(year), year[59], year[-1].day) == (366, (date(2028, 2, 29), False, ""), date(2028, 12, 31))

    def test_name_each_fault_at_its_place(self) -> None:
        day = ArrangedDay(NEW_YEAR, False, "")
        outside = ArrangedDay(NEW_YEAR - datetime.timedelta(days=1), False, "")

        assert faults_of(NEXT, [day, outside, day]) == [(1, "不是 2027 年的日期"), (2, "同一天写了两次")]

    def test_ask_for_the_next_year_in_december(self) -> None:
        days = (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1))

        assert [years_needed_on(day) for day in days] == [[2026], [2026, 2027], [2026, 2027], [2027]]
