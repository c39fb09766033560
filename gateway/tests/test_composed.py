import asyncio
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from gateway.tests.conftest import DOWN, raw_server

pytestmark = pytest.mark.anyio

SERVICES = ("registry", "scoring", "training")


@pytest.fixture
def signed_in(issue_token):
    return {"Authorization": f"Bearer {issue_token(['district_officer'])}"}


def overviews(gateway, **changed) -> None:
    for name in SERVICES:
        answer = {"as_of": "2026-06-30", "from": name}
        getattr(gateway, name).answers[f"/api/v1/{name}/overview"] = changed.get(name, (200, answer))


def move_clock(gateway, day: date) -> None:
    offset = datetime(day.year, day.month, day.day, 4, tzinfo=UTC) - datetime.now(UTC)
    clock = {"offset_seconds": int(offset.total_seconds())}
    gateway.registry.answers["/api/v1/registry/clock"] = (200, clock)


class TestOverview:
    @pytest.mark.parametrize("as_of", ["yesterday", "2026-02-30", "1800-01-01", "2026-01-01' OR 1=1"])
    async def test_refuses_a_bad_day(self, open_gateway, signed_in, as_of: str) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get("/api/v1/overview", params={"as_of": as_of}, headers=signed_in)

            assert answer.status_code == 422
            assert answer.headers["content-type"] == "application/problem+json"
            assert gateway.registry.seen == []

    async def test_asks_everyone_about_the_same_day(self, open_gateway, signed_in) -> None:
        async with open_gateway() as gateway:
            overviews(gateway)
            answer = await gateway.client.get("/api/v1/overview?as_of=2026-06-30", headers=signed_in)

            assert answer.status_code == 200
            assert answer.json() == {
                "as_of": "2026-06-30",
                **{name: {"as_of": "2026-06-30", "from": name} for name in SERVICES},
                "missing": [],
            }
            for service in (gateway.registry, gateway.scoring, gateway.training):
                assert service.seen[0]["query_string"] == b"as_of=2026-06-30"
                assert service.last_headers["authorization"] == signed_in["Authorization"]
                assert service.last_headers["x-request-id"] == answer.headers["x-request-id"]

    async def test_without_a_day_is_about_the_business_day(self, open_gateway, signed_in) -> None:
        async with open_gateway() as gateway:
            move_clock(gateway, date(2025, 6, 30))
            overviews(gateway)
            answer = await gateway.client.get("/api/v1/overview", headers=signed_in)

            assert answer.json()["as_of"] == "2025-06-30"
            assert gateway.scoring.seen[0]["query_string"] == b"as_of=2025-06-30"

    @pytest.mark.feature("G05")
    async def test_is_partial_when_a_service_is_down(self, open_gateway, signed_in) -> None:
        """The gap is named; it is no 500."""
        async with open_gateway(scoring_url=DOWN) as gateway:
            overviews(gateway)
            answer = await gateway.client.get("/api/v1/overview", headers=signed_in)

            assert answer.status_code == 200
            assert answer.json()["registry"]["from"] == "registry"
            assert answer.json()["scoring"] is None
            assert [(gap["service"], gap["reason"]) for gap in answer.json()["missing"]] == [
                ("scoring", "service-unreachable")
            ]

    @pytest.mark.parametrize(
        ("given", "reason"),
        [
            ((403, {}), "forbidden"),
            ((404, {}), "not-found"),
            ((500, {}), "service-failed"),
            ((503, {}), "service-failed"),
            ((200, [1]), "service-answer-broken"),
        ],
    )
    async def test_says_why_a_part_is_missing(self, open_gateway, signed_in, given, reason: str) -> None:
        async with open_gateway() as gateway:
            overviews(gateway, training=given)
            answer = await gateway.client.get("/api/v1/overview", headers=signed_in)

            assert answer.status_code == 200
            assert [gap["reason"] for gap in answer.json()["missing"]] == [reason]
            assert answer.json()["missing"][0]["detail"]

    async def test_waits_for_nobody_beyond_the_deadline(self, open_gateway, signed_in) -> None:
        """Nothing but the deadline of the view would ever end it."""

        async def hanging(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
            await reader.read()

        async with (
            raw_server(hanging) as url,
            open_gateway(training_url=url, scoring_url=url, compose_seconds=0.4, read_seconds=10_000.0) as gateway,
        ):
            overviews(gateway)
            answer = await gateway.client.get("/api/v1/overview", headers=signed_in)

            assert {gap["reason"] for gap in answer.json()["missing"]} == {"service-timeout"}
            assert answer.json()["registry"]["from"] == "registry"

    async def test_a_token_one_service_refuses_is_refused(self, open_gateway, signed_in) -> None:
        async with open_gateway() as gateway:
            overviews(gateway, scoring=(401, {}))

            assert (await gateway.client.get("/api/v1/overview", headers=signed_in)).status_code == 401


class TestMe:
    async def test_of_someone_who_is_no_member_is_the_account(self, open_gateway, signed_in) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers["/api/v1/registry/accounts/me"] = (200, {"username": "officer"})
            answer = await gateway.client.get("/api/v1/me", headers=signed_in)

            assert answer.json()["account"] == {"username": "officer"}
            assert answer.json()["balance"] is answer.json()["study_hours"] is None
            assert answer.json()["missing"] == []
            assert gateway.scoring.seen == []

    async def test_of_a_member_has_points_stars_and_hours(self, open_gateway, issue_token) -> None:
        person = uuid4()
        headers = {"Authorization": f"Bearer {issue_token(['member'], person=person)}"}
        async with open_gateway() as gateway:
            move_clock(gateway, date(2025, 3, 1))
            answer = await gateway.client.get("/api/v1/me", headers=headers)

            assert answer.json()["balance"]["path"] == f"/api/v1/scoring/balances/{person}"
            assert answer.json()["balance"]["query"] == "year=2025"
            assert answer.json()["stars"]["path"] == f"/api/v1/scoring/star-history/{person}"
            assert answer.json()["study_hours"]["path"] == f"/api/v1/training/study-hours/{person}"

    async def test_is_partial_when_services_are_down(self, open_gateway, issue_token) -> None:
        headers = {"Authorization": f"Bearer {issue_token(['member'], person=uuid4())}"}
        async with open_gateway(registry_url=DOWN, training_url=DOWN) as gateway:
            answer = await gateway.client.get("/api/v1/me", headers=headers)

            assert answer.status_code == 200
            assert [gap["part"] for gap in answer.json()["missing"]] == ["account", "study_hours"]
            assert answer.json()["balance"] is not None
