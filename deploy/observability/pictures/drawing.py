"""One dashboard as one SVG, drawn by altair: its panels row by row as its own JSON places them."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import altair as alt
import vl_convert

from deploy.observability.pictures.asking import Answer, Span
from deploy.observability.pictures.rules import Scale, colour_of, legend_columns, runs, scale_for

SHANGHAI, EAST_SECONDS = ZoneInfo("Asia/Shanghai"), 8 * 3600
FONT = "Noto Sans CJK SC, PingFang SC, Microsoft YaHei, sans-serif"
COLOURS = (
    "#b91c1c", "#1d4ed8", "#047857", "#d97706", "#7c3aed", "#0891b2", "#be185d", "#4d7c0f", "#64748b", "#92400e",
)  # fmt: skip
STATES = {"green": "#86bfa5", "red": "#b91c1c"}
LEVELS = {"green": "#047857", "orange": "#b45309", "red": "#b91c1c"}
GRID, AXIS, TEXT = "#e2e8f0", "#94a3b8", "#475569"
COLUMN, ROW, GAP, TITLES, NUMBERS, NAMES = 50, 30, 28, 90, 44, 180
HEADROOM, ROOM_FOR_NUMBERS, WHOLE_NUMBERS, TIMES = 1.1, 1.15, 4, 7
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
Picture = Any  # as far as altair says


def picture(dashboard: Mapping[str, Any], answers: Sequence[Answer], span: Span, note: str) -> str:
    placed = sorted(answers, key=lambda one: (one.panel["gridPos"]["y"], one.panel["gridPos"]["x"]))
    rows = groupby(placed, lambda one: one.panel["gridPos"]["y"])
    period = f"{clock(span.start, '%Y-%m-%d %H:%M')}–{clock(span.end, '%H:%M')}(北京时间)"
    title = alt.TitleParams(dashboard["title"], subtitle=[period, note], fontSize=24, offset=20)
    panels = [alt.hconcat(*map(_panel, row), spacing=GAP).resolve_scale(color="independent") for _, row in rows]
    page = alt.vconcat(*panels, spacing=GAP, title=title).resolve_scale(color="independent")
    styled = (
        page.configure(font=FONT, background="#fff", padding=GAP, aria=False)
        .configure_view(stroke=None)
        .configure_title(anchor="start", frame="bounds", fontSize=16, subtitleFontSize=12, subtitleColor=TEXT)
        .configure_axis(labelFontSize=12, labelColor=TEXT, gridColor=GRID, tickColor=GRID, domainColor=AXIS, title=None)
        .configure_legend(labelFontSize=12, labelColor=TEXT, orient="bottom", title=None, symbolStrokeWidth=3)
    )  # fmt: skip
    drawn = vl_convert.vegalite_to_svg(styled.to_json())
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}", drawn) + "\n"


def _panel(answer: Answer) -> Picture:
    panel, scale = answer.panel, scale_for(answer.unit, answer.highest)
    has_axis = scale.unit and panel["type"] != "stat"
    words = f"{panel['title']}({scale.unit})" if has_axis else panel["title"]
    draw = DRAWN[panel["type"]] if answer.series else _nothing
    return draw(answer, scale).properties(
        title=alt.TitleParams(words, subtitle=panel["description"], offset=12),
        width=_width(answer), height=panel["gridPos"]["h"] * ROW - TITLES,
    )  # fmt: skip


def _width(answer: Answer) -> int:
    return int(answer.panel["gridPos"]["w"]) * COLUMN - NUMBERS - GAP


def _nothing(answer: Answer, _: Scale) -> Picture:
    return _chart([{}]).mark_text(fontSize=18, color=TEXT, text=answer.defaults["noValue"])


def stat(answer: Answer, scale: Scale) -> Picture:
    value = answer.series[0].last
    colour = LEVELS[colour_of(answer.defaults["thresholds"]["steps"], value)]
    return _chart([{}]).mark_text(fontSize=40, color=colour, text=f"{scale.shown(value)} {scale.unit}".strip())


def lines(answer: Answer, scale: Scale) -> Picture:
    names = [one.name for one in answer.series]
    highest = max(answer.highest / scale.size, WHOLE_NUMBERS if answer.unit == "short" else 0)
    legend = alt.Legend(columns=legend_columns(names, _width(answer)), symbolType="stroke")
    rows = [
        {"name": one.name, "at": _moment(at), "value": value / scale.size}
        for one in answer.series
        for at, value in one.points
    ]
    axis = alt.Axis(tickCount=5, domain=False, minExtent=NUMBERS, maxExtent=NUMBERS)
    return _chart(rows).mark_line(strokeWidth=1.8, strokeJoin="round").encode(
        x=_time(answer, "at:T"),
        y=alt.Y("value:Q", scale=alt.Scale(domain=_from_zero(highest)), axis=axis),
        color=alt.Color("name:N", scale=alt.Scale(domain=names, range=COLOURS), legend=legend),
    )  # fmt: skip


def bars(answer: Answer, scale: Scale) -> Picture:
    """Each series' last value, the highest first."""
    ranked = sorted(answer.series, key=lambda one: -one.last)
    rows = [{"name": one.name, "value": one.last / scale.size, "shown": scale.shown(one.last)} for one in ranked]
    room = alt.Scale(domain=_from_zero(answer.highest / scale.size * ROOM_FOR_NUMBERS), range=[NAMES, _width(answer)])
    chart = _chart(rows).encode(x=alt.X("value:Q", axis=None, scale=room), y=_names())
    label = chart.mark_text(align="left", dx=6, fontSize=12, color=TEXT).encode(text="shown:N")
    return chart.mark_bar(color=COLOURS[1], height={"band": 0.6}) + label


