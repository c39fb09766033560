"""What can be wrong in the files themselves; what they ask a running system is asked in tests/deployment."""

from pathlib import Path

import yaml

from deploy.observability.expressions import FOLDER, alerts, dashboards

ROOT = FOLDER.parents[1]


class TestAlerts:
    def test_lead_to_a_line_of_the_run_book(self) -> None:
        book = (ROOT / "docs/guide/alerts.md").read_text(encoding="utf-8")

        assert {rule["annotations"]["runbook"] for rule in alerts()} == {
            f"docs/guide/alerts.md#{rule['alert'].lower()}" for rule in alerts()
        }
        assert [rule["alert"] for rule in alerts() if f"## {rule['alert']}\n" not in book] == []

    def test_have_a_case_each(self) -> None:
        cases = yaml.safe_load((FOLDER / "alerts.test.yml").read_text(encoding="utf-8"))["tests"]

        tested = {rule["alertname"] for case in cases for rule in case["alert_rule_test"]}
        assert tested == {rule["alert"] for rule in alerts()}


class TestDashboards:
    def test_use_the_source_that_is_provisioned(self) -> None:
        file = FOLDER / "grafana/datasources/prometheus.yml"
        known = {one["uid"] for one in yaml.safe_load(file.read_text(encoding="utf-8"))["datasources"]}
        used = {panel["datasource"]["uid"] for board in dashboards().values() for panel in board["panels"]}

        assert used == known

    def test_say_what_each_picture_shows(self) -> None:
        panels = [panel for board in dashboards().values() for panel in board["panels"]]

        assert [panel["title"] for panel in panels if not panel["description"].endswith("。")] == []

    def test_stand_where_grafana_looks(self) -> None:
        composed = Path(ROOT / "deploy/compose/obs.yml").read_text(encoding="utf-8")
        providers = FOLDER / "grafana/providers/dashboards.yml"
        path = yaml.safe_load(providers.read_text(encoding="utf-8"))["providers"][0]["options"]["path"]

        assert f"./deploy/observability/dashboards:{path}:ro" in composed
