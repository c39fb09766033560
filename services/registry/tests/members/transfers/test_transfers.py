"""Members go from branch to branch by a letter and its receipt; an ID number is asked about, never looked up."""

from typing import Any

import pytest

from services.registry.tests.members.relations import REASON, Relations

pytestmark = pytest.mark.anyio
SECRETS = ("王小明", "member_id", "organization_name", "介〔2025〕12号")


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


class TestLetter:
    async def test_is_valid_for_three_months_at_most(self, relations: Relations) -> None:
        too_long = await relations.letter(valid_until="2025-06-04")
        past = await relations.letter(valid_until="2025-03-02")
        issued = await relations.letter()

        assert refused(too_long) == refused(past) == (422, "letter-too-long")
        assert issued.status_code == 201, issued.text
        shown = issued.json()
        assert (shown["state"], shown["issued_on"], shown["valid_until"]) == ("issued", "2025-03-03", "2025-06-03")

    async def test_leaves_the_member_with_the_old_branch_until_the_receipt(self, relations: Relations) -> None:
        await relations.letter()

        assert await relations.names(relations.old) == [relations.member["id"]]
        assert await relations.names(relations.new) == []

    async def test_is_one_at_a_time(self, relations: Relations) -> None:
        await relations.letter()

        assert refused(await relations.letter()) == (409, "transfer-pending")
        assert refused(await relations.ask()) == (409, "transfer-pending")

    async def test_goes_to_another_organisation_of_the_district_only(self, relations: Relations) -> None:
        abroad = await relations.registers.district()
        same = await relations.letter(to_organization_id=relations.district.branches[0]["id"])
        other = await relations.letter(to_organization_id=abroad.branches[0]["id"])

        assert refused(same) == (409, "already-in-organization")
        assert refused(other) == (422, "unknown-organization")

    async def test_is_nobody_s_for_themselves(self, relations: Relations) -> None:
        branch = relations.district.branches[0]
        own = await relations.registers.office("branch_secretary", branch, person=relations.member["id"])

        assert refused(await relations.letter(own)) == (403, "own-case")

    async def test_that_has_run_out_is_late_until_a_new_one_is_received(self, relations: Relations) -> None:
        transfer = (await relations.letter()).json()
        await relations.on("2025-06-04")
        late = await relations.receive(transfer, "2025-06-04")
        codes = {"code": ["transfer_overdue"]}
        (found,) = (await relations.above.get("/findings", **codes)).json()["items"]

        renewed = await relations.act(transfer, "letter", relations.old, letter_number="介〔2025〕30号")
        received = await relations.receive(renewed.json(), "2025-06-04")

        assert refused(late) == (409, "step-not-finished")
        assert [one["message"] for one in late.json()["errors"]] == ["介绍信已过有效期,须由转出方重新开具"]
        assert (found["subject_id"], found["due_on"]) == (relations.member["id"], "2025-06-03")
        assert found["organization_id"] == relations.district.branches[0]["id"]
        shown = received.json()
        assert (shown["first_valid_until"], shown["valid_until"]) == ("2025-06-03", "2025-09-04")
        assert (await relations.above.get("/findings", **codes)).json()["items"] == []


class TestReceipt:
    @pytest.mark.feature("R47")
    async def test_moves_the_member_from_its_day_on_and_the_integrity_card_with_them(
        self, relations: Relations
    ) -> None:
        for content in ("诚信经营示范岗", "按期还贷"):
            await relations.entry(content=content)
        transfer = (await relations.letter()).json()
        before = await relations.names(relations.new, "/integrity-entries")
        await relations.on("2025-03-20")

        received = await relations.receive(transfer, "2025-03-17")

        assert (received.status_code, received.json()["integrity_entries"]) == (201, 2)
        cards = (await relations.new.get("/integrity-entries")).json()["items"]
        assert before == []
        assert {one["content"] for one in cards} == {"诚信经营示范岗", "按期还贷"}
        assert await relations.names(relations.old, "/integrity-entries") == []
        assert await relations.names(relations.new) == [relations.member["id"]]
        told = relations.registers.events("registry.member.changed.v2")[-1]
        assert (told["organization_id"], told["arrived_on"], told["changed_on"]) == (
            relations.district.branches[1]["id"],
            "2025-03-17",
            "2025-03-20",
        )

    async def test_is_the_new_branch_s_and_not_before_the_letter_nor_ahead(self, relations: Relations) -> None:
        transfer = (await relations.letter()).json()

        assert refused(await relations.receive(transfer, "2025-03-03", relations.old)) == (403, "other-side")
        assert refused(await relations.receive(transfer, "2025-03-02")) == (422, "wrong-dates")
        assert refused(await relations.receive(transfer, "2025-03-04")) == (422, "wrong-dates")

    async def test_needs_the_letter_first(self, relations: Relations) -> None:
        asked = (await relations.ask()).json()
        early = await relations.receive(asked, "2025-03-03", relations.above)

        assert refused(early) == (409, "step-order")
        assert "“待转出方答复”" in early.json()["detail"]

    async def test_is_refused_when_the_member_went_another_way(self, relations: Relations) -> None:
        transfer = (await relations.letter()).json()
        moved = {"organization_id": relations.district.towns[0]["id"]}
        await relations.above.patch(f"/members/{relations.member['id']}", moved, version=1)

        gone = await relations.receive(transfer, "2025-03-03")
        assert refused(gone) == (409, "step-not-finished")
        assert [one["message"] for one in gone.json()["errors"]] == ["党员已不在转出的党组织"]

    async def test_may_send_the_letter_back(self, relations: Relations) -> None:
        transfer = (await relations.letter()).json()

        returned = await relations.act(transfer, "refusal", relations.new, reason="名单有误")

        assert (returned.json()["state"], returned.json()["closing_reason"]) == ("refused", "名单有误")
        assert (await relations.letter()).status_code == 201

    async def test_made_by_mistake_is_void_and_the_member_is_back_since_when_they_were(
        self, relations: Relations
    ) -> None:
        transfer = (await relations.letter()).json()
        received = (await relations.receive(transfer, "2025-03-03")).json()

        voided = await relations.act(received, "void", relations.above, reason="选错了人")

        assert (voided.status_code, voided.json()["void_reason"]) == (200, "选错了人")
        shown = (await relations.above.get(f"/members/{relations.member['id']}")).json()
        assert (shown["organization_id"], shown["arrived_on"]) == (relations.district.branches[0]["id"], None)
        assert refused(await relations.act(voided.json(), "void", relations.above, reason="再次")) == (
            409,
            "record-void",
        )
        history = (await relations.above.get(f"/transfers/{transfer['id']}/history")).json()["items"]
        assert {"状态", "接收日期", "作废原因"} <= {one["title"] for one in history}


