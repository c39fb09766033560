"""Shapes of the tree that the seeds describe, with the seeds' own figures."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
NEW = {"single": 1, "joint": 2, "attached": 6}


async def total(office: Any, **query: Any) -> int:
    answer = await office.get("/organizations", with_total="true", **query)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["total"])


class TestParks:
    @pytest.mark.feature("R04")
    async def test_have_branches_groups_and_an_organisation_for_every_unit(self, registers: Any) -> None:
        """3 parks with work committees of their own, 27 branches, 17 project groups: park coverage is 100 %."""
        district = await registers.district()
        parks = [await registers.organization("work_committee", district.work, host_kind="park") for _ in range(3)]
        branches = [await registers.organization("branch", parks[number % 3]) for number in range(27)]
        for number in range(17):
            await registers.organization("project_group", parks[number % 3], term_ends_on="2099-12-31")
        officer = await registers.office("district_officer", district.work)
        for number, branch in enumerate(branches):
            unit = await registers.unit(parks[number % 3])
            covered = {"organization_id": branch["id"], "mode": "single", "valid_from": "2020-01-01"}
            await officer.made(f"/units/{unit['id']}/coverage-links", **covered)

        looked = [(await officer.get("/overview", organization_id=park["id"])).json() for park in parks]
        spot = await registers.unit(parks[0])
        without = (await officer.get("/overview", organization_id=parks[0]["id"])).json()

        assert await total(officer, host_kind="park") == 3
        assert {park["level"] for park in parks} == {3}
        assert sum(one["organizations_by_kind"]["branch"] for one in looked) == 27
        assert sum(one["organizations_by_kind"]["project_group"] for one in looked) == 17
        assert [one["coverage"]["total"] for one in looked] == ["100.00"] * 3
        assert (spot["jurisdiction_id"], without["coverage"]["total"]) == (parks[0]["id"], "90.00")


class TestNewOrganizations:
    @pytest.mark.feature("R12")
    async def test_are_counted_by_mode_and_add_up(self, registers: Any) -> None:
        """Seed 3.1: 1 single, 2 joint and 6 attached are 9 new ones; those of before have other modes or none."""
        district = await registers.district()
        await registers.organization("branch", district.towns[1], set_up_mode="regional")
        for mode, number in NEW.items():
            for _ in range(number):
                await registers.organization("branch", district.towns[0], set_up_mode=mode)
        officer = await registers.office("town_officer", district.towns[0])

        found = {mode: await total(officer, set_up_mode=mode) for mode in NEW}

        assert found == NEW
        assert await total(officer, set_up_mode=list(NEW)) == 9
        assert await total(officer, set_up_mode="regional") == 0


class TestPilots:
    @pytest.mark.feature("R62")
    async def test_are_the_directly_managed(self, registers: Any) -> None:
        district = await registers.district()
        pilots = [await registers.organization("branch", district.work) for _ in range(12)]
        officer = await registers.office("district_officer", district.root)

        listed = (await officer.get("/organizations", is_pilot=True)).json()["items"]
        managed = (await officer.get("/organizations", is_directly_managed=True)).json()["items"]

        assert len(listed) == 12
        assert {one["id"] for one in listed} == {one["id"] for one in pilots} == {one["id"] for one in managed}
        assert {one["is_pilot"] for one in listed} == {True}
        assert (await officer.get(f"/organizations/{district.branches[0]['id']}")).json()["is_pilot"] is False


class TestOneFourAndMany:
    @pytest.mark.feature("R27")
    async def test_is_a_work_committee_with_four_general_branches_and_their_branches(self, registers: Any) -> None:
        root = await registers.organization("district_committee")
        work = await registers.organization("work_committee", root)
        general = [await registers.organization("general_branch", work) for _ in range(4)]
        for number in range(10):
            await registers.organization("branch", general[number % 4])
        officer = await registers.office("district_officer", work)

        kinds = (await officer.get("/overview")).json()["organizations_by_kind"]
        nodes = (await officer.get("/organizations/tree")).json()["nodes"]
        own = {"work": work["id"], **{f"general {number}": one["id"] for number, one in enumerate(general)}}
        children = {name: sum(node["parent_id"] == key for node in nodes) for name, key in own.items()}

        assert {kind: number for kind, number in kinds.items() if number} == {
            "work_committee": 1,
            "general_branch": 4,
            "branch": 10,
        }
        assert children == {"work": 4, "general 0": 3, "general 1": 3, "general 2": 2, "general 3": 2}
