"""党员台账季度核对: a branch's own count beside the register's, once a quarter."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
QUARTER = {"quarter_ends_on": "2025-03-31", "checked_on": "2025-04-02"}


class TestLedgerCheck:
    async def test_agrees_with_the_register_of_the_last_day_or_says_why_not(self, registers: Any) -> None:
        district = await registers.district()
        branch = district.branches[0]
        secretary = await registers.office("branch_secretary", branch)
        for joined_on in ("2010-07-01", "2025-03-31", "2025-04-01"):
            await registers.member(branch, joined_on=joined_on, stage="probationary")
        await registers.member(branch, stage="activist")
        about = {**QUARTER, "organization_id": branch["id"]}

        unexplained = await secretary.post("/ledger-checks", {**about, "stated": 3})
        odd = await secretary.post("/ledger-checks", {**about, "quarter_ends_on": "2025-03-30", "stated": 2})
        early = await secretary.post("/ledger-checks", {**about, "checked_on": "2025-03-30", "stated": 2})
        check = await secretary.made("/ledger-checks", **about, stated=2)
        twice = await secretary.post("/ledger-checks", {**about, "stated": 2})

        assert (unexplained.status_code, unexplained.json()["code"]) == (422, "ledger-difference-needs-note")
        assert unexplained.json()["detail"].startswith("名册在季度末有 2 名党员,与所报 3 名不一致")
        assert (odd.status_code, odd.json()["code"]) == (422, "not-a-quarter-end")
        assert (early.status_code, early.json()["code"]) == (422, "wrong-dates")
        assert (check["counted"], check["is_consistent"]) == (2, True)
        assert (twice.status_code, twice.json()["code"]) == (409, "ledger-already-checked")

    async def test_holds_only_while_it_agrees_and_stands(self, registers: Any) -> None:
        district = await registers.district()
        branch = district.branches[0]
        secretary = await registers.office("branch_secretary", branch)
        about = {"organization_id": branch["id"], "checked_on": "2025-07-02"}

        differing = await secretary.made(
            "/ledger-checks", **about, quarter_ends_on="2025-03-31", stated=1, note="一名党员转入尚未登记"
        )
        agreeing = await secretary.made("/ledger-checks", **about, quarter_ends_on="2025-06-30", stated=0)
        await secretary.post(f"/ledger-checks/{agreeing['id']}/void", {"reason": "重复"}, version=1)

        told = registers.events("registry.ledger_check.changed.v1")
        assert (differing["counted"], differing["is_consistent"]) == (0, False)
        assert [one["holds"] for one in told] == [False, True, False]
