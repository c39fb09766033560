"""党群组织一体化: union, league and women's body of a unit, who heads them, and who of the heads is no member yet."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
SINCE = {"valid_from": "2024-01-01"}
KINDS = ["union", "league", "women"]


class TestHeads:
    @pytest.mark.feature("R65")
    async def test_are_known_for_each_of_the_three_bodies_of_a_unit(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        unit = await registers.unit(district.towns[0], mass_organizations=KINDS)
        bare = await registers.unit(district.towns[0])
        member = await registers.member(district.branches[0])
        about = {"unit_id": unit["id"], **SINCE}
        for kind, name in zip(KINDS, ("孙会", "李团", "周妇"), strict=True):
            await officer.made("/mass-organization-heads", **about, kind=kind, name=name)

        taken = await officer.post("/mass-organization-heads", {**about, "kind": "union", "name": "吴会"})
        none = await officer.post(
            "/mass-organization-heads", {**about, "unit_id": bare["id"], "kind": "union", "name": "吴"}
        )
        foreign = {**about, "kind": "union", "name": "吴会", "member_id": "01900000-0000-7000-8000-000000000000"}
        unknown = await officer.post("/mass-organization-heads", foreign)

        assert sorted(unit["mass_organizations"]) == sorted(KINDS)
        heads = (await officer.get("/mass-organization-heads", unit_id=unit["id"])).json()["items"]
        assert {one["kind"]: one["name"] for one in heads} == {"union": "孙会", "league": "李团", "women": "周妇"}
        assert [one.json()["code"] for one in (taken, none, unknown)] == [
            "head-already-in-office", "no-such-mass-organization", "unknown-head",
        ]  # fmt: skip
        union = next(one for one in heads if one["kind"] == "union")
        await officer.ended(f"/mass-organization-heads/{union['id']}", 1, ended_on="2025-01-01")
        later = {"kind": "union", "name": member["name"], "member_id": member["id"], "valid_from": "2025-01-01"}
        made = await officer.made("/mass-organization-heads", unit_id=unit["id"], **later)
        assert (made["member_name"], made["is_in_the_party"]) == (member["name"], True)
        on = {"kind": "union", "as_of": "2024-12-31"}
        assert [one["id"] for one in (await officer.get("/mass-organization-heads", **on)).json()["items"]] == [
            union["id"]
        ]
        assert "工会,孙会" in (await officer.get("/mass-organization-heads/export", format="csv")).text

    @pytest.mark.feature("R44")
    async def test_who_are_no_members_are_suggested_for_development(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        unit = await registers.unit(district.towns[0], mass_organizations=KINDS)
        member = await registers.member(district.branches[0])
        activist = await registers.member(district.branches[0], stage="activist")
        made = []
        for kind, person in zip(KINDS, (member, activist, None), strict=True):
            head = {"kind": kind, "name": f"负责人{kind}", "member_id": person["id"] if person else None}
            made.append(await officer.made("/mass-organization-heads", unit_id=unit["id"], **head, **SINCE))

        async def found() -> dict[str, str]:
            items = (await officer.get("/findings", code="head_not_in_the_party")).json()["items"]
            return {one["subject_id"]: one["severity"] for one in items}

        before = await found()
        await officer.post(f"/mass-organization-heads/{made[2]['id']}/void", {"reason": "登记有误"}, version=1)

        assert before == {made[1]["id"]: "suggestion", made[2]["id"]: "suggestion"}
        assert await found() == {made[1]["id"]: "suggestion"}
        listed = (await officer.get("/mass-organization-heads", is_in_the_party=False)).json()["items"]
        assert [one["id"] for one in listed] == [made[1]["id"]]
