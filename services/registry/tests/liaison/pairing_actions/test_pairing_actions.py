"""帮扶活动: what is done in a pairing, and for whom it counts."""

from typing import Any

import pytest

from services.registry.tests.liaison.pairings.district import Town, town_of

pytestmark = pytest.mark.anyio
TOLD = "registry.pairing_action.changed.v1"


@pytest.fixture
async def town(registers: Any) -> Town:
    return await town_of(registers)


class TestAction:
    async def test_before_or_after_the_pairing_is_refused(self, town: Town) -> None:
        [unit] = await town.units(1)
        pairing = await town.pair(kind="village", helper_unit_id=unit, partner_village="石桥村")
        await town.officer.ended(f"/pairings/{pairing['id']}", 1, ended_on="2024-01-01")
        body = {"pairing_id": pairing["id"], "content": "助学"}

        answers = [
            await town.officer.post("/pairing-actions", {**body, "acted_on": day})
            for day in ("2023-02-28", "2024-01-01", "2099-01-01", "2023-12-31")
        ]

        found = [one.json().get("code") for one in answers]
        assert found == ["wrong-dates", "pairing-ended", "wrong-dates", None]
        stranger = await town.registers.office("town_officer", town.district.towns[1])
        foreign = await stranger.post("/pairing-actions", {**body, "acted_on": "2023-12-31"})
        assert (foreign.status_code, foreign.json()["code"]) == (422, "unknown-pairing")
        minus = await town.officer.post("/pairing-actions", {**body, "acted_on": "2023-12-31", "money": "-1.00"})
        assert minus.status_code == 422

    async def test_counts_for_the_organisations_that_cover_the_enterprise_that_helps(self, town: Town) -> None:
        [branch] = await town.organizations(1)
        [unit, neighbour, bare] = [*await town.units(2, covered_by=[branch, branch]), *await town.units(1)]
        await town.join(await town.circle("城东"), branch)
        village = {"kind": "village", "partner_village": "石桥村"}
        action = await town.act(await town.pair(**village, helper_unit_id=unit))
        await town.act(await town.pair(**village, helper_unit_id=bare))
        await town.act(await town.pair(kind="mutual", helper_unit_id=unit, partner_unit_id=neighbour))

        voided = await town.officer.post(f"/pairing-actions/{action['id']}/void", {"reason": "重复登记"}, version=1)

        assert (action["pairing_name"], action["kind"]) == ("第1企业 — 石桥村", "village")
        assert voided.json()["void_reason"] == "重复登记"
        told = town.registers.events(TOLD)
        own = [{"organization_id": branch}]
        assert [(one["organizations"], one["is_earning"], one["revision"]) for one in told] == [
            (own, True, 1), ([], True, 1), (own, False, 1), (own, False, 2),
        ]  # fmt: skip
        assert (await town.officer.get("/pairing-figures", kind="village")).json()["actions"] == 1

    async def test_of_a_demonstration_point_counts_for_itself(self, town: Town) -> None:
        [point, other] = [*await town.organizations(1, are_points=True), *await town.organizations(1)]
        sides = {"helper_organization_id": point, "partner_organization_id": other}
        await town.act(await town.pair(kind="demonstration", **sides))

        [told] = town.registers.events(TOLD)
        assert (told["organizations"], told["is_earning"]) == ([{"organization_id": point}], True)
