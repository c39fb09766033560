"""换届选举: each ends a term on time or late, begins the next, and gives the term back when it was a mistake."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
HELD = {"held_on": "2025-02-10", "entitled": 20, "present": 16, "result": "选举产生新一届支部委员会,王小明任书记"}


async def branch_of(registers: Any, **fields: Any) -> tuple[Any, Any]:
    district = await registers.district()
    branch = await registers.organization("branch", district.towns[0], **fields)
    return branch, await registers.office("town_officer", district.towns[0])


class TestElection:
    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            ({"present": 15}, "election-without-quorum"),
            ({"present": 21}, "invalid-input"),
            ({"held_on": "2099-01-01"}, "wrong-dates"),
            ({"held_on": "2015-06-30"}, "wrong-dates"),
            ({"term_ends_on": "2029-02-11"}, "wrong-term"),
            ({"term_ends_on": "2025-02-10"}, "wrong-term"),
        ],
    )
    async def test_without_four_fifths_or_of_wrong_days_is_refused(
        self, registers: Any, wrong: dict[str, Any], code: str
    ) -> None:
        branch, officer = await branch_of(registers)

        refused = await officer.post("/elections", {**HELD, "organization_id": branch["id"], **wrong})

        assert (refused.status_code, refused.json()["code"]) == (422, code)

    async def test_of_another_town_a_group_or_a_work_committee_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        group = await registers.organization("party_group", district.branches[0])
        officer = await registers.office("district_officer", district.root)
        other = await registers.office("town_officer", district.towns[1])
        tried = [(officer, group), (officer, district.work), (other, district.branches[0])]

        codes = [
            (await by.post("/elections", {**HELD, "organization_id": one["id"]})).json()["code"] for by, one in tried
        ]

        assert codes == ["unknown-electing-organization"] * 3

    @pytest.mark.feature("R63")
    async def test_ends_a_term_on_time_or_late_and_begins_one_of_three_or_five_years(self, registers: Any) -> None:
        branch, officer = await branch_of(registers, term_ends_on="2025-01-31")
        committee = await registers.organization("committee", {"id": branch["parent_id"]}, term_ends_on="2025-02-10")

        late = await officer.made("/elections", **HELD, organization_id=branch["id"])
        timely = await officer.made("/elections", **HELD, organization_id=committee["id"])

        assert (late["due_on"], late["is_on_time"], late["term_ends_on"]) == ("2025-01-31", False, "2028-02-10")
        assert (timely["due_on"], timely["is_on_time"], timely["term_ends_on"]) == ("2025-02-10", True, "2030-02-10")
        assert (await officer.get(f"/organizations/{branch['id']}")).json()["term_ends_on"] == "2028-02-10"
        listed = (await officer.get("/elections", is_on_time=False)).json()["items"]
        assert [one["id"] for one in listed] == [late["id"]]
        sheet = (await officer.get("/elections/export", format="csv", is_on_time=False)).text
        assert "2025-02-10,2025-01-31,否,2028-02-10,20,16" in sheet

    async def test_by_mistake_gives_the_term_back_and_only_the_last_can_be_one(self, registers: Any) -> None:
        branch, officer = await branch_of(registers, term_ends_on="2022-01-31")
        first = await officer.made("/elections", **HELD | {"held_on": "2022-01-20"}, organization_id=branch["id"])
        second = await officer.made("/elections", **HELD, organization_id=branch["id"])
        again = await officer.post("/elections", {**HELD, "organization_id": branch["id"]})

        mistake = {"reason": "登记到别的支部"}
        early = await officer.post(f"/elections/{first['id']}/void", mistake, version=1)
        voided = await officer.post(f"/elections/{second['id']}/void", mistake, version=1)
        twice = await officer.post(f"/elections/{second['id']}/void", mistake, version=2)

        assert (again.status_code, again.json()["code"]) == (422, "wrong-dates")
        assert (early.status_code, early.json()["code"]) == (409, "not-the-last-election")
        assert (voided.status_code, voided.json()["void_reason"]) == (200, "登记到别的支部")
        assert (twice.status_code, twice.json()["code"]) == (409, "record-void")
        assert (await officer.get(f"/organizations/{branch['id']}")).json()["term_ends_on"] == first["term_ends_on"]
        told = registers.events("registry.election.changed.v1")
        assert [(one["held_on"], one["is_void"]) for one in told] == [
            ("2022-01-20", False), ("2025-02-10", False), ("2025-02-10", True),
        ]  # fmt: skip

    async def test_by_mistake_leaves_a_term_that_was_corrected_since(self, registers: Any) -> None:
        branch, officer = await branch_of(registers, term_ends_on="2025-03-31")
        election = await officer.made("/elections", **HELD, organization_id=branch["id"])
        await officer.patch(f"/organizations/{branch['id']}", {"term_ends_on": "2026-03-31"}, version=2)

        await officer.post(f"/elections/{election['id']}/void", {"reason": "重复登记"}, version=1)

        assert (await officer.get(f"/organizations/{branch['id']}")).json()["term_ends_on"] == "2026-03-31"
