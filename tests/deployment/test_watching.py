"""The profile obs over the running house: a real Prometheus is asked everything the dashboards and alerts ask."""

import json
import re
from collections.abc import Iterator

import pytest

from deploy.observability.expressions import alerts, of_dashboards
from tests.deployment.conftest import WATCHERS
from tests.deployment.house import House, until

pytestmark = pytest.mark.deployment
PROCESSES = {"gateway", "registry", "scoring", "training", "registry-worker", "scoring-worker", "training-worker"}
# Counted from the first refusal on.
LATER = ("liangxin_refusals_total",)
SCRAPED_WITHIN = 90.0
NAME = re.compile(r"\b(?:liangxin|http_server|probe|node)_\w+")


@pytest.fixture(scope="module")
def watched(house: House, watchers: None) -> Iterator[House]:
    until(lambda: set(up(house)) >= PROCESSES | {"node", "edge"}, SCRAPED_WITHIN)
    yield house
    house.compose("--profile", "obs", "rm", "-s", "-f", "-v", *WATCHERS)
    house.compose("up", "-d", "--no-build", "--no-recreate", "--no-deps", "training")


def asked(house: House, expression: str) -> list[dict[str, str]]:
    """The labels of what Prometheus answers; nothing while it does not."""
    command = ["promtool", "query", "instant", "-o", "json", "http://127.0.0.1:9090", expression]
    code, output = house.container("prometheus").exec_run(command)
    return [] if code else [one["metric"] for one in json.loads(bytes(output))]


def up(house: House) -> list[str]:
    return [one["job"] for one in asked(house, "up == 1")]


class TestPrometheus:
    def test_answers_everything_the_dashboards_ask(self, watched: House) -> None:
        def silent() -> list[str]:
            questions = [(place, query) for place, query in of_dashboards() if not any(word in query for word in LATER)]
            return [place for place, query in questions if not asked(watched, query)]

        until(lambda: silent() == [], SCRAPED_WITHIN)

    def test_knows_every_series_an_alert_looks_at(self, watched: House) -> None:
        known = {one["__name__"] for one in asked(watched, '{__name__=~".+"}')}
        asked_for = {name for rule in alerts() for name in NAME.findall(rule["expr"])}

        assert {name for name in asked_for if not name.startswith(LATER)} - known == set()

    def test_raises_nothing_while_all_is_well(self, watched: House) -> None:
        assert asked(watched, 'ALERTS{alertstate="firing"}') == []

    def test_sees_replicas_by_themselves(self, watched: House) -> None:
        until(lambda: up(watched).count("training") == 2, 60)
