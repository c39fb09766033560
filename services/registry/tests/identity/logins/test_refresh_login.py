import asyncio
from datetime import timedelta
from typing import Any

import pytest

from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio
AT_ONCE = timedelta(0)


async def opened(registry: Any) -> dict[str, Any]:
    await registry.activate(await registry.invite(AdministratorRole.AUDIT), username="known.user")
    answer: dict[str, Any] = (await registry.login("known.user")).json()
    return answer


class TestRefresh:
    async def test_refuses_an_unknown_token(self, registry: Any) -> None:
        answer = await registry.refresh("no-such-token")

        assert (answer.status_code, answer.json()["code"]) == (401, "refresh-refused")

    async def test_refuses_an_access_token(self, registry: Any) -> None:
        login = await opened(registry)

        assert (await registry.refresh(login["access_token"][:200])).status_code == 401

    async def test_refuses_after_the_login_ended(self, registry: Any) -> None:
        login = await opened(registry)
        headers = {"Authorization": f"Bearer {login['access_token']}"}
        closed = await registry.http.delete("/api/v1/registry/logins/current", headers=headers)

        assert closed.status_code == 204
        assert (await registry.refresh(login["refresh_token"])).status_code == 401

    async def test_refuses_an_expired_token(self, registry: Any) -> None:
        login = await opened(registry)
        registry.execute("UPDATE refresh_tokens SET expires_at = now() - interval '1 second'")

        assert (await registry.refresh(login["refresh_token"])).status_code == 401

    async def test_answers_twenty_at_once_with_the_same_successor(self, registry: Any) -> None:
        login = await opened(registry)

        answers = await asyncio.gather(*(registry.refresh(login["refresh_token"]) for _ in range(20)))

        assert [answer.status_code for answer in answers] == [200] * 20
        assert len({answer.json()["refresh_token"] for answer in answers}) == 1
        assert (await registry.refresh(answers[0].json()["refresh_token"])).status_code == 200

    async def test_names_a_lost_race_when_the_winner_went_on_and_leaves_the_login_open(self, registry: Any) -> None:
        login = await opened(registry)
        successor = (await registry.refresh(login["refresh_token"])).json()["refresh_token"]
        newest = (await registry.refresh(successor)).json()["refresh_token"]

        late = await registry.refresh(login["refresh_token"])

        assert (late.status_code, late.json()["code"]) == (409, "refresh-race-lost")
        assert registry.events("registry.login.refresh_refused.v1")[0]["reason"] == "race_lost"
        assert (await registry.refresh(newest)).status_code == 200

    async def test_tells_no_successor_once_the_login_ended(self, registry: Any) -> None:
        login = await opened(registry)
        await registry.refresh(login["refresh_token"])
        registry.execute("UPDATE logins SET ended_at = now(), end_reason = 'logged_out'")

        again = await registry.refresh(login["refresh_token"])

        assert (again.status_code, again.json()["code"]) == (401, "refresh-refused")

    async def test_used_again_later_ends_the_whole_login(self, open_registry: Any) -> None:
        async with open_registry(refresh_race_window=AT_ONCE) as registry:
            login = await opened(registry)
            renewed = (await registry.refresh(login["refresh_token"])).json()
            again = await registry.refresh(login["refresh_token"])
            heir = await registry.refresh(renewed["refresh_token"])
            await asyncio.sleep(1.5)
            headers = {"Authorization": f"Bearer {renewed['access_token']}"}
            own = await registry.http.get("/api/v1/registry/accounts/me", headers=headers)

        assert (again.status_code, heir.status_code, own.status_code) == (401, 401, 401)
        assert registry.events("registry.login.refresh_refused.v1")[0]["reason"] == "reused"

    async def test_rotates_the_token(self, registry: Any) -> None:
        login = await opened(registry)

        renewed = (await registry.refresh(login["refresh_token"])).json()

        assert renewed["refresh_token"] != login["refresh_token"]
        assert renewed["login_id"] == login["login_id"]
        assert 0 < renewed["expires_in"] <= 600
