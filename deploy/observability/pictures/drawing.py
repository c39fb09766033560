"""One dashboard as one SVG: its panels where its own JSON puts them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zoneinfo import ZoneInfo

from deploy.observability.pictures import charts
from deploy.observability.pictures.asking import Answer, Span
from deploy.observability.pictures.rules import Box, Scale, box_of, colour_of, scale_for

SVG = "http://www.w3.org/2000/svg"
SHANGHAI = ZoneInfo("Asia/Shanghai")
MARGIN, HEADER, FOOTER = 24, 64, 44
INSET, TITLES = 16, 56
COLOURS: Mapping[str, str] = MappingProxyType({"green": "#047857", "orange": "#b45309", "red": "#b91c1c"})
STYLE = """
  .title{font-size:24px;font-weight:600;fill:#0f172a}
  .period{font-size:14px;text-anchor:end;fill:#64748b}
  .name{font-size:16px;font-weight:600;fill:#0f172a}
  .says{font-size:12px;fill:#64748b}
  .none{font-size:18px;text-anchor:middle;fill:#64748b}
  .number{font-size:46px;font-weight:600;text-anchor:middle}
  .unit{font-size:18px}
  .panel{fill:#fff;stroke:#cbd5e1}
"""
Draw = Callable[[Answer, Scale, int, int], Element]


def stat(answer: Answer, scale: Scale, width: int, height: int) -> Element:
    value = answer.series[0].last
    drawing = Element("svg", width=str(width), height=str(height))
    number = _text(drawing, "number", width / 2, height / 2 + 14, scale.shown(value))
    number.set("fill", COLOURS[colour_of(answer.defaults["thresholds"]["steps"], value)])
    SubElement(number, "tspan", {"class": "unit", "dx": "8"}).text = scale.unit
    return drawing


DRAWN: Mapping[str, Draw] = MappingProxyType(
    {"timeseries": charts.lines, "bargauge": charts.bars, "state-timeline": charts.states, "stat": stat}
)


def picture(dashboard: Mapping[str, Any], answers: Sequence[Answer], span: Span, note: str) -> str:
    boxes = [box_of(answer.panel["gridPos"]) for answer in answers]
    width = max(box.x + box.width for box in boxes) + 2 * MARGIN
    height = max(box.y + box.height for box in boxes) + HEADER + FOOTER
    page = Element("svg", xmlns=SVG, viewBox=f"0 0 {width} {height}", attrib={"font-family": charts.FONT})
    SubElement(page, "style").text = STYLE
    SubElement(page, "rect", width=str(width), height=str(height), fill="#f1f5f9")
    _text(page, "title", MARGIN, 42, dashboard["title"])
    period = f"{clock(span.start, '%Y-%m-%d %H:%M')}–{clock(span.end, '%H:%M')}(北京时间)"
    _text(page, "period", width - MARGIN, 42, period)
    for answer, box in zip(answers, boxes, strict=True):
        _panel(page, answer, box)
    _text(page, "says", MARGIN, height - 18, note)
    return ElementTree.tostring(page, encoding="unicode") + "\n"


def _panel(page: Element, answer: Answer, box: Box) -> None:
    panel, scale = answer.panel, scale_for(answer.unit, answer.highest)
    place = SubElement(page, "g", transform=f"translate({box.x + MARGIN} {box.y + HEADER})")
    SubElement(place, "rect", {"class": "panel"}, width=str(box.width), height=str(box.height), rx="8")
    has_axis = scale.unit and panel["type"] != "stat"
    _text(place, "name", INSET, 27, f"{panel['title']}({scale.unit})" if has_axis else panel["title"])
    _text(place, "says", INSET, 46, panel["description"])
    if not answer.series:
        _text(place, "none", box.width / 2, (box.height + TITLES) / 2, answer.defaults["noValue"])
        return
    drawing = DRAWN[panel["type"]](answer, scale, box.width - 2 * INSET, box.height - TITLES - INSET)
    drawing.attrib |= {"x": str(INSET), "y": str(TITLES), "overflow": "visible"}
    place.append(drawing)


def _text(parent: Element, style: str, x: float, y: float, words: str) -> Element:
    text = SubElement(parent, "text", {"class": style, "x": f"{x:g}", "y": f"{y:g}"})
    text.text = words
    return text


def clock(at: float, pattern: str) -> str:
    return datetime.fromtimestamp(at, SHANGHAI).strftime(pattern)
