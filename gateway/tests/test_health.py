import pytest

from gateway.tests.conftest import DOWN

pytestmark = pytest.mark.anyio


class TestHealth:
    @pytest.mark.feature("G07")
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

    async def test_says_that_the_events_of_a_service_stand_still(self, open_gateway) -> None:
        """It stays ready; which process of which role holds them up is nobody's business outside."""
        held = "held up for 12 s by process 4711 (role postgres, database registry, application psql)"
        async with open_gateway() as gateway:
            checks = {"database": "ok", "feed_horizon": held}
            gateway.registry.answers["/readyz"] = (200, {"status": "ok", "checks": checks})
            gateway.scoring.answers["/readyz"] = (200, {"status": "ok", "checks": {"feed_horizon": "ok"}})
            gateway.training.answers["/readyz"] = (200, ["no object"])

            told = (await gateway.client.get("/readyz")).json()

        assert told["status"] == "ok"
        assert told["checks"]["feed_registry"] == "held up for 12 s"
        assert not {"feed_scoring", "feed_training"} & told["checks"].keys()

    async def test_asks_the_services_once_a_second_at_most(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            for _ in range(20):
                await gateway.client.get("/health")

            assert len(gateway.registry.seen) <= 3
