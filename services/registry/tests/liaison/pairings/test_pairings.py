"""结对帮扶: demonstration points for those who are none, enterprises for villages and for each other."""

from typing import Any

import pytest

from services.registry.tests.liaison.pairings.district import Town, town_of

pytestmark = pytest.mark.anyio
POINTS, OTHERS, WITHOUT = 207, 168, 157


@pytest.fixture
async def town(registers: Any) -> Town:
    return await town_of(registers)


class TestPairing:
    async def test_with_whom_it_cannot_be_is_refused(self, town: Town) -> None:
        [point, other] = [*await town.organizations(1, are_points=True), *await town.organizations(1)]
        [unit, covered] = [*await town.units(1), *await town.units(1, covered_by=[other])]
        [second] = await town.organizations(1, are_points=True)
        foreign = town.district.branches[1]["id"]
        helps = {"kind": "demonstration", "helper_organization_id": point}

        assert await town.refused(**helps, partner_organization_id=point) == (422, "paired-with-itself")
        assert await town.refused(**helps) == (422, "wrong-pairing-sides")
        assert await town.refused(**helps, partner_organization_id=foreign) == (422, "unknown-pairing-side")
        assert await town.refused(**helps, partner_organization_id=second) == (422, "partner-is-demonstration-point")
        assert await town.refused(**helps, partner_unit_id=covered) == (422, "partner-has-organization")
        without = {"kind": "demonstration", "helper_organization_id": other, "partner_unit_id": unit}
        assert await town.refused(**without) == (422, "helper-is-no-demonstration-point")
        future = {"kind": "village", "helper_unit_id": unit, "partner_village": "清溪镇石桥村"}
        assert await town.refused(**future, paired_on="2099-01-01") == (422, "wrong-dates")

    async def test_stands_once_until_it_is_ended_and_leaves_the_partner_unpaired_again(self, town: Town) -> None:
        [point, other] = [*await town.organizations(1, are_points=True), *await town.organizations(1)]
        sides = {"kind": "demonstration", "helper_organization_id": point, "partner_organization_id": other}
        pairing = await town.pair(**sides)

        twice = await town.refused(**sides)
        early = await town.officer.post(f"/pairings/{pairing['id']}/end", {"ended_on": "2023-03-01"}, version=1)
        ended = await town.officer.ended(f"/pairings/{pairing['id']}", 1, ended_on="2024-01-01")
        again = await town.officer.post(f"/pairings/{pairing['id']}/end", {"ended_on": "2024-02-01"}, version=2)

        assert twice == (409, "already-paired")
        assert (early.status_code, early.json()["code"], again.json()["code"]) == (422, "wrong-dates", "already-ended")
        assert (ended["ended_on"], ended["partner_organization_name"]) == ("2024-01-01", "第1支部")
        for day, unpaired in (("2023-12-31", 0), ("2024-01-01", 1)):
            answer = await town.officer.get("/unpaired-partners", as_of=day, with_total=True)
            assert answer.json()["total"] == unpaired
        await town.pair(**sides, paired_on="2024-03-01")

    async def test_made_by_mistake_is_void(self, town: Town) -> None:
        [unit] = await town.units(1)
        pairing = await town.pair(kind="village", helper_unit_id=unit, partner_village="石桥村")
        path = f"/pairings/{pairing['id']}"

        voided = await town.officer.post(f"{path}/void", {"reason": "写错村名"}, version=1)
        ended = await town.officer.post(f"{path}/end", {"ended_on": "2024-01-01"}, version=2)

        assert (voided.json()["void_reason"], ended.json()["code"]) == ("写错村名", "record-void")
        assert (await town.officer.get("/pairings")).json()["items"] == []
        [line] = (await town.officer.get(f"{path}/history")).json()["items"]
        assert (line["title"], line["new"]) == ("作废原因", "写错村名")
        await town.pair(kind="village", helper_unit_id=unit, partner_village="石桥村")

    async def test_is_seen_by_the_town_of_either_side(self, town: Town) -> None:
        [point] = await town.organizations(1, are_points=True)
        partner = town.district.branches[1]["id"]
        district = await town.registers.office("district_officer", town.district.root)
        body = {"kind": "demonstration", "helper_organization_id": point, "partner_organization_id": partner}
        await district.made("/pairings", **body, paired_on="2023-03-01")

        other = await town.registers.office("town_officer", town.district.towns[1])
        for officer in (town.officer, other):
            assert len((await officer.get("/pairings")).json()["items"]) == 1


