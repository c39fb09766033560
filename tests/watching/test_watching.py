"""What an operator asks a running system, and what nobody must find there."""

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from deploy.launcher.tests.conftest import wait_until
from tests.support.systems import SERVICES
from tests.watching.conftest import CANARY, Watched

BEHIND = ("registry", "scoring", "training")
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
SAMPLED_WITHIN = 25.0


def families(text: str) -> dict[str, list[dict[str, str]]]:
    """Metric names with the labels of their samples."""
    found: dict[str, list[dict[str, str]]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append(dict(sample.labels))
    return found


class TestMetrics:
    @pytest.mark.parametrize("service", SERVICES)
    def test_of_requests_are_told_by_route_and_status(self, watched: Watched, service: str) -> None:
        shown = families(watched.metrics(service))["http_server_request_duration_seconds_count"]

        known = [one for one in shown if one.get("http_route")]
        assert known
        assert all(one["http_response_status_code"].isdecimal() for one in known)

    def test_of_the_gateway_name_services_and_never_paths(self, watched: Watched) -> None:
        shown = families(watched.metrics("gateway"))["http_server_request_duration_seconds_count"]

        assert {"/api/v1/registry", "other"} <= {one["http_route"] for one in shown}

    def test_of_the_gateway_tell_breakers_and_work_in_hand(self, watched: Watched) -> None:
        shown = families(watched.metrics("gateway"))

        assert {one["upstream"] for one in shown["liangxin_upstream_breaker_open"]} == set(BEHIND)
        assert "liangxin_requests_in_flight" in shown

    @pytest.mark.parametrize("service", BEHIND)
    def test_of_the_database_are_sampled(self, watched: Watched, service: str) -> None:
        assert wait_until(
            lambda: "liangxin_event_horizon_age_seconds" in families(watched.metrics(service)), SAMPLED_WITHIN
        )
        pools = families(watched.metrics(service))["liangxin_database_pool_wait_seconds_count"]
        assert {"writing"} <= {one["pool"] for one in pools} <= {"writing", "reading"}

    def test_show_what_would_be_wrong_before_anything_is(self, watched: Watched) -> None:
        shown = families(watched.metrics("scoring"))

        assert {one["source"] for one in shown["liangxin_feed_parked_events"]} == set(BEHIND)
        assert {one["status"] for one in shown["liangxin_jobs"]} == {"todo", "doing", "failed"}
        assert "liangxin_job_oldest_age_seconds" in shown

    def test_of_readers_name_every_source(self, watched: Watched) -> None:
        shown = families(watched.metrics("scoring"))["liangxin_feed_lag_seconds"]

        assert {one["source"] for one in shown} == set(BEHIND)

    def test_of_the_ledger_tell_when_it_was_verified(self, watched: Watched) -> None:
        assert wait_until(
            lambda: "liangxin_ledger_verified_age_seconds" in families(watched.metrics("scoring")), SAMPLED_WITHIN
        )
        assert "liangxin_ledger_differences 0.0" in watched.metrics("scoring")

    def test_are_not_shown_where_callers_come_in(self, watched: Watched) -> None:
        for service in BEHIND:
            address = watched.system.layout.url(service)
            assert httpx2.get(f"{address}/metrics", timeout=10, trust_env=False).status_code == 404


class TestTraces:
    def test_go_on_from_the_gateway_into_the_service(self, watched: Watched) -> None:
        watched.get(
            "/api/v1/registry/overview",
            traceparent=f"00-{TRACE}-00f067aa0ba902b7-01",
            authorization=f"Bearer {watched.token}",
        )

        def services() -> set[str]:
            return {span.service for span in watched.receiver.spans if span.trace_id == TRACE}

        assert wait_until(lambda: services() >= {"gateway", "registry"}, 20)

    def test_begin_at_the_gateway_where_nobody_offered_one(self, watched: Watched) -> None:
        watched.get("/api/v1/scoring/overview", traceparent="00-not-a-trace-01")

        def shared() -> set[str]:
            by_service = [
                {span.trace_id for span in watched.receiver.spans if span.service == service}
                for service in ("gateway", "scoring")
            ]
            return by_service[0] & by_service[1]

        assert wait_until(lambda: bool(shared()), 20)


class TestPrivacy:
    def test_keeps_what_callers_wrote_out_of_metrics_and_spans(self, watched: Watched) -> None:
        assert wait_until(lambda: any("members" in span.name for span in watched.receiver.spans), 20)
        metrics = "".join(watched.metrics(service) for service in SERVICES).encode()

        for secret in (CANARY, watched.id_number, watched.token, "王小明", "127.0.0.1"):
            assert secret.encode() not in watched.receiver.raw, secret
            assert secret.encode() not in metrics, secret
