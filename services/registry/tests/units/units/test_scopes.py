"""Which units an industry committee guides, which a line committee answers for, and which are key units."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio


async def ids(office: Any, **query: Any) -> set[str]:
    answer = await office.get("/units", limit=200, **query)
    assert answer.status_code == 200, answer.text
    return {one["id"] for one in answer.json()["items"]}


class TestIndustryCommittee:
    @pytest.mark.feature("R02")
    async def test_guides_only_micro_enterprises_and_individual_businesses(self, registers: Any) -> None:
        """One at level 3 beside 23 towns."""
        district = await registers.district()
        for _ in range(21):
            await registers.organization("committee", district.work, host_kind="town")
        scope = {"host_kind": "industry", "guided_scope": ["micro_enterprise", "individual_business"]}
        committee = await registers.organization("committee", district.work, **scope)
        town = district.towns[0]
        micro = await registers.unit(town, size="micro")
        individual = await registers.unit(district.towns[1], kind="individual_business")
        for size in ("small", "medium", "large", None):
            await registers.unit(town, size=size)
        elsewhere = await registers.district()
        await registers.unit(elsewhere.towns[0], size="micro")
        root = await registers.office("district_officer", district.root)
        own = await registers.office("town_officer", committee)

        guided = {micro["id"], individual["id"]}
        assert (committee["level"], await ids(root, guided_by=committee["id"])) == (3, guided)
        assert await ids(own) == guided
        assert await ids(own, guided_by=town["id"]) == set()
        towns = (await root.get("/organizations", level=3, host_kind="town", with_total=True)).json()["total"]
        industry = (await root.get("/organizations", level=3, host_kind="industry", with_total=True)).json()["total"]
        assert (towns, industry) == (23, 1)
        changed = await own.patch(f"/units/{micro['id']}", {"staff_count": 5}, version=1)
        assert (changed.status_code, changed.json()["code"]) == (403, "only-the-jurisdiction")

    async def test_alone_has_such_a_scope(self, registers: Any) -> None:
        district = await registers.district()
        root = await registers.office("district_officer", district.root)

        refused = await root.patch(
            f"/organizations/{district.towns[0]['id']}", {"guided_scope": ["micro_enterprise"]}, version=1
        )

        assert (refused.status_code, refused.json()["code"]) == (422, "only-industry-committees-guide")


class TestLineCommittee:
    @pytest.mark.feature("R64")
    async def test_answers_for_every_social_organisation_or_it_is_found(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        line = await registers.organization("committee", district.work, name="住建系统党委", host_kind="industry")
        social = await registers.unit(town, kind="social_group")
        enterprise = await registers.unit(town)

        async def found() -> set[str]:
            items = (await officer.get("/findings", code="social_unit_without_line_committee")).json()["items"]
            return {one["subject_id"] for one in items}

        before = await found()
        branch = {"line_organization_id": district.branches[0]["id"]}
        refused = await officer.patch(f"/units/{social['id']}", branch, version=1)
        named = await officer.patch(f"/units/{social['id']}", {"line_organization_id": line["id"]}, version=1)

        assert (before, await found()) == ({social["id"]}, set())
        assert enterprise["line_organization_id"] is None
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown-line-organization")
        assert named.json()["line_organization_name"] == "住建系统党委"
        own = await registers.office("town_officer", line)
        assert await ids(own) == await ids(officer, line_organization_id=line["id"]) == {social["id"]}


class TestKeyUnits:
    @pytest.mark.feature("R58")
    async def test_are_above_scale_or_new_social_organisations(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        above = await registers.unit(town, is_above_scale=True)
        await registers.unit(town)
        new = await registers.unit(town, kind="foundation", counted_from="2024-06-16")
        await registers.unit(town, kind="foundation", counted_from="2024-06-15")
        await registers.unit(town, kind="non_public_enterprise", counted_from="2025-01-01")

        assert await ids(officer, key_on="2025-06-15") == {above["id"], new["id"]}
        assert await ids(officer, key_on="2024-06-15") >= {above["id"]}
        assert await ids(officer, is_above_scale=True) == {above["id"]}


class TestCarrier:
    @pytest.mark.feature("R06")
    async def test_sees_the_small_organisations_that_rely_on_it(self, registers: Any) -> None:
        district = await registers.district()
        carrier = await registers.organization("branch", district.towns[0], host_kind="market")
        small = await registers.organization("branch", district.towns[1], carrier_id=carrier["id"])
        secretary = await registers.office("branch_secretary", carrier)
        other = await registers.office("branch_secretary", district.branches[0])
        root = await registers.office("district_officer", district.root)

        carried = (await secretary.get("/organizations/carried")).json()["items"]
        hidden = await secretary.get(f"/organizations/{small['id']}")
        listed = (await root.get("/organizations", carrier_id=carrier["id"])).json()["items"]

        assert [(one["id"], one["carrier_name"]) for one in carried] == [(small["id"], carrier["name"])]
        assert small["code"] in (await secretary.get("/organizations/carried/export", format="csv")).text
        assert (hidden.status_code, [one["id"] for one in listed]) == (404, [small["id"]])
        assert (await other.get("/organizations/carried")).json()["items"] == []
        own, no_market = {"carrier_id": small["id"]}, {"carrier_id": district.branches[0]["id"]}
        refused = [await root.patch(f"/organizations/{small['id']}", one, version=1) for one in (own, no_market)]
        assert [one.json()["code"] for one in refused] == ["unknown-carrier"] * 2
