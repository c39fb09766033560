"""A draft against what a cycle froze: which indicators would count differently, and why a star would change."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
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
    """What the cycle uses of the draft, and what the draft adds.

    An indicator without a source is not in use, and neither is one that cannot earn anything: a dimension whose maximum
    is nothing would give everybody its star.
    """
    before = {one.code: one for one in standing}
    used = before.keys() if in_use is None else in_use
    found = []
    for one in draft:
        old, cap = before.get(one.code, one), caps.get(one.code, one.annual_cap)
        gains_source = one.has_source and not (one.code in before and old.has_source)
        is_used = one.code in used or gains_source
        if cap and is_used and (one.has_source or in_use is None):
            is_changed = (one.points, cap, one.periods) != (old.points, old.annual_cap, old.periods)
            found.append(Drafted(one.code, one.name, one.dimension, cap, one.periods, is_changed, one.points))
    return found


class Difference(NamedTuple):
    """One number before and after; `None` is a part that is missing."""

    before: Decimal | None
    after: Decimal | None

    def said(self, missing: str = "缺项") -> str:
        return "→".join(missing if one is None else str(one) for one in self)


class DimensionStar(NamedTuple):
    """What a dimension reaches of its maximum in percent, before and after, and from what on it gives a star.

    Without `was` the star was not that of a dimension before.
    """

    name: str
    share: Difference
    required: Decimal
    was: bool | None
    is_now: bool

    def __str__(self) -> str:
        of = [self.share.after] if self.was is None else list(self.share)
        return f"维度“{self.name}”{'→'.join(f'{one or 0:.2f}%' for one in of)}(须 {self.required:.2f}%)"


def dimension_stars(
    before: Sequence[Mapping[str, str]],
    after: Sequence[Mapping[str, str]],
    required: tuple[Decimal | None, Decimal | None],
) -> list[DimensionStar]:
    """The dimensions whose star comes or goes; those without one where dimensions give stars only in the draft.

    `required` is the share that gives a star, before and after; none where the star is that of the composite.
    """
    then, now = required
    if now is None:
        return []
    old, new = ({one["dimension"]: _share(one) for one in side} for side in (before, after))
    found = []
    for name in sorted(old.keys() | new.keys()):
        was = None if then is None else _gives(old.get(name), then)
        share = Difference(_cut(old.get(name)), _cut(new.get(name)))
        found.append(DimensionStar(name, share, now, was, _gives(new.get(name), now)))
    return [one for one in found if one.is_now != (True if one.was is None else one.was)]


def _share(one: Mapping[str, str]) -> Fraction:
    return 100 * Fraction(one["points"]) / Fraction(one["maximum"])


def _gives(share: Fraction | None, required: Decimal) -> bool:
    return share is not None and share >= Fraction(required)


def _cut(share: Fraction | None) -> Decimal | None:
    """To whole cents downwards, so that what is short of a star does not look as if it reached it."""
    return None if share is None else Decimal(int(share * 100)) / 100


class Facts(NamedTuple):
    """What the reasons are told of; `weights` are the changed ones, `rules` the changed lines of the scheme."""

    parts: Mapping[str, Difference]
    points: Difference
    maximum: Difference
    moved: Sequence[Mapping[str, Any]]
    dimensions: Sequence[DimensionStar]
    composite: Difference
    stars: tuple[int | None, int | None]
    is_by_dimension: bool


def why(facts: Facts, scheme: Sequence[str]) -> str:
    """In the order of the calculation: points, parts, what the draft says of the scheme, dimensions or composite,
    star."""
    return ";".join([*_reasons(facts), *scheme, *map(str, facts.dimensions), _result(facts)])


def _reasons(facts: Facts) -> Iterator[str]:
    if facts.moved:
        yield "积分 " + "、".join(f"{one['code']} {one['before']}→{one['after']}" for one in facts.moved)
    if facts.maximum.before != facts.maximum.after:
        yield f"满分 {facts.maximum.said()}"
    for name, part in facts.parts.items():
        if part.before != part.after:
            yield f"{PARTS[name]} {part.said()}"


def _result(facts: Facts) -> str:
    before, after = (("未评" if one is None else f" {one} 星") for one in facts.stars)
    if before == after:
        return f"仍为{after}"
    composite = "" if facts.is_by_dimension else f"综合得分 {facts.composite.said('无')},"
    return f"{composite}由{before}变为{after}"


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


def twice(codes: Sequence[str]) -> list[str]:
    return sorted(code for code, times in Counter(codes).items() if times > 1)


def adds_up(scheme: Mapping[str, Any]) -> bool:
    return sum(int(scheme[f"weight_{name}"]) for name in PARTS) == 100  # noqa: PLR2004 - percent


def descends(scheme: Mapping[str, Any]) -> bool:
    five, four, three, two, floor = (scheme[name] for name in BANDS)
    return bool(five > four > three > two >= floor)
