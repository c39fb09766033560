"""One list of what happened in all services, in the order of time, page by page."""

from typing import Any
from urllib.parse import parse_qs

import pytest

pytestmark = pytest.mark.anyio
EVENTS = "/api/v1/audit/events"
ACCOUNT = "0190a000-0000-7000-8000-0000000000aa"


@pytest.fixture
def auditor(issue_token) -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_token(['audit_administrator'])}"}


def event(number: int, service: str) -> dict[str, Any]:
    return {
        "id": f"0190a000-0000-7000-8000-{number:012d}", "time": f"2026-03-02T01:00:{number:02d}Z",
        "type": f"{service}.export.made.v1", "title": "导出了列表", "account": ACCOUNT, "account_name": None,
        "subject": ACCOUNT, "data": "{}",
    }  # fmt: skip


def tells(gateway, service: str, *numbers: int, following: str | None = None) -> None:
    page = {"items": [event(one, service) for one in numbers], "next": following, "total": None}
    getattr(gateway, service).answers[f"/api/v1/{service}/events"] = (200, page)


class TestAuditEvents:
    async def test_of_all_services_are_in_the_order_of_time(self, open_gateway, auditor) -> None:
        async with open_gateway() as gateway:
            tells(gateway, "registry", 9, 4)
            tells(gateway, "scoring", 8, 7)
            tells(gateway, "training", 6)
            answer = (await gateway.client.get(EVENTS, headers=auditor)).json()

            assert [one["service"] for one in answer["items"]] == [
                "registry", "scoring", "scoring", "training", "registry",
            ]  # fmt: skip
            assert (answer["next"], answer["missing"]) == (None, [])

    async def test_are_paged_by_the_last_one_shown(self, open_gateway, auditor) -> None:
        async with open_gateway() as gateway:
            tells(gateway, "registry", 9, 4)
            tells(gateway, "scoring", 8, 7, following="more")
            tells(gateway, "training")
            answer = (await gateway.client.get(EVENTS, params={"limit": 2}, headers=auditor)).json()

            assert [one["id"][-1] for one in answer["items"]] == ["9", "8"]
            assert answer["next"] == answer["items"][-1]["id"]

    async def test_are_asked_for_with_the_same_filters_everywhere(self, open_gateway, auditor) -> None:
        wanted = {
            "limit": "20", "account": ACCOUNT, "about": ACCOUNT, "before": ACCOUNT, "type": ["a.v1", "b.v1"],
            "since": "2026-03-01T00:00:00+08:00", "until": "2026-03-02T00:00:00+08:00",
        }  # fmt: skip
        async with open_gateway() as gateway:
            for service in ("registry", "scoring", "training"):
                tells(gateway, service)
            assert (await gateway.client.get(EVENTS, params=wanted, headers=auditor)).status_code == 200

            for service in (gateway.registry, gateway.scoring, gateway.training):
                asked = parse_qs(service.seen[0]["query_string"].decode())
                assert asked["type"] == wanted["type"]
                assert (asked["account"], asked["about"], asked["before"]) == ([ACCOUNT],) * 3
                assert (asked["since"], asked["until"]) == (["2026-02-28T16:00:00Z"], ["2026-03-01T16:00:00Z"])

    async def test_say_which_service_could_not_be_asked(self, open_gateway, auditor) -> None:
        async with open_gateway() as gateway:
            tells(gateway, "registry", 9)
            tells(gateway, "scoring", 8)
            gateway.training.answers["/api/v1/training/events"] = (403, {})
            answer = (await gateway.client.get(EVENTS, headers=auditor)).json()

            assert [one["part"] for one in answer["missing"]] == ["training"]
            assert len(answer["items"]) == 2

    @pytest.mark.parametrize("query", [{"limit": 0}, {"accout": ACCOUNT}, {"since": "yesterday"}])
    async def test_refuse_what_they_do_not_understand(self, open_gateway, auditor, query: dict[str, Any]) -> None:
        async with open_gateway() as gateway:
            assert (await gateway.client.get(EVENTS, params=query, headers=auditor)).status_code == 422
            assert gateway.registry.seen == []

    async def test_are_refused_to_whom_every_service_refuses(self, open_gateway, auditor) -> None:
        async with open_gateway() as gateway:
            for service in ("registry", "scoring", "training"):
                getattr(gateway, service).answers[f"/api/v1/{service}/events"] = (403, {})
            assert (await gateway.client.get(EVENTS, headers=auditor)).status_code == 403

    async def test_are_for_somebody_who_is_signed_in(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            assert (await gateway.client.get(EVENTS)).status_code == 401
