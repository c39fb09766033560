import pytest

from gateway.tests.conftest import DOWN

pytestmark = pytest.mark.anyio


class TestHealth:
    async def test_names_each_service(self, open_gateway) -> None:
        async with open_gateway(scoring_url=DOWN) as gateway:
            gateway.training.answers["/readyz"] = (503, {"status": "unready"})
            answer = await gateway.client.get("/health")

            assert answer.status_code == 200
            assert answer.json()["status"] == "degraded"
            states = {name: service["state"] for name, service in answer.json()["services"].items()}
            assert states == {"registry": "ok", "scoring": "unreachable", "training": "unready"}

    async def test_is_503_when_no_service_is_left(self, open_gateway) -> None:
        async with open_gateway(registry_url=DOWN, scoring_url=DOWN, training_url=DOWN) as gateway:
            answer = await gateway.client.get("/health")

            assert (answer.status_code, answer.json()["status"]) == (503, "down")
            assert (await gateway.client.get("/readyz")).status_code == 503
            assert (await gateway.client.get("/livez")).status_code == 200

    async def test_names_its_version_whatever_happens(self, open_gateway) -> None:
        async with open_gateway(registry_url=DOWN, scoring_url=DOWN, training_url=DOWN) as gateway:
            assert (await gateway.client.get("/version")).json()["service"] == "gateway"

    async def test_is_ready_with_keys_and_a_service(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            assert (await gateway.client.get("/readyz")).json()["status"] == "ok"

    async def test_asks_the_services_once_a_second_at_most(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            for _ in range(20):
                await gateway.client.get("/health")

            assert len(gateway.registry.seen) <= 3