class TestRequest:
    async def test_of_a_number_registered_elsewhere_tells_that_it_exists_and_no_more(
        self, relations: Relations
    ) -> None:
        asked = await relations.ask()

        assert asked.status_code == 201, asked.text
        listed = await relations.new.get("/transfer-requests")
        for answer in (asked, listed):
            assert not [secret for secret in (*SECRETS, relations.member["id"]) if f'"{secret}"' in answer.text]
        assert (await relations.new.get("/transfers")).json()["items"] == []
        assert (await relations.new.get(f"/transfers/{asked.json()['id']}")).status_code == 404
        assert (await relations.new.get(f"/members/{relations.member['id']}")).status_code == 404

    async def test_becomes_a_task_of_the_owner_who_answers_with_the_letter(self, relations: Relations) -> None:
        asked = (await relations.ask()).json()
        (task,) = (await relations.old.get("/tasks", code=["transfer_unanswered"])).json()["items"]
        seen_by_asker = (await relations.new.get("/tasks", code=["transfer_unanswered"])).json()["items"]

        own = (await relations.old.get(f"/transfers/{asked['id']}")).json()
        issued = await relations.act(own, "letter", relations.old, letter_number="介〔2025〕12号")
        received = await relations.receive(issued.json(), "2025-03-03")

        assert (task["subject_id"], seen_by_asker) == (relations.member["id"], [])
        assert (own["member_id"], own["state"]) == (relations.member["id"], "asked")
        assert (issued.status_code, received.status_code) == (201, 201)
        assert await relations.names(relations.new) == [relations.member["id"]]

    async def test_is_refused_by_the_owner_with_a_reason_the_asker_reads(self, relations: Relations) -> None:
        asked = (await relations.ask()).json()

        refusal = await relations.act(asked, "refusal", relations.old, reason="本人未提出申请")

        assert refusal.status_code == 201
        shown = (await relations.new.get(f"/transfer-requests/{asked['id']}")).json()
        assert (shown["state"], shown["closing_reason"]) == ("refused", "本人未提出申请")
        assert refused(await relations.act(refusal.json(), "letter", relations.old, letter_number="1")) == (
            409,
            "step-order",
        )

    async def test_is_withdrawn_by_who_asked(self, relations: Relations) -> None:
        asked = (await relations.ask()).json()
        path = f"/transfer-requests/{asked['id']}/withdrawal"

        by_owner = await relations.old.post(path, REASON, version=1)
        withdrawn = await relations.new.post(path, REASON, version=1)

        assert (by_owner.status_code, withdrawn.json()["state"]) == (404, "withdrawn")
        assert refused(await relations.new.post(path, REASON, version=2)) == (409, "wrong-step")

    async def test_of_a_number_of_nobody_or_of_another_district_are_answered_alike(self, relations: Relations) -> None:
        abroad, number = await relations.registers.district(), relations.registers.id_number()
        await relations.registers.member(abroad.branches[0], id_number=number)
        answers = [await relations.ask(id_number=one) for one in (number, relations.registers.id_number())]

        assert [refused(one) for one in answers] == [(422, "id-number-not-registered")] * 2
        assert answers[0].json()["detail"] == answers[1].json()["detail"]

    async def test_is_told_without_number_name_or_reason(self, relations: Relations) -> None:
        await relations.ask()

        (told,) = relations.registers.rows("SELECT data::text FROM event_log WHERE type LIKE '%%transfer%%'")
        assert relations.member["id"] in told[0]
        assert not [one for one in (relations.number, "王小明", REASON["reason"]) if one in told[0]]
