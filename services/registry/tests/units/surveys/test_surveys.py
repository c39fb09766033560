"""排查: rounds over the units of an area; who came since the last one is there without being entered."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio


async def opened(officer: Any, town: Any, day: str, title: str = "滚动排查") -> Any:
    return await officer.made("/survey-rounds", organization_id=town["id"], title=title, opened_on=day)


async def codes(officer: Any, survey_round: Any, **query: Any) -> list[str]:
    listed = (await officer.get(f"/survey-rounds/{survey_round['id']}/units", **query)).json()["items"]
    return sorted(one["id"] for one in listed)


class TestRound:
    @pytest.mark.feature("R23")
    async def test_holds_new_units_since_the_last_round_by_themselves(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        old = await registers.unit(town)
        await registers.unit(district.towns[1])
        first = await opened(officer, town, "2024-01-10")
        second = await opened(officer, town, "2024-07-01")
        new = await registers.unit(district.branches[0], counted_from="2024-01-10")
        newest = await registers.unit(town, counted_from="2024-08-01")

        assert await codes(officer, first, is_new=True) == sorted([old["id"], new["id"], newest["id"]])
        assert (second["since"], await codes(officer, second, is_new=True)) == (
            "2024-01-10",
            sorted([new["id"], newest["id"]]),
        )
        assert await codes(officer, second, is_new=False) == [old["id"]]
        third = await opened(officer, town, "2024-07-02")
        assert await codes(officer, third, is_new=True) == [newest["id"]]
        sheet = (await officer.get(f"/survey-rounds/{third['id']}/units/export", format="csv", is_new=True)).text
        assert (newest["code"] in sheet, new["code"] in sheet) == (True, False)

    async def test_marks_what_was_checked_once_and_not_what_was_a_mistake(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        unit, other = [await registers.unit(place) for place in district.towns]
        survey_round = await opened(officer, town, "2025-01-06")
        check = {"survey_round_id": survey_round["id"], "unit_id": unit["id"], "content": "有党员两名"}

        early = await officer.post("/survey-checks", {**check, "checked_on": "2025-01-05"})
        foreign = await officer.post("/survey-checks", {**check, "checked_on": "2025-01-07", "unit_id": other["id"]})
        made = await officer.made("/survey-checks", **check, checked_on="2025-01-07")
        twice = await officer.post("/survey-checks", {**check, "checked_on": "2025-01-08"})
        before = await codes(officer, survey_round, is_checked=True)
        counted = (await officer.get(f"/survey-rounds/{survey_round['id']}")).json()["checked_units"]
        await officer.post(f"/survey-checks/{made['id']}/void", {"reason": "登记到别的单位"}, version=1)

        assert [one.json()["code"] for one in (early, foreign, twice)] == [
            "wrong-dates", "unknown-unit", "already-checked",
        ]  # fmt: skip
        assert (before, counted) == ([unit["id"]], 1)
        assert await codes(officer, survey_round, is_checked=False) == [unit["id"]]
        told = registers.events("registry.survey_check.changed.v1")
        assert [one["is_void"] for one in told] == [False, True]

    async def test_of_another_town_or_before_the_last_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        mistaken = await opened(officer, district.towns[0], "2025-01-06")
        again = {"organization_id": district.towns[0]["id"], "title": "补录", "opened_on": "2025-01-06"}

        refused = await officer.post("/survey-rounds", again)
        foreign = await officer.post("/survey-rounds", {**again, "organization_id": district.towns[1]["id"]})
        await officer.post(f"/survey-rounds/{mistaken['id']}/void", {"reason": "日期有误"}, version=1)
        made = await officer.made("/survey-rounds", **again)

        assert [refused.json()["code"], foreign.json()["code"]] == ["wrong-dates", "unknown-survey-organization"]
        assert made["since"] is None
        check = {"survey_round_id": mistaken["id"], "unit_id": (await registers.unit(district.towns[0]))["id"]}
        void = await officer.post("/survey-checks", {**check, "checked_on": "2025-02-01", "content": "已查"})
        assert (void.status_code, void.json()["code"]) == (409, "record-void")
