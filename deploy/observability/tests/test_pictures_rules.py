"""What a panel's own JSON says about its picture."""

import pytest

from deploy.observability.expressions import dashboards
from deploy.observability.pictures.drawing import DRAWN
from deploy.observability.pictures.rules import (
    STEPS,
    Run,
    colour_of,
    legend_columns,
    name_of,
    runs,
    scale_for,
)

PANELS = [panel for board in dashboards().values() for panel in board["panels"]]


class TestUnits:
    @pytest.mark.parametrize(
        ("unit", "value", "shown"),
        [
            ("s", 0.0, "0 毫秒"),
            ("s", 0.0421, "42.1 毫秒"),
            ("s", 1.5, "1,500 毫秒"),
            ("s", 95.0, "95 秒"),
            ("s", 150.0, "2.5 分钟"),
            ("s", 26 * 3600.0, "26 小时"),
            ("s", 90 * 86400.0, "90 天"),
            ("bytes", 150 * 2.0**20, "150 MiB"),
            ("percentunit", 0.0312, "3.12 %"),
            ("reqps", 40.0, "40 次/秒"),
            ("short", 12345.0, "12,345 "),
        ],
    )
    def test_are_those_people_read(self, unit: str, value: float, shown: str) -> None:
        scale = scale_for(unit, value)

        assert f"{scale.shown(value)} {scale.unit}" == shown

    def test_follow_the_highest_value_of_a_panel(self) -> None:
        assert scale_for("s", 7200.0).shown(60.0) == "0.02"


class TestNames:
    def test_are_filled_from_labels(self) -> None:
        labels = {"job": "scoring", "source": "registry"}

        assert name_of("{{job}} ← {{ source }}", labels) == "scoring ← registry"

    def test_leave_out_what_is_not_there(self) -> None:
        assert name_of("{{job}} {{instance}}", {"job": "gateway"}) == "gateway"


class TestLegends:
    def test_put_as_many_beside_each_other_as_fit(self) -> None:
        assert legend_columns(["gateway", "scoring"], 500) == 2
        assert legend_columns(["training ← registry"] * 9, 500) == 2

    def test_have_one_column_at_least(self) -> None:
        assert legend_columns(["/api/v1/registry/members" * 4], 300) == 1


class TestPlaces:
    @pytest.mark.parametrize("name", dashboards())
    def test_fill_the_rows_of_the_grid(self, name: str) -> None:
        """Pictures are drawn row by row: what stands in one begins and ends with its neighbours."""
        rows: dict[int, list[dict[str, int]]] = {}
        for panel in dashboards()[name]["panels"]:
            rows.setdefault(panel["gridPos"]["y"], []).append(panel["gridPos"])

        below = 0
        for y, row in sorted(rows.items()):
            assert y == below
            assert {place["h"] for place in row} == {row[0]["h"]}
            places = sorted((place["x"], place["x"] + place["w"]) for place in row)
            assert [end for _, end in places] == [*(begin for begin, _ in places[1:]), 24]
            below = y + row[0]["h"]


class TestColours:
    @pytest.mark.parametrize(("value", "colour"), [(0.0, "green"), (1.0, "red"), (5.0, "red")])
    def test_are_those_of_the_last_threshold_reached(self, value: float, colour: str) -> None:
        assert colour_of([{"color": "green", "value": None}, {"color": "red", "value": 1}], value) == colour


class TestRuns:
    def test_last_until_the_next_begins(self) -> None:
        assert runs([(0, 1), (3, 1), (6, 0), (9, 1)]) == [Run(0, 6, 1), Run(6, 9, 0), Run(9, 9, 1)]


class TestPanels:
    @pytest.mark.parametrize("panel", PANELS, ids=lambda panel: panel["title"])
    def test_can_be_drawn_and_say_why_they_are_empty(self, panel: dict) -> None:
        shown = panel["fieldConfig"]["defaults"]

        assert panel["type"] in DRAWN
        assert shown["unit"] in STEPS
        assert shown["noValue"]
