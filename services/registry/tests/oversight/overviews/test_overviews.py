from typing import Any

import pytest

pytestmark = pytest.mark.anyio


class TestOverview:
    async def test_of_an_organisation_out_of_reach_answers_like_a_missing_one(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        answer = await officer.get("/overview", organization_id=district.root["id"])

        assert (answer.status_code, answer.json()["code"]) == (404, "organization-not-found")

    @pytest.mark.feature("R51")
    async def test_counts_only_ones_own_and_kinds_sum_to_the_total(self, registers: Any) -> None:
        district = await registers.district()
        await registers.member(district.branches[0])
        await registers.member(district.branches[1])
        officer = await registers.office("town_officer", district.towns[0])
        administrator = await registers.administrator()

        own, whole = (await officer.get("/overview")).json(), (await administrator.get("/overview")).json()

        assert (own["organizations"], own["primary_organizations"], own["members"]) == (2, 1, 1)
        assert (whole["organizations"], whole["primary_organizations"], whole["members"]) == (6, 2, 2)
        assert sum(whole["organizations_by_kind"].values()) == whole["organizations"]
        assert own["coverage"] == {"economic": None, "social": None, "total": None}
