"""What a reader of a picture finds in it, for every dashboard there is."""

from functools import cache
from xml.etree import ElementTree

import pytest

from deploy.observability.expressions import dashboards
from deploy.observability.pictures.asking import Answer, Series, Span
from deploy.observability.pictures.drawing import picture

SPAN = Span(1_790_000_000.0, 1_790_000_600.0)
WAVE = tuple((SPAN.start + 60 * minute, float(minute % 2)) for minute in range(11))
LINES, LARGEST_BYTES = 9, 150_000


@cache
def drawn(name: str, number: int) -> ElementTree.Element:
    """As many lines in each panel."""
    dashboard = dashboards()[name]
    series = tuple(Series(f"training {one}", WAVE) for one in range(number))
    answers = [Answer(panel, series, SPAN) for panel in dashboard["panels"]]
    return ElementTree.fromstring(picture(dashboard, answers, SPAN, "示范区数据"))  # noqa: S314 - drawn here


def words(drawing: ElementTree.Element) -> set[str]:
    return {text for element in drawing.iter() for text in element.itertext()}


@pytest.mark.parametrize("name", dashboards())
class TestPictures:
    def test_say_what_each_panel_shows(self, name: str) -> None:
        found = words(drawn(name, LINES))

        panels = dashboards()[name]["panels"]
        assert [panel["title"] for panel in panels if not any(one.startswith(panel["title"]) for one in found)] == []
        assert {panel["description"] for panel in panels} | {"示范区数据"} <= found

    def test_name_their_lines_and_times(self, name: str) -> None:
        found = words(drawn(name, LINES))

        assert {"training 8", "2026-09-21 22:13–22:23(北京时间)", "22:15"} <= found

    def test_say_why_nothing_is_shown(self, name: str) -> None:
        panels = dashboards()[name]["panels"]

        assert {panel["fieldConfig"]["defaults"]["noValue"] for panel in panels} <= words(drawn(name, 0))

    def test_hold_nothing_but_drawing_and_text(self, name: str) -> None:
        drawing = drawn(name, LINES)

        assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= {
            "svg", "g", "rect", "path", "line", "text", "tspan", "style",
        }  # fmt: skip
        assert len(ElementTree.tostring(drawing)) < LARGEST_BYTES


@pytest.mark.parametrize(("number", "colour"), [(0.0, "#047857"), (1.0, "#b91c1c")])
def test_a_number_has_the_colour_of_the_threshold_it_reached(number: float, colour: str) -> None:
    (panel,) = (panel for panel in dashboards()["safety"]["panels"] if panel["title"] == "台账差异")
    answer = Answer(panel, (Series("差异", ((SPAN.end, number),)),), SPAN)
    drawing = ElementTree.fromstring(picture(dashboards()["safety"], [answer], SPAN, "示范区数据"))  # noqa: S314 - drawn here

    (shown,) = (one for one in drawing.iter() if one.text == f"{number:g}")
    assert shown.get("fill") == colour
