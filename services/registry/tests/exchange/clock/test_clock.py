import asyncio
from datetime import date
from typing import Any

import pytest

from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio
URL = "/api/v1/registry/clock"
SPRING = {"now": "2025-03-01T09:00:00+08:00"}


class TestClock:
    async def test_refuses_everybody_but_the_system_administrator(self, registry: Any) -> None:
        assert (await registry.http.put(URL, json=SPRING)).status_code == 401
        for role in (AdministratorRole.SECURITY, AdministratorRole.AUDIT):
            headers = await registry.administrator(role)
            assert (await registry.http.put(URL, json=SPRING, headers=headers)).status_code == 403

    async def test_refuses_to_move_outside_a_demonstration(self, open_registry: Any) -> None:
        async with open_registry(demonstration=False) as registry:
            headers = await registry.administrator(AdministratorRole.SYSTEM)
            answer = await registry.http.put(URL, json=SPRING, headers=headers)

        assert (answer.status_code, answer.json()["code"]) == (409, "clock-fixed")

    @pytest.mark.parametrize("now", ["2025-03-01T09:00:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "soon"])
    async def test_refuses_what_is_no_instant_of_ours(self, registry: Any, now: str) -> None:
        headers = await registry.administrator(AdministratorRole.SYSTEM)

        assert (await registry.http.put(URL, json={"now": now}, headers=headers)).status_code == 422

    async def test_moves_and_tells_everybody(self, registry: Any) -> None:
        headers = await registry.administrator(AdministratorRole.SYSTEM)

        moved = (await registry.http.put(URL, json=SPRING, headers=headers)).json()
        read = (await registry.http.get(URL, headers=headers)).json()

        assert (moved["today"], read["today"]) == ("2025-03-01", "2025-03-01")
        assert registry.events("registry.clock.moved.v1") == [{"offset_seconds": moved["offset_seconds"]}]

    @pytest.mark.parametrize("day", ["1900-01-02", "2019-12-31", "2024-12-31"])
    async def test_before_the_first_administrator_locks_nobody_out(self, registry: Any, day: str) -> None:
        """Who set the demonstration up can sign in on every day of it, and set the clock back."""
        headers = await registry.administrator(AdministratorRole.SYSTEM)
        [username] = registry.logins
        moved = await registry.http.put(URL, json={"now": f"{day}T09:00:00+08:00"}, headers=headers)
        assert moved.json()["today"] == day

        again = await registry.signed_in(username)

        assert (await registry.http.put(URL, json=SPRING, headers=again)).status_code == 200

    async def test_past_the_end_of_a_post_ends_its_access_tokens(self, registry: Any) -> None:
        system, security = await registry.administrator(AdministratorRole.SYSTEM), await registry.administrator()
        branch = await registry.organization(1)
        member, other = await registry.member(branch), await registry.member(branch)
        await registry.post(member, branch, valid_to=date(2030, 1, 1))
        for username, person in (("some.body", member), ("some.other", other)):
            await registry.account(security, username, member_id=person.id)
        leaving, staying = await registry.signed_in("some.body"), await registry.signed_in("some.other")

        await registry.http.put(URL, json={"now": "2030-01-02T00:00:00+08:00"}, headers=system)
        await asyncio.sleep(1.5)

        assert (await registry.http.get(URL, headers=leaving)).status_code == 401
        assert (await registry.http.get(URL, headers=staying)).status_code == 200
