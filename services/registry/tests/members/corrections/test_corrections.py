"""Wrong ID numbers and unit codes are corrected, members entered by mistake are void; both with their history."""

from typing import Any
from uuid import uuid4

import pytest

from registry.seals import seals_of
from sealing import mask_id_number

pytestmark = pytest.mark.anyio
REASON = {"reason": "身份证复核,原录入有误"}
Answer = dict[str, Any]


class People:
    """A branch of a town with a member whose number is wrong, its secretary, and the town's officer."""

    def __init__(self, registers: Any, district: Any) -> None:
        self.registers, self.district = registers, district
        self.wrong, self.right = registers.id_number(), registers.id_number()

    async def arrive(self) -> "People":
        branch, town = self.district.branches[0], self.district.towns[0]
        self.member: Answer = await self.registers.member(branch, id_number=self.wrong)
        self.secretary = await self.registers.office("branch_secretary", branch)
        self.officer = await self.registers.office("town_officer", town, account=uuid4())
        return self

    async def ask(self, caller: Any = None, **fields: Any) -> Any:
        body = {"id_number": self.right, **REASON, **fields}
        path = f"/members/{self.member['id']}/id-number-corrections"
        return await (caller or self.secretary).post(path, body, version=self.member["version"])

    async def decide(self, asked: Answer, caller: Any = None, *, is_approved: bool = True) -> Any:
        path = f"/id-number-corrections/{asked['id']}/decision"
        body = {"is_approved": is_approved, "reason": "已核对原件"}
        return await (caller or self.officer).post(path, body, version=asked["version"])

    async def number(self) -> str:
        wanted = {"purpose": "核对", "fields": ["id_number"]}
        return str((await self.officer.post(f"/members/{self.member['id']}/disclosures", wanted)).json()["id_number"])


@pytest.fixture
async def people(registers: Any) -> People:
    return await People(registers, await registers.district()).arrive()


class TestIdNumberCorrection:
    async def test_is_asked_by_the_branch_and_holds_once_the_superior_approves(self, people: People) -> None:
        asked = (await people.ask(evidence="户口簿")).json()
        assert (asked["state"], await people.number()) == ("asked", people.wrong)

        decided = await people.decide(asked)

        assert (decided.status_code, decided.json()["state"]) == (201, "approved")
        assert await people.number() == people.right
        shown = decided.json()
        masked = (shown["old_id_number_masked"], shown["new_id_number_masked"])
        assert masked == (mask_id_number(people.wrong), mask_id_number(people.right))

    async def test_is_followed_by_the_index_so_that_only_the_right_number_is_taken(self, people: People) -> None:
        await people.decide((await people.ask()).json())
        entry = {"name": "李四", "stage": "formal", "organization_id": people.district.branches[0]["id"]}

        again = await people.officer.post("/members", {**entry, "id_number": people.right})
        free = await people.officer.post("/members", {**entry, "id_number": people.wrong})

        assert (again.status_code, again.json()["code"]) == (409, "id-number-taken")
        assert free.status_code == 201

    async def test_is_followed_by_the_instructor_who_is_the_same_person(self, people: People) -> None:
        person = {"name": "王小明", "id_number": people.wrong, "engaged_on": "2022-01-01"}
        town = people.district.towns[0]["id"]
        engaged = await people.officer.made("/instructors", **person, organization_id=town)
        assert engaged["member_id"] == people.member["id"]

        await people.decide((await people.ask()).json())

        shown = (await people.officer.get(f"/instructors/{engaged['id']}")).json()
        assert (shown["id_number_masked"], shown["version"]) == (mask_id_number(people.right), engaged["version"] + 1)

    async def test_is_not_approved_by_the_branch_itself_nor_by_who_asked(self, people: People) -> None:
        asked = (await people.ask()).json()
        asked_above = await people.ask(people.officer)

        own = await people.decide(asked, people.secretary)
        assert own.status_code == 403
        assert asked_above.json()["code"] == "id-number-correction-pending"
        rejected = await people.decide(asked, is_approved=False)
        assert (rejected.json()["state"], await people.number()) == ("rejected", people.wrong)

        mine = (await people.ask(people.officer)).json()
        refused = await people.decide(mine)
        assert (refused.status_code, refused.json()["code"]) == (403, "own-case")

    async def test_of_a_member_of_the_town_is_decided_above_the_town(self, people: People) -> None:
        town = people.district.towns[0]
        people.member = await people.registers.member(town)
        asked = (await people.ask(people.officer)).json()
        another = await people.registers.office("town_officer", town, account=uuid4())
        above = await people.registers.office("district_officer", people.district.work)

        beside = await people.decide(asked, another)
        assert (beside.status_code, beside.json()["code"]) == (403, "only-the-superior")
        assert (await people.decide(asked, above)).json()["state"] == "approved"

    async def test_says_of_a_number_elsewhere_no_more_than_that_it_is_registered(self, people: People) -> None:
        far = await people.registers.member(people.district.branches[1])
        near = await people.registers.member(people.district.branches[0])
        answers = []
        for other in (far, near):
            number = people.registers.rows("SELECT id_number_sealed FROM members WHERE id = %s", other["id"])[0][0]
            seals = seals_of(people.registers.app.state.settings.data_keys_file)
            answers.append(await people.ask(id_number=seals.open_id_number(bytes(number))))

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "id-number-taken")] * 2
        assert answers[0].json()["detail"] == answers[1].json()["detail"]
        assert far["id"] not in answers[0].text

    async def test_needs_the_version_a_right_number_and_another_one(self, people: People) -> None:
        path = f"/members/{people.member['id']}/id-number-corrections"
        unversioned = await people.secretary.post(path, {"id_number": people.right, **REASON})
        wrong = people.right[:-1] + ("0" if people.right[-1] != "0" else "1")
        answers = [await people.ask(id_number=wrong), await people.ask(id_number=people.wrong)]

        assert unversioned.status_code == 428
        assert [one.json()["code"] for one in answers] == ["wrong-id-number", "same-id-number"]

    async def test_tells_whose_number_and_neither_number_nor_reason(self, people: People) -> None:
        await people.decide((await people.ask()).json())

        told = people.registers.rows("SELECT data::text FROM event_log WHERE type LIKE '%%id_number_correction%%'")
        assert len(told) == 2
        for (data,) in told:
            assert people.member["id"] in data
            assert not any(secret in data for secret in (people.wrong, people.right, REASON["reason"]))

    async def test_stands_in_the_history_of_the_member_with_both_numbers_masked(self, people: People) -> None:
        await people.decide((await people.ask()).json())

        lines = (await people.secretary.get(f"/members/{people.member['id']}/history")).json()["items"]
        number = next(one for one in lines if one["field"] == "id_number_masked")
        assert number["title"] == "公民身份号码(部分隐藏)"
        assert (number["old"], number["new"]) == (mask_id_number(people.wrong), mask_id_number(people.right))
        assert number["reason"] == REASON["reason"]


