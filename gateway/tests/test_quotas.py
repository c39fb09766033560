import time

import pytest

from gateway.quotas import BoundedCounters

pytestmark = pytest.mark.anyio


class TestRateLimit:
    async def test_counts_strangers_by_address(self, open_gateway) -> None:
        async with open_gateway(address_rate="3/minute") as gateway:
            answers = [await gateway.client.get("/api/v1/registry/x") for _ in range(4)]

            assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
            assert answers[-1].json()["code"] == "rate-limited"
            assert 1 <= int(answers[-1].headers["retry-after"]) <= 60

    async def test_a_stranger_cannot_change_address(self, open_gateway) -> None:
        async with open_gateway(address_rate="1/minute") as gateway:
            statuses = [
                (
                    await gateway.client.get("/api/v1/registry/x", headers={"X-Forwarded-For": f"9.9.9.{last}"})
                ).status_code
                for last in range(2)
            ]

            assert statuses == [200, 429]

    async def test_bad_tokens_count_by_address(self, open_gateway) -> None:
        async with open_gateway(address_rate="1/minute") as gateway:
            headers = {"Authorization": "Bearer x"}
            statuses = [(await gateway.client.get("/api/v1/registry/x", headers=headers)).status_code for _ in range(2)]

            assert statuses == [401, 429]

    async def test_counts_each_subject_apart(self, open_gateway, issue_token) -> None:
        async with open_gateway(subject_rate="1/minute", address_rate="1/minute") as gateway:
            one, other = ({"Authorization": f"Bearer {issue_token()}"} for _ in range(2))
            statuses = [
                (await gateway.client.get("/api/v1/registry/x", headers=headers)).status_code
                for headers in (one, one, other)
            ]

            assert statuses == [200, 429, 200]

    async def test_health_and_documentation_are_exempt(self, open_gateway) -> None:
        async with open_gateway(address_rate="1/minute") as gateway:
            for path in ("/livez", "/health", "/docs") * 3:
                assert (await gateway.client.get(path)).status_code == 200


class TestBoundedCounters:
    async def test_starts_anew_after_the_window(self, monkeypatch: pytest.MonkeyPatch) -> None:
        counters = BoundedCounters()
        now = 1000.0
        monkeypatch.setattr(time, "time", lambda: now)
        assert [await counters.incr("a", 10) for _ in range(2)] == [1, 2]
        assert await counters.get_expiry("a") == 1010.0

        now = 1010.0
        assert await counters.get("a") == 0
        assert await counters.incr("a", 10) == 1

    async def test_forgets_the_oldest_when_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("gateway.quotas.MOST_KEYS", 3)
        counters = BoundedCounters()
        for key in "abcd":
            await counters.incr(key, 60)

        assert [await counters.get(key) for key in "abcd"] == [0, 1, 1, 1]


class TestSharedCounters:
    async def test_that_do_not_answer_limit_nobody(self, open_gateway) -> None:
        async with open_gateway(address_rate="1/minute", rate_storage="async+valkey://127.0.0.1:1") as gateway:
            answers = [await gateway.client.get("/api/v1/registry/x") for _ in range(3)]

        assert [answer.status_code for answer in answers] == [200, 200, 200]