class TestMutualHelp:
    @pytest.mark.feature("R50")
    async def test_is_inside_one_circle(self, town: Town) -> None:
        """Through the organisations that cover the two; being in the same town is not enough."""
        first, second, other, late = await town.organizations(4)
        one, two, three, four, uncovered = await town.units(5, covered_by=[first, second, other, late])
        east, west = await town.circle("城东"), await town.circle("城西")
        for circle, organization in ((east, first), (east, second), (west, other), (west, first)):
            await town.join(circle, organization)
        await town.join(east, late, "2023-03-02")
        helps = {"kind": "mutual", "helper_unit_id": one}

        refused = [await town.refused(**helps, partner_unit_id=unit) for unit in (four, uncovered)]
        between = await town.refused(kind="mutual", helper_unit_id=two, partner_unit_id=three)
        pairings = [await town.pair(**helps, partner_unit_id=unit) for unit in (two, three)]
        later = await town.pair(**helps, partner_unit_id=four, paired_on="2023-03-02")

        assert [*refused, between] == [(422, "not-in-one-circle")] * 3
        assert [one["partner_unit_name"] for one in [*pairings, later]] == ["第2企业", "第3企业", "第4企业"]

    @pytest.mark.feature("R50")
    async def test_needs_a_circle_that_is_open_and_memberships_that_have_not_ended(self, town: Town) -> None:
        first, second = await town.organizations(2)
        one, two = await town.units(2, covered_by=[first, second])
        circle = await town.circle("城东")
        await town.join(circle, first)
        membership = await town.join(circle, second)
        helps = {"kind": "mutual", "helper_unit_id": one, "partner_unit_id": two}
        await town.officer.ended(f"/circle-memberships/{membership['id']}", 1, ended_on="2023-02-01")

        left = await town.refused(**helps)
        await town.join(circle, second, "2023-02-15")
        await town.officer.ended(f"/circles/{circle['id']}", 1, ended_on="2023-03-01")
        closed = await town.refused(**helps)
        before = await town.pair(**helps, paired_on="2023-02-28")

        assert (left, closed) == ((422, "not-in-one-circle"),) * 2
        assert before["paired_on"] == "2023-02-28"


class TestDemonstrationPoints:
    @pytest.mark.feature("R08")
    async def test_help_168_others_and_157_units_in_200_actions_and_23_sites(self, town: Town) -> None:
        """Then nobody is left unpaired."""
        points = await town.organizations(POINTS, are_points=True)
        others, units = await town.organizations(OTHERS), await town.units(WITHOUT)
        before = (await town.officer.get("/unpaired-partners", with_total=True)).json()["total"]
        pairings = []
        for number, (name, partner) in enumerate(
            [("partner_organization_id", one) for one in others] + [("partner_unit_id", one) for one in units]
        ):
            helper = points[number % POINTS]
            pairings.append(await town.pair(kind="demonstration", helper_organization_id=helper, **{name: partner}))
        for number in range(200):
            await town.act(pairings[number], sites_built=int(number < 23))

        figures = (await town.officer.get("/pairing-figures", kind="demonstration")).json()
        unpaired = (await town.officer.get("/unpaired-partners", with_total=True)).json()

        assert before == OTHERS + WITHOUT == 325
        assert (figures["pairs"], figures["helpers"], figures["partners"]) == (325, POINTS, 325)
        assert (figures["actions"], figures["sites_built"]) == (200, 23)
        assert (unpaired["items"], unpaired["total"]) == ([], 0)
        assert await town.refused(
            kind="demonstration", helper_organization_id=points[0], partner_organization_id=points[0]
        ) == (422, "paired-with-itself")


class TestVillages:
    @pytest.mark.feature("R49")
    async def test_are_paired_173_of_them_with_129_enterprises(self, town: Town) -> None:
        """500 actions, 2,000 jobs and 13 million yuan."""
        units = await town.units(129)
        pairings = [
            await town.pair(kind="village", helper_unit_id=units[number % 129], partner_village=f"第{number + 1}村")
            for number in range(173)
        ]
        for number in range(500):
            await town.act(pairings[number % 173], jobs=4, money="26000.00")

        figures = (await town.officer.get("/pairing-figures", kind="village")).json()

        assert (figures["pairs"], figures["helpers"], figures["partners"]) == (173, 129, 173)
        assert (figures["actions"], figures["jobs"], figures["money"]) == (500, 2000, "13000000.00")
