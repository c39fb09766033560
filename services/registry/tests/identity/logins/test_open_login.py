import asyncio
import json
import time
from statistics import median
from typing import Any

import pytest

from registry.identity.activations.models import AdministratorRole

pytestmark = pytest.mark.anyio
LOCKED_AFTER = 5


class TestLogin:
    async def test_answers_an_unknown_user_like_a_wrong_password(self, registry: Any) -> None:
        await registry.activate(await registry.invite(AdministratorRole.AUDIT), username="known.user")

        wrong, unknown = await registry.login("known.user", "wrong"), await registry.login("no.such.user", "wrong")

        assert wrong.status_code == unknown.status_code == 401
        assert wrong.json() == unknown.json()
        assert wrong.headers["www-authenticate"] == unknown.headers["www-authenticate"]

    async def test_answers_an_account_without_password_like_a_wrong_password(self, registry: Any) -> None:
        security = await registry.administrator()
        body = {"username": "not.activated"}
        await registry.http.post("/api/v1/registry/accounts", json=body, headers=security)

        answer = await registry.login("not.activated")

        assert (answer.status_code, answer.json()["code"]) == (401, "login-refused")

    async def test_costs_as_much_for_an_unknown_user(self, open_registry: Any) -> None:
        async with open_registry(argon2_memory_kib=32 * 1024, lockout_failures_per_account=1000) as registry:
            await registry.activate(await registry.invite(AdministratorRole.AUDIT), username="known.user")

            known = [await _cpu_seconds(registry, "known.user") for _ in range(9)]
            unknown = [await _cpu_seconds(registry, "unknown.user") for _ in range(9)]

        assert median(unknown) == pytest.approx(median(known), rel=0.35)

    async def test_locks_an_account_whether_it_exists_or_not(self, registry: Any) -> None:
        await registry.activate(await registry.invite(AdministratorRole.AUDIT), username="known.user")

        for username in ("known.user", "no.such.user"):
            for _ in range(LOCKED_AFTER):
                assert (await registry.login(username, "wrong")).status_code == 401
            locked = await registry.login(username)

            assert (locked.status_code, locked.json()["code"]) == (429, "too-many-attempts")
            assert 1 <= int(locked.headers["retry-after"]) <= 900

    async def test_counts_parallel_guesses_one_by_one(self, registry: Any) -> None:
        answers = await asyncio.gather(*(registry.login("guessed.user", f"guess-{n}") for n in range(20)))

        codes = [answer.status_code for answer in answers]
        assert codes.count(401) == LOCKED_AFTER
        assert codes.count(429) == 20 - LOCKED_AFTER

    async def test_locks_an_address_that_tries_many_names(self, open_registry: Any) -> None:
        async with open_registry(lockout_failures_per_address=6) as registry:
            here = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
            first = [(await registry.login(f"user.{n}", "wrong", **here)).status_code for n in range(7)]
            elsewhere = await registry.login("user.9", "wrong", **{"X-Forwarded-For": "198.51.100.7, 203.0.113.10"})

        assert first == [401] * 6 + [429]
        assert elsewhere.status_code == 401

    async def test_of_a_success_forgets_the_failures(self, registry: Any) -> None:
        await registry.activate(await registry.invite(AdministratorRole.AUDIT), username="known.user")

        for _ in range(3):
            for _ in range(LOCKED_AFTER - 1):
                await registry.login("known.user", "wrong")
            assert (await registry.login("known.user")).status_code == 201

    async def test_is_recorded_with_ids_only(self, registry: Any) -> None:
        await registry.activate(await registry.invite(AdministratorRole.AUDIT), username="known.user")

        await registry.login("Known.User ")
        await registry.login("known.user", "wrong-password-canary")
        await registry.login("typed-my-password-here", "x")

        opened, refused = registry.events("registry.login.opened.v1"), registry.events("registry.login.refused.v1")
        assert [set(data) for data in opened] == [{"id", "account_id"}]
        assert [data["reason"] for data in refused] == ["password", "password"]
        assert refused[0]["account_id"] == opened[0]["account_id"]
        assert "typed" not in json.dumps(refused)

    @pytest.mark.parametrize(
        "body",
        [
            '{"username": "a", "password": "\\u0000"}',
            '{"username": "a", "password": "\\ud800"}',
            '{"username": "\\ud800", "password": "x"}',
            '{"username": "a\\u0000b", "password": "x"}',
            '{"username": "a", "password": 7}',
            '{"username": "a", "password": "b", "role": "system_administrator"}',
            '{"username": "a"}',
            "[]",
            "not json",
        ],
    )
    async def test_refuses_what_is_no_login(self, registry: Any, body: str) -> None:
        headers = {"Content-Type": "application/json"}

        answer = await registry.http.post("/api/v1/registry/logins", content=body, headers=headers)

        assert 400 <= answer.status_code < 500


class TestPasswordAge:
    async def test_past_the_profile_leaves_a_token_without_roles(self, registry: Any) -> None:
        security = await registry.administrator()
        account_id = await registry.account(security, "old.password")
        registry.execute(
            "UPDATE accounts SET password_changed_at = now() - interval '91 days' WHERE id = %s", account_id
        )

        opened = (await registry.login("old.password")).json()
        headers = {"Authorization": f"Bearer {opened['access_token']}"}
        change = {"current_password": "Correct-Horse-7-Battery", "new_password": "Quite-Another-Staple-8"}
        changed = await registry.http.put("/api/v1/registry/accounts/me/password", json=change, headers=headers)
        renewed = (await registry.refresh(opened["refresh_token"])).json()

        assert opened["must_change_password"] is True
        assert changed.status_code == 204
        assert renewed["must_change_password"] is False


async def _cpu_seconds(registry: Any, username: str) -> float:
    """Processor time, the hashing threads included: what else the machine does changes nothing in it."""
    started = time.process_time()
    await registry.login(username, "wrong")
    return time.process_time() - started
