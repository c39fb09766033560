"""进入员工必须亮明政治身份: whom a unit hired, and who has not said yet what they are, stands in a list of counts."""

from datetime import UTC, datetime
from typing import Any

import pytest

from kit.clock import set_offset
from kit.database import app_transaction

pytestmark = pytest.mark.anyio
DECLARED = {"declared": 9, "members": 2, "declared_on": "2025-02-10"}


async def move_to(registers: Any, day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    async with app_transaction(registers.app) as db:
        await set_offset(db, int((moment - datetime.now(UTC)).total_seconds()))


@pytest.fixture
async def hired(registers: Any) -> tuple[Any, Any, dict[str, Any]]:
    """Twelve people, on the tenth of January."""
    district = await registers.district()
    officer = await registers.office("town_officer", district.towns[0])
    unit = await registers.unit(district.towns[0])
    made = await officer.made("/hire-declarations", unit_id=unit["id"], hired_on="2025-01-10", people=12)
    return district, officer, made


class TestHireDeclaration:
    async def test_of_a_unit_out_of_reach_answers_like_a_missing_one(self, registers: Any, hired: Any) -> None:
        district, _, made = hired
        stranger = await registers.office("town_officer", district.towns[1])
        body = {"unit_id": made["unit_id"], "hired_on": "2025-01-10", "people": 3}

        unseen = await stranger.get(f"/hire-declarations/{made['id']}")
        refused = await stranger.post("/hire-declarations", body)

        assert (unseen.status_code, unseen.json()["code"]) == (404, "hire-declaration-not-found")
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-unit")

    @pytest.mark.feature("R48")
    async def test_is_listed_as_long_as_anybody_has_not_declared(self, hired: Any) -> None:
        _, officer, made = hired
        path = f"/hire-declarations/{made['id']}"

        some = await officer.post(f"{path}/declaration", DECLARED, version=1)
        lacking = (await officer.get("/hire-declarations", is_missing=True)).json()["items"]
        everybody = await officer.post(f"{path}/declaration", {**DECLARED, "declared": 12}, version=2)

        assert (made["missing"], some.json()["missing"], everybody.json()["missing"]) == (12, 3, 0)
        assert [(one["unit_id"], one["missing"]) for one in lacking] == [(made["unit_id"], 3)]
        assert (await officer.get("/hire-declarations", is_missing=True)).json()["items"] == []
        assert [one["id"] for one in (await officer.get("/hire-declarations", is_missing=False)).json()["items"]] == [
            made["id"]
        ]

    @pytest.mark.feature("R48")
    async def test_becomes_a_finding_of_the_unit_after_thirty_days(self, registers: Any, hired: Any) -> None:
        _, officer, made = hired
        more = await officer.made("/hire-declarations", unit_id=made["unit_id"], hired_on="2025-01-11", people=2)
        found = {}
        for day in ("2025-02-09", "2025-02-10", "2025-02-11"):
            await move_to(registers, day)
            items = (await officer.get("/findings", code="unit_hires_undeclared")).json()["items"]
            found[day] = [(one["subject_id"], one["value"], one["began_on"]) for one in items]
        await officer.post(f"/hire-declarations/{more['id']}/void", {"reason": "重复登记"}, version=1)
        left = (await officer.get("/findings", code="unit_hires_undeclared")).json()["items"]

        unit = made["unit_id"]
        assert found == {
            "2025-02-09": [],
            "2025-02-10": [(unit, 12, "2025-01-10")],
            "2025-02-11": [(unit, 14, "2025-01-10")],
        }
        assert [one["value"] for one in left] == [12]

    async def test_with_more_people_than_there_are_is_refused(self, hired: Any) -> None:
        _, officer, made = hired
        path = f"/hire-declarations/{made['id']}/declaration"

        many = await officer.post(path, {**DECLARED, "declared": 13}, version=1)
        members = await officer.post(path, {**DECLARED, "members": 10}, version=1)
        early = await officer.post(path, {**DECLARED, "declared_on": "2025-01-09"}, version=1)

        assert [one.json()["code"] for one in (many, members, early)] == [
            "wrong-head-counts",
            "wrong-head-counts",
            "wrong-dates",
        ]

    async def test_tells_head_counts_and_keeps_what_was_before(self, registers: Any, hired: Any) -> None:
        _, officer, made = hired
        path = f"/hire-declarations/{made['id']}"
        await officer.post(f"{path}/declaration", DECLARED, version=1)

        void = await officer.post(f"{path}/void", {"reason": "单位选错"}, version=2)
        late = await officer.post(f"{path}/declaration", DECLARED, version=3)
        history = (await officer.get(f"{path}/history")).json()["items"]

        told = registers.events("registry.hire_declaration.changed.v1")
        assert [(one["declared"], one["is_void"]) for one in told] == [(0, False), (9, False), (9, True)]
        assert (void.json()["void_reason"], late.json()["code"]) == ("单位选错", "record-void")
        assert ("已亮明身份人数", "0", "9") in {(one["title"], one["old"], one["new"]) for one in history}
