"""五清: five blocks, stale after a quarter, frozen with the quarter and compared with the one before."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from kit.database import app_transaction
from registry.units.ledgers.kinds import LedgerBlock
from registry.units.ledgers.rules import changed_blocks, is_stale
from registry.units.ledgers.service import freeze
from services.registry.tests.members.relations import Relations, relate

pytestmark = pytest.mark.anyio
BLOCKS = [one.value for one in LedgerBlock]


@pytest.fixture
async def relations(registers: Any) -> Relations:
    return await relate(registers)


async def night(relations: Relations) -> int:
    return await freeze(partial(app_transaction, relations.registers.app))


async def write(relations: Relations, unit: Any, block: str, day: str, content: str = "已核实") -> Any:
    entry = {"unit_id": unit["id"], "block": block, "checked_on": day, "content": content}
    return await relations.above.made("/ledger-entries", **entry)


class TestStaleness:
    @pytest.mark.parametrize(
        ("checked_on", "stale"), [(None, True), ("2025-03-14", True), ("2025-03-15", False), ("2025-06-15", False)]
    )
    def test_begins_after_a_quarter(self, checked_on: str | None, stale: bool) -> None:
        checked = date.fromisoformat(checked_on) if checked_on else None

        assert is_stale(checked, date(2025, 6, 15), 3) is stale


class TestDifference:
    def test_is_told_by_block(self) -> None:
        before = {"staff": "60", "owner": "张"}

        assert changed_blocks(before, {"staff": "66", "owner": "张", "members": "3"}) == [
            LedgerBlock.STAFF, LedgerBlock.MEMBERS,
        ]  # fmt: skip


class TestLedger:
    async def test_of_another_town_or_of_tomorrow_is_refused(self, relations: Relations) -> None:
        registers, towns = relations.registers, relations.district.towns
        officer = await registers.office("town_officer", towns[0])
        own, other = [await registers.unit(town) for town in towns]
        entry = {"unit_id": own["id"], "block": "staff", "checked_on": "2025-03-01", "content": "60 人"}

        codes = [
            (await officer.post("/ledger-entries", {**entry, **wrong})).json()["code"]
            for wrong in ({"unit_id": other["id"]}, {"checked_on": "2099-01-01"})
        ]

        assert codes == ["unknown-unit", "wrong-dates"]
        assert (await officer.get(f"/units/{other['id']}/ledger")).status_code == 404

    @pytest.mark.feature("R21")
    async def test_has_five_blocks_of_which_those_older_than_a_quarter_are_stale(self, relations: Relations) -> None:
        await relations.on("2025-06-15")
        branch = relations.district.branches[0]
        unit, covered = [await relations.registers.unit(relations.district.towns[0]) for _ in range(2)]
        link = {"organization_id": branch["id"], "mode": "single", "valid_from": "2020-01-01"}
        await relations.above.made(f"/units/{covered['id']}/coverage-links", **link)
        for block in BLOCKS[:4]:
            await write(relations, unit, block, "2025-06-01")
        await write(relations, unit, "operation", "2025-03-01", "旧的")
        await write(relations, unit, "reason_unbuilt", "2025-03-14")

        async def stale_of(one: Any, **query: Any) -> dict[str, bool]:
            read = (await relations.above.get(f"/units/{one['id']}/ledger", **query)).json()
            return {block["block"]: block["is_stale"] for block in read["blocks"]}

        found = (await relations.above.get("/findings", code="unit_ledger_stale")).json()["items"]

        assert await stale_of(unit) == {**dict.fromkeys(BLOCKS, False), "reason_unbuilt": True}
        assert await stale_of(unit, as_of="2025-03-20") == {
            **dict.fromkeys(BLOCKS, True), "operation": False, "reason_unbuilt": False,
        }  # fmt: skip
        assert list(await stale_of(covered)) == BLOCKS[:4]
        assert [(one["subject_id"], one["value"]) for one in found] == [(unit["id"], 1)]

    @pytest.mark.feature("R21")
    async def test_is_frozen_per_quarter_and_differs_from_the_last(self, relations: Relations) -> None:
        unit = await relations.registers.unit(relations.district.towns[0])
        await write(relations, unit, "staff", "2025-03-01", "职工 60 人")
        owner = await write(relations, unit, "owner", "2025-03-02", "张某")
        await relations.on("2025-03-31")
        early = await night(relations)
        await relations.on("2025-04-01")
        numbers = [await night(relations) for _ in range(2)]
        await write(relations, unit, "staff", "2025-03-30", "补录 61 人")
        await relations.above.post(f"/ledger-entries/{owner['id']}/void", {"reason": "同名"}, version=1)
        await relations.on("2025-06-20")
        await write(relations, unit, "staff", "2025-06-20", "职工 66 人")
        await relations.on("2025-07-01")
        numbers.append(await night(relations))

        second, first = (await relations.above.get("/frozen-ledgers")).json()["items"]
        assert (early, numbers) == (0, [1, 0, 1])
        assert {one["block"]: one["content"] for one in first["blocks"]} == {"owner": "张某", "staff": "职工 60 人"}
        assert (first["quarter_ends_on"], first["frozen_on"]) == ("2025-03-31", "2025-04-01")
        assert first["changed_blocks"] == ["staff", "owner"]
        assert first["stale_blocks"] == ["operation", "members", "reason_unbuilt"]
        assert (second["quarter_ends_on"], second["changed_blocks"]) == ("2025-06-30", ["staff", "owner"])
        assert [(one["block"], one["content"]) for one in second["blocks"]] == [("staff", "职工 66 人")]
        changed = (await relations.above.get("/frozen-ledgers", changed="owner", with_total=True)).json()["total"]
        stale = (await relations.above.get("/frozen-ledgers", stale="owner")).json()["items"]
        assert (changed, [one["id"] for one in stale]) == (2, [second["id"]])
        sheet = (await relations.above.get("/frozen-ledgers/export", format="csv")).text
        assert "2025-06-30,2025-07-01" in sheet

    async def test_entry_by_mistake_counts_no_more(self, relations: Relations) -> None:
        unit = await relations.registers.unit(relations.district.towns[0])
        await write(relations, unit, "staff", "2025-02-01", "职工 60 人")
        mistake = await write(relations, unit, "staff", "2025-03-01", "职工 600 人")
        await relations.above.post(f"/ledger-entries/{mistake['id']}/void", {"reason": "多写一个零"}, version=1)

        read = (await relations.above.get(f"/units/{unit['id']}/ledger")).json()["blocks"]

        assert [one["content"] for one in read if one["block"] == "staff"] == ["职工 60 人"]
        told = relations.registers.events("registry.ledger_entry.changed.v1")
        assert [one["is_void"] for one in told] == [False, False, True]
