"""党费: a ledger by member and month, judged when the month and the quarter are over."""

from typing import Any

import pytest

from services.registry.tests.members.relations import Relations

pytestmark = pytest.mark.anyio
MONTH, QUARTER = "registry.dues_month.judged.v1", "registry.dues_quarter.judged.v1"


def payment(relations: Relations, **fields: Any) -> dict[str, Any]:
    body = {"member_id": relations.member["id"], "month": "2025-03", "income": "6000.00", "paid": "90.00"}
    return {**body, "paid_on": "2025-03-03", **fields}


async def paid(relations: Relations, month: str, **fields: Any) -> dict[str, Any]:
    body = payment(relations, month=month, paid_on=f"{month}-10", **fields)
    return dict(await relations.old.made("/dues-payments", **body))


class TestPayment:
    async def test_keeps_band_and_amount_and_not_the_income(self, relations: Relations) -> None:
        made = await relations.old.made("/dues-payments", **payment(relations))
        less = await relations.old.made("/dues-payments", **payment(relations, month="2025-02", paid="89.99"))

        assert (made["band"], made["owed"], made["paid"], made["is_full"]) == (3, "90.00", "90.00", True)
        assert less["is_full"] is False
        columns = relations.registers.rows(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'dues_payments'"
        )
        assert "income" not in {name for (name,) in columns}
        [told, _] = relations.registers.events("registry.dues_payment.changed.v1")
        assert told.keys() == {
            "id", "member_id", "organization_id", "month_on", "paid_on", "is_full", "is_void",
        }  # fmt: skip

    async def test_of_a_month_is_there_once_until_it_is_void(self, relations: Relations) -> None:
        first = await relations.old.made("/dues-payments", **payment(relations))
        twice = await relations.old.post("/dues-payments", payment(relations))
        path = f"/dues-payments/{first['id']}/void"
        await relations.old.post(path, {"reason": "月份写错"}, version=1)

        again = await relations.old.post("/dues-payments", payment(relations))

        assert (twice.status_code, twice.json()["code"]) == (409, "month-paid-already")
        assert again.status_code == 201

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"month": "2025-04"}, "wrong-dates"),
            ({"paid_on": "2025-03-04"}, "wrong-dates"),
            ({"month": "2015-06"}, "wrong-dates"),
            ({"member_id": "00000000-0000-7000-8000-000000000000"}, "unknown-payer"),
        ],
    )
    async def test_that_cannot_be_is_refused(self, relations: Relations, fields: dict[str, str], code: str) -> None:
        answer = await relations.old.post("/dues-payments", payment(relations, **fields))

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    async def test_is_reduced_by_the_superior_only(self, relations: Relations) -> None:
        reduced = payment(relations, reduced_to="10.00", reduction_reason="生活困难", paid="10.00")

        by_the_branch = await relations.old.post("/dues-payments", reduced)
        more = await relations.above.post("/dues-payments", {**reduced, "reduced_to": "90.00"})
        approved = await relations.above.made("/dues-payments", **reduced)

        assert (by_the_branch.status_code, by_the_branch.json()["code"]) == (403, "reduction-by-superior")
        assert (more.status_code, more.json()["code"]) == (422, "wrong-reduction")
        assert (approved["owed"], approved["is_full"]) == ("10.00", True)

    async def test_is_seen_by_oneself(self, relations: Relations) -> None:
        made = await relations.old.made("/dues-payments", **payment(relations))
        branch = relations.district.branches[0]
        oneself = await relations.registers.office("member", branch, person=relations.member["id"])
        other = await relations.registers.office(
            "member", branch, person=(await relations.registers.member(branch))["id"]
        )

        assert [one["id"] for one in (await oneself.get("/dues-payments")).json()["items"]] == [made["id"]]
        assert (await other.get("/dues-payments")).json()["items"] == []


class TestJudgement:
    async def test_of_a_month_is_by_the_ledger_as_it_stood_when_it_ended(self, relations: Relations) -> None:
        await relations.on("2025-03-31")
        await paid(relations, "2025-03")
        await relations.on("2025-04-01")
        await relations.night()
        await relations.on("2025-05-01")
        late = payment(relations, month="2025-04", paid_on="2025-04-30")
        await relations.old.made("/dues-payments", **late)
        await relations.night()

        told = relations.registers.events(MONTH)
        own = {
            one["month"]: one["members"]
            for one in told
            if one["organization_id"] == relations.district.branches[0]["id"]
        }
        assert own["2025-03"] == [{"member_id": relations.member["id"], "is_paid": True}]
        assert own["2025-04"] == [{"member_id": relations.member["id"], "is_paid": False}]

    async def test_of_a_quarter_needs_every_month_and_is_told_again_after_a_void(self, relations: Relations) -> None:
        await relations.on("2025-06-30")
        payments = [await paid(relations, f"2025-0{month}") for month in (4, 5, 6)]
        await relations.on("2025-07-01")
        await relations.night()
        path = f"/dues-payments/{payments[1]['id']}/void"
        await relations.old.post(path, {"reason": "登记错人"}, version=1)
        await relations.night()

        told = [one for one in relations.registers.events(QUARTER) if one["quarter_ends_on"] == "2025-06-30"]
        assert [(one["revision"], one["owing"], one["paid"], one["is_full"]) for one in told] == [
            (1, 3, 3, True),
            (2, 3, 2, False),
        ]


class TestSixMonthsUnpaid:
    async def test_are_found_and_nothing_else_follows(self, relations: Relations) -> None:
        branch = relations.district.branches[0]
        other = await relations.registers.member(branch, name="李四", joined_on="2016-07-01")
        for one in (relations.member["id"], other["id"]):
            await relations.old.made("/dues-payments", **payment(relations, member_id=one, month="2025-01"))
        await relations.old.made("/dues-payments", **payment(relations, member_id=other["id"], month="2025-02"))

        async def found() -> list[str]:
            listed = (await relations.above.get("/findings", code="dues_unpaid")).json()["items"]
            return [one["subject_id"] for one in listed]

        await relations.on("2025-07-31")
        early = await found()
        await relations.on("2025-08-01")

        assert early == []
        assert await found() == [relations.member["id"]]
        assert (await relations.above.get(f"/members/{relations.member['id']}")).json()["is_active"] is True
