"""What has no act of its own is judged the day after its period, and told again when the register is corrected."""

from typing import Any

import pytest

from services.registry.tests.members.relations import Relations

pytestmark = pytest.mark.anyio
TRANSFERS, INTEGRITY = "registry.transfer_year.judged.v1", "registry.integrity_quarter.judged.v1"
PROFILES = "registry.profile_year.judged.v1"


def told(relations: Relations, kind: str, **wanted: Any) -> list[dict[str, Any]]:
    return [one for one in relations.registers.events(kind) if wanted.items() <= one.items()]


class TestTransferYear:
    async def test_is_judged_the_day_after_it_and_once(self, relations: Relations) -> None:
        transfer = (await relations.letter()).json()
        await relations.receive(transfer, "2025-03-03")
        await relations.on("2025-12-31")
        await relations.night()
        before = told(relations, TRANSFERS)
        await relations.on("2026-01-01")

        numbers = [await relations.night() for _ in range(2)]

        assert before == []
        assert numbers[1] == 0
        (judged,) = told(relations, TRANSFERS, year=2025)
        new_branch = relations.district.branches[1]["id"]
        assert (judged["organization_id"], judged["transfers"], judged["is_on_time"]) == (new_branch, 1, True)
        assert judged["members"] == [{"member_id": relations.member["id"], "is_on_time": True}]

    async def test_is_late_for_the_old_branch_and_the_member_once_the_first_letter_ran_out(
        self, relations: Relations
    ) -> None:
        await relations.letter()
        await relations.on("2026-01-01")
        await relations.night()

        (judged,) = told(relations, TRANSFERS, year=2025)
        assert (judged["transfers"], judged["late"], judged["is_on_time"]) == (1, 1, False)
        assert judged["members"] == [{"member_id": relations.member["id"], "is_on_time": False}]

    async def test_sees_only_what_was_so_on_its_last_day(self, relations: Relations) -> None:
        """A letter of December runs out in March: the year before it is not late."""
        await relations.on("2025-12-01")
        transfer = (await relations.letter()).json()
        await relations.on("2026-03-20")
        await relations.night()

        (judged,) = told(relations, TRANSFERS, year=2025)
        assert (transfer["valid_until"], judged["late"]) == ("2026-03-01", 0)

    async def test_is_told_again_when_a_late_transfer_was_a_mistake(self, relations: Relations) -> None:
        transfer = (await relations.letter()).json()
        await relations.on("2026-01-01")
        await relations.night()

        await relations.act(transfer, "void", relations.above, reason="选错了人")
        await relations.night()

        assert [(one["revision"], one["is_on_time"]) for one in told(relations, TRANSFERS)] == [(1, False), (2, True)]

    async def test_is_not_judged_for_the_first_time_long_afterwards(self, relations: Relations) -> None:
        await relations.on("2026-04-03")
        await relations.night()

        assert told(relations, TRANSFERS) == []


class TestIntegrityQuarter:
    async def test_is_clean_without_a_line_of_dishonesty_in_it(self, relations: Relations) -> None:
        await relations.entry(happened_on="2025-02-01")
        line = await relations.entry(kind="dishonest", happened_on="2025-03-01", content="列入失信名单")
        await relations.on("2025-04-01")
        await relations.night()
        path = f"/integrity-entries/{line['id']}/void"
        await relations.above.post(path, {"reason": "同名同姓"}, version=line["version"])
        await relations.night()

        judged = told(relations, INTEGRITY, quarter_ends_on="2025-03-31")
        outcomes = [(one["revision"], [it["is_clean"] for it in one["members"]]) for one in judged]
        assert outcomes == [(1, [False]), (2, [True])]


class TestProfileYear:
    async def test_is_complete_with_every_fact_and_a_phone_and_is_final(self, relations: Relations) -> None:
        full = {"ethnicity": "01", "education": "21", "phone": "13900000001"}
        since = {"joined_on": "2015-07-01", "confirmed_on": "2016-07-01"}
        other = await relations.registers.member(relations.district.branches[0], **full, **since)
        await relations.on("2026-01-01")
        await relations.night()
        await relations.above.patch(f"/members/{relations.member['id']}", full, version=1)
        await relations.night()

        (judged,) = told(relations, PROFILES, year=2025)
        outcomes = {one["member_id"]: one["is_complete"] for one in judged["members"]}
        assert outcomes == {relations.member["id"]: False, other["id"]: True}

    async def test_leaves_out_who_is_not_in_the_party(self, relations: Relations) -> None:
        await relations.registers.member(relations.district.branches[0], stage="applicant")
        await relations.on("2026-01-01")
        await relations.night()

        (judged,) = told(relations, PROFILES, year=2025)
        assert [one["member_id"] for one in judged["members"]] == [relations.member["id"]]