class TestMemberEnteredByMistake:
    async def test_is_void_with_a_reason_stays_marked_and_frees_the_number(self, people: People) -> None:
        path = f"/members/{people.member['id']}"
        voided = await people.officer.post(f"{path}/void", REASON, version=1)
        assert voided.status_code == 200

        shown = (await people.officer.get(path)).json()
        assert (shown["is_active"], shown["void_reason"]) == (False, REASON["reason"])
        listed = await people.officer.get("/members", is_active="false")
        assert [one["void_reason"] for one in listed.json()["items"]] == [REASON["reason"]]
        again = await people.registers.member(people.district.branches[0], id_number=people.wrong)
        assert again["id"] != people.member["id"]
        assert people.registers.events("registry.member.voided.v1") == [
            {"id": people.member["id"], "organization_id": people.district.branches[0]["id"]}
        ]

    async def test_who_had_left_is_told_as_one_who_belonged_nowhere_on_any_day(self, people: People) -> None:
        path = f"/members/{people.member['id']}"
        assert (await people.officer.patch(path, {"left_on": "2025-01-01"}, version=1)).status_code == 200
        voided = await people.officer.post(f"{path}/void", REASON, version=2)

        assert (voided.status_code, voided.json()["left_on"]) == (200, "2025-01-01")
        left, void = people.registers.events("registry.member.changed.v2")[-2:]
        assert [(one["is_active"], one["left_on"]) for one in (left, void)] == [(False, "2025-01-01"), (False, None)]

    async def test_can_no_longer_be_changed(self, people: People) -> None:
        path = f"/members/{people.member['id']}"
        await people.officer.post(f"{path}/void", REASON, version=1)

        changed = await people.officer.patch(path, {"left_on": None}, version=2)
        again = await people.officer.post(f"{path}/void", REASON, version=2)
        people.member["version"] = 2
        assert [one.json()["code"] for one in (changed, again, await people.ask())] == ["record-void"] * 3

    async def test_is_not_void_while_a_post_is_believed(self, people: People) -> None:
        post = {"member_id": people.member["id"], "organization_id": people.district.branches[0]["id"]}
        held = await people.officer.made("/posts", **post, kind="secretary", valid_from="2022-01-01")

        refused = await people.officer.post(f"/members/{people.member['id']}/void", REASON, version=1)
        assert (refused.status_code, refused.json()["code"]) == (409, "member-in-use")
        voided = await people.officer.post(f"/posts/{held['id']}/void", REASON, version=1)
        assert voided.status_code == 200, voided.text
        done = await people.officer.post(f"/members/{people.member['id']}/void", REASON, version=1)
        assert done.status_code == 200