def states(answer: Answer, _: Scale) -> Picture:
    """A row for each series, coloured by what its values are called."""
    options = answer.defaults["mappings"][0]["options"]
    called = {value: option["text"] for value, option in options.items()}
    rows = [
        {"name": one.name, "from": _moment(run.start), "to": _moment(run.end), "state": called[f"{run.value:g}"]}
        for one in answer.series
        for run in runs(one.points)
    ]
    colours = alt.Scale(domain=list(called.values()), range=[STATES[one["color"]] for one in options.values()])
    colour = alt.Color("state:N", scale=colours, legend=alt.Legend(symbolType="square"))
    x = _time(answer, "from:T", NAMES)
    return _chart(rows).mark_bar(height={"band": 0.7}).encode(x=x, x2="to:T", y=_names(), color=colour)


Draw = Callable[[Answer, Scale], Picture]
DRAWN: Mapping[str, Draw] = MappingProxyType(
    {"timeseries": lines, "bargauge": bars, "state-timeline": states, "stat": stat}
)


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _from_zero(highest: float) -> list[float]:
    return [0, highest * HEADROOM or 1]


def _names() -> alt.Y:
    """They stand where the plot would begin, so that all panels of a column do."""
    axis = alt.Axis(ticks=False, domain=False, offset=-NAMES, labelLimit=NAMES + NUMBERS, labelPadding=8)
    return alt.Y("name:N", sort=None, axis=axis)


def _time(answer: Answer, field: str, begin: int = 0) -> alt.X:
    """All panels of a dashboard show the same time; from pixel `begin` on."""
    span = answer.span
    step = 60 * max(1, round((span.end - span.start) / 60 / TIMES))
    times = [_moment(at) for at in range(int(span.start // step + 1) * step, int(span.end), step)]
    shown = alt.Scale(type="utc", domain=[_moment(span.start), _moment(span.end)], range=[begin, _width(answer)])
    return alt.X(field, scale=shown, axis=alt.Axis(format="%H:%M", values=times, grid=False))


def _moment(at: float) -> float:
    """Milliseconds, so that a clock without zones shows Shanghai's time."""
    return (at + EAST_SECONDS) * 1000


def clock(at: float, pattern: str) -> str:
    return datetime.fromtimestamp(at, SHANGHAI).strftime(pattern)
