"""A draft against what a cycle froze: which indicators would count differently, and why a star would change."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from kit.edge import LabelledEnum

BANDS = ("band_five", "band_four", "band_three", "band_two", "floor")
PARTS = {"attendance": "日常考勤", "performance": "年度考绩", "ballot": "民主测评", "survey": "民意调查"}


@dataclass(frozen=True)
class Indicator:
    """An indicator as its catalogue has it; `periods` is how many of its cadence make a year."""

    code: str
    name: str
    dimension: str
    points: Decimal
    annual_cap: Decimal
    periods: int
    has_source: bool


class Drafted(NamedTuple):
    """An indicator that would be in use. One that `is_changed` is granted again from what was asked for."""

    code: str
    name: str
    dimension: str
    annual_cap: Decimal
    periods: int
    is_changed: bool
    points: Decimal


def drafted(
    standing: Sequence[Indicator],
    draft: Sequence[Indicator],
    in_use: Collection[str] | None,
    caps: Mapping[str, Decimal],
) -> list[Drafted]:
    """What the cycle uses of the draft, and what the draft adds; an indicator without a source is not in use."""
    before = {one.code: one for one in standing}
    used = before.keys() if in_use is None else in_use
    found = []
    for one in draft:
        is_used = one.code in used if one.code in before else one.has_source
        if is_used and (one.has_source or in_use is None):
            old, cap = before.get(one.code, one), caps.get(one.code, one.annual_cap)
            is_changed = (one.points, cap, one.periods) != (old.points, old.annual_cap, old.periods)
            found.append(Drafted(one.code, one.name, one.dimension, cap, one.periods, is_changed, one.points))
    return found


class Difference(NamedTuple):
    """One number before and after; `None` is a part that is missing."""

    before: Decimal | None
    after: Decimal | None

    def __str__(self) -> str:
        return f"{_said(self.before)}→{_said(self.after)}"


def _said(value: Decimal | None) -> str:
    return "缺项" if value is None else str(value)


class Facts(NamedTuple):
    """What the reasons are told of; `weights` are the changed ones, `rules` the changed lines of the scheme."""

    parts: Mapping[str, Difference]
    points: Difference
    maximum: Difference
    moved: Sequence[Mapping[str, Any]]
    composite: Difference
    stars: tuple[int | None, int | None]


def why(facts: Facts, scheme: Sequence[str]) -> str:
    """In the order of the calculation: points, parts, what the draft says of the scheme, composite, star."""
    return ";".join([*_reasons(facts), *scheme, _result(facts)])


def _reasons(facts: Facts) -> Iterator[str]:
    if facts.moved:
        yield "积分 " + "、".join(f"{one['code']} {one['before']}→{one['after']}" for one in facts.moved)
    if facts.maximum.before != facts.maximum.after:
        yield f"满分 {facts.maximum}"
    for name, part in facts.parts.items():
        if part.before != part.after:
            yield f"{PARTS[name]} {part}"


def _result(facts: Facts) -> str:
    before, after = (("未评" if one is None else f"{one} 星") for one in facts.stars)
    return f"综合得分 {facts.composite},由 {before}变为 {after}" if before != after else f"仍为 {after}"


LINES = {
    "star_model": "评星方式",
    **{f"weight_{name}": f"{label}权重" for name, label in PARTS.items()},
    "band_five": "五星线",
    "band_four": "四星线",
    "band_three": "三星线",
    "band_two": "二星线",
    "floor": "评星下限",
    "dimension_share": "维度得星比例",
    "veto_cap": "一票否决后最高星级",
}


def scheme_said(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The lines of the scheme that the draft changes, the same for everybody."""
    changed = [name for name in LINES if before[name] != after[name]]
    return [f"{LINES[name]} {_line(before[name])}→{_line(after[name])}" for name in changed]


def _line(value: Decimal | int | LabelledEnum) -> str:
    if isinstance(value, LabelledEnum):
        return str(value.label)
    return str(value) if isinstance(value, int) else f"{value:.2f}"


def adds_up(scheme: Mapping[str, Any]) -> bool:
    return sum(int(scheme[f"weight_{name}"]) for name in PARTS) == 100  # noqa: PLR2004 - percent


def descends(scheme: Mapping[str, Any]) -> bool:
    five, four, three, two, floor = (scheme[name] for name in BANDS)
    return bool(five > four > three > two >= floor)
