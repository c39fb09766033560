"""Profile cache: one count of requests for all gateways, and no limit while nobody counts."""

from collections import Counter

import pytest

from tests.deployment.house import House

pytestmark = pytest.mark.deployment
LIMIT = 10
ASK = """
import sys, http.client
for _ in range(int(sys.argv[1])):
    asked = http.client.HTTPConnection("127.0.0.1", 8000, timeout=10)
    asked.request("GET", "/api/v1/registry/overview")
    print(asked.getresponse().status)
"""


def compose(house: House, *arguments: str) -> str:
    return house.compose(
        *arguments,
        RATE_STORAGE="async+valkey://cache:6379",
        ADDRESS_RATE=f"{LIMIT}/hour",
        COMPOSE_PROFILES="cache",
        PROBE_INTERVAL="1s",
    ).stdout


@pytest.fixture(scope="module")
def counting(house: House) -> House:
    compose(house, "up", "-d", "--wait", "--no-build", "--no-deps", "--scale", "gateway=2", "cache", "gateway")
    return house


def answers(house: House, gateway: int, times: int) -> Counter[str]:
    """As one gateway answers a stranger, always from the same address."""
    code, output = house.containers("gateway")[gateway].exec_run(["python", "-c", ASK, str(times)])
    assert code == 0, output
    return Counter(bytes(output).decode().split())


class TestLimit:
    def test_is_counted_once_for_two_gateways(self, counting: House) -> None:
        first, second = answers(counting, 0, LIMIT - 4), answers(counting, 1, LIMIT)

        assert first == {"401": LIMIT - 4}
        assert second == {"401": 4, "429": LIMIT - 4}
        assert answers(counting, 0, 3) == {"429": 3}


class TestLostCache:
    def test_lets_everybody_in(self, counting: House) -> None:
        assert set(answers(counting, 0, 1)) <= {"401", "429"}
        compose(counting, "kill", "cache")

        both = answers(counting, 0, LIMIT + 1) + answers(counting, 1, LIMIT + 1)

        assert both == {"401": 2 * (LIMIT + 1)}
        assert "quotas.storage_unreachable" in compose(counting, "logs", "gateway")
