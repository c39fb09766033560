"""The part of a panel that altair draws, as SVG elements."""

import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import altair
import vl_convert

from deploy.observability.pictures.asking import Answer, Span
from deploy.observability.pictures.rules import Scale, legend_columns, runs

EAST_SECONDS = 8 * 3600
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
COLOURS = (
    "#b91c1c", "#1d4ed8", "#047857", "#d97706", "#7c3aed", "#0891b2", "#be185d", "#4d7c0f", "#64748b", "#92400e",
)  # fmt: skip
STATES = {"green": "#86bfa5", "red": "#b91c1c"}
GRID, TEXT, LONGEST_NAME = "#e2e8f0", "#475569", 360
HEADROOM, ROOM_FOR_NUMBERS, WHOLE_NUMBERS, TIMES = 1.1, 1.15, 4, 7
NEEDLESS = ("role", "aria-roledescription", "aria-label", "class")
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
SVG = "{http://www.w3.org/2000/svg}"


def lines(answer: Answer, scale: Scale, width: int, height: int) -> Element:
    names = [one.name for one in answer.series]
    highest = max(answer.highest / scale.size, WHOLE_NUMBERS if answer.unit == "short" else 0)
    y = altair.Y("value:Q", scale=_from_zero(highest), axis=altair.Axis(title=None, tickCount=5, domain=False))
    legend = altair.Legend(title=None, orient="bottom", columns=legend_columns(names, width), labelLimit=LONGEST_NAME)
    colour = altair.Color("name:N", scale=altair.Scale(domain=names, range=COLOURS), legend=legend)
    rows = [
        {"name": one.name, "at": _moment(at), "value": value / scale.size}
        for one in answer.series
        for at, value in one.points
    ]
    chart = _chart(rows).mark_line(strokeWidth=1.8, strokeJoin="round")
    return _drawn(chart.encode(x=_time(answer.span, "at:T"), y=y, color=colour), width, height)


def bars(answer: Answer, scale: Scale, width: int, height: int) -> Element:
    """Each series' last value, the highest first."""
    ranked = sorted(answer.series, key=lambda one: -one.last)
    rows = [{"name": one.name, "value": one.last / scale.size, "shown": scale.shown(one.last)} for one in ranked]
    values = altair.X(
        "value:Q", title=None, axis=None, scale=_from_zero(answer.highest / scale.size * ROOM_FOR_NUMBERS)
    )
    chart = _chart(rows).encode(x=values, y=_names())
    bar = chart.mark_bar(color=COLOURS[1], height={"band": 0.6})
    label = chart.mark_text(align="left", dx=6, fontSize=12, color=TEXT).encode(text="shown:N")
    return _drawn(bar + label, width, height)


def states(answer: Answer, _: Scale, width: int, height: int) -> Element:
    """A row for each series, coloured by what its values are called."""
    called = answer.defaults["mappings"][0]["options"]
    rows = [
        {
            "name": one.name,
            "from": _moment(run.start),
            "to": _moment(run.end),
            "state": called[f"{run.value:g}"]["text"],
        }
        for one in answer.series
        for run in runs(one.points)
    ]
    texts, colours = zip(*((one["text"], STATES[one["color"]]) for one in called.values()), strict=True)
    legend = altair.Legend(title=None, orient="bottom", symbolType="square")
    colour = altair.Color("state:N", scale=altair.Scale(domain=texts, range=colours), legend=legend)
    chart = _chart(rows).mark_bar(height={"band": 0.7})
    return _drawn(chart.encode(x=_time(answer.span, "from:T"), x2="to:T", y=_names(), color=colour), width, height)


def _chart(rows: list[dict[str, Any]]) -> altair.Chart:
    return altair.Chart(altair.InlineData(values=rows))


def _from_zero(highest: float) -> altair.Scale:
    return altair.Scale(domain=[0, highest * HEADROOM or 1], nice=False)


def _names() -> altair.Y:
    axis = altair.Axis(ticks=False, domain=False, labelLimit=LONGEST_NAME, labelPadding=8)
    return altair.Y("name:N", sort=None, title=None, axis=axis)


def _time(span: Span, field: str) -> altair.X:
    """All panels of a dashboard show the same time."""
    step = 60 * max(1, round((span.end - span.start) / 60 / TIMES))
    times = [_moment(at) for at in range(int(span.start // step + 1) * step, int(span.end), step)]
    shown = altair.Scale(type="utc", domain=[_moment(span.start), _moment(span.end)])
    return altair.X(field, title=None, scale=shown, axis=altair.Axis(format="%H:%M", values=times, grid=False))


def _moment(at: float) -> float:
    """Milliseconds, so that a clock without zones shows Shanghai's time."""
    return (at + EAST_SECONDS) * 1000


def _drawn(chart: altair.Chart | altair.LayerChart, width: int, height: int) -> Element:
    fitted = chart.properties(
        width=width, height=height, background="transparent",
        autosize=altair.AutoSizeParams(type="fit", contains="padding"), padding=0,
    )  # fmt: skip
    styled = (
        fitted.configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=12, labelColor=TEXT, gridColor=GRID, tickColor=GRID, domainColor="#94a3b8")
        .configure_legend(
            labelFontSize=12, labelColor=TEXT, symbolType="stroke", symbolStrokeWidth=3, offset=6, rowPadding=1
        )
    )
    return _lean(ElementTree.fromstring(vl_convert.vegalite_to_svg(styled.to_json())))  # noqa: S314 - drawn here


def _lean(drawing: Element) -> Element:
    """To stand within another drawing; a tenth of a pixel is exact enough."""
    for element in drawing.iter():
        element.tag = element.tag.removeprefix(SVG)
        for name in NEEDLESS:
            element.attrib.pop(name, None)
        for name, value in element.attrib.items():
            element.set(name, LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}", value))
    return drawing
