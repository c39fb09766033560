"""The composite and its stars, on plain values: the oracle of the set-based statements (architecture D13).

Parts keep full precision; only the composite is rounded, half up to two places (rules §7).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kit.edge import LabelledEnum
from scoring.rounding import half_up

HUNDRED = Fraction(100)
ATTENDANCE, PERFORMANCE, BALLOT, SURVEY = "attendance", "performance", "ballot", "survey"


class Part(LabelledEnum):
    ATTENDANCE = "attendance", "日常考勤"
    PERFORMANCE = "performance", "年度考绩"
    BALLOT = "ballot", "民主测评"
    SURVEY = "survey", "民意调查"
    VETO = "veto", "一票否决"


class SetAside(LabelledEnum):
    """Parts a result can do without: the others share their weight (rules §7)."""

    ATTENDANCE = "attendance", "日常考勤"
    BALLOT = "ballot", "民主测评"
    SURVEY = "survey", "民意调查"


class Upheld(NamedTuple):
    """What the answer to an objection reads again, and what it does not count (该项不计)."""

    parts: Collection[Part]
    set_aside: Collection[SetAside]
    indicators_set_aside: Collection[str]


class Dimension(NamedTuple):
    points: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class Inputs:
    """`ballot` and `survey` are counts by grade, best first; fewer than `fewest_answers` means the part is missing."""

    attended: int
    expected: int
    points: Decimal
    maximum: Decimal
    ballot: tuple[int, int, int, int]
    survey: tuple[int, int, int, int]
    dimensions: tuple[Dimension, ...] = ()
    has_veto: bool = False


@dataclass(frozen=True)
class Scheme:
    weights: Mapping[str, int]
    grade_values: tuple[int, int, int, int]
    bands: tuple[Decimal, Decimal, Decimal, Decimal]
    floor: Decimal
    dimension_share: Decimal
    veto_cap: int
    fewest_answers: int = 5
    is_by_dimension: bool = False


@dataclass(frozen=True)
class Outcome:
    parts: Mapping[str, Decimal | None]
    weights_used: Mapping[str, Decimal]
    composite: Decimal | None
    stars: int | None


def share(part: Decimal | int, whole: Decimal | int) -> Fraction | None:
    """Percentage, at most 100; None when there is no whole."""
    if not whole:
        return None
    return min(HUNDRED, HUNDRED * Fraction(part) / Fraction(whole))


def mean(counts: Sequence[int], values: Sequence[int], fewest: int) -> Fraction | None:
    """None when there are too few answers to hide who gave which."""
    total = sum(counts)
    if total < fewest:
        return None
    return Fraction(sum(count * value for count, value in zip(counts, values, strict=True)), total)


def parts_of(inputs: Inputs, scheme: Scheme) -> dict[str, Fraction | None]:
    return {
        ATTENDANCE: share(inputs.attended, inputs.expected),
        PERFORMANCE: share(inputs.points, inputs.maximum),
        BALLOT: mean(inputs.ballot, scheme.grade_values, scheme.fewest_answers),
        SURVEY: mean(inputs.survey, scheme.grade_values, scheme.fewest_answers),
    }


def weights_used(parts: Mapping[str, Fraction | None], weights: Mapping[str, int]) -> dict[str, Decimal]:
    """Weights of the parts that are there, scaled up to a hundred."""
    present = {name: weights[name] for name, value in parts.items() if value is not None and weights[name]}
    total = sum(present.values())
    return {name: half_up(HUNDRED * weight / total) for name, weight in present.items()}


def composite_of(parts: Mapping[str, Fraction | None], weights: Mapping[str, int]) -> Decimal | None:
    present = [(value, weights[name]) for name, value in parts.items() if value is not None]
    total = sum(weight for _, weight in present)
    if total == 0:
        return None
    return half_up(sum((value * weight for value, weight in present), Fraction(0)) / total)


def stars_by_band(composite: Decimal, scheme: Scheme) -> int:
    if composite < scheme.floor:
        return 0
    return 1 + sum(composite >= band for band in scheme.bands)


def stars_by_dimension(dimensions: Sequence[Dimension], least_share: Decimal) -> int:
    return sum(100 * one.points >= least_share * one.maximum for one in dimensions)


def rate(inputs: Inputs, scheme: Scheme) -> Outcome:
    parts = parts_of(inputs, scheme)
    composite = composite_of(parts, scheme.weights)
    stars = _stars(inputs, scheme, composite)
    if inputs.has_veto and stars is not None:
        stars = min(stars, scheme.veto_cap)
    shown = {name: None if value is None else half_up(value) for name, value in parts.items()}
    return Outcome(shown, weights_used(parts, scheme.weights), composite, stars)


def _stars(inputs: Inputs, scheme: Scheme, composite: Decimal | None) -> int | None:
    if scheme.is_by_dimension:
        return min(5, stars_by_dimension(inputs.dimensions, scheme.dimension_share))
    return None if composite is None else stars_by_band(composite, scheme)


def ranks(composites: Sequence[Decimal]) -> list[int]:
    """Place of each in its peer group; equals share a rank and leave a gap behind them."""
    return [1 + sum(other > one for other in composites) for one in composites]


def stars_said(stars: int | None) -> str:
    return f"评 {stars} 星" if stars else "不评星"


def veto_said(stars_without: int | None, cap: int) -> str:
    """As it is published with the star: the veto is the reason, whether it lowered the star or not."""
    if stars_without is not None and stars_without > cap:
        return f"按得分可评 {stars_without} 星,因有一票否决事项,最高 {cap} 星"
    return f"有一票否决事项(最高 {cap} 星),按得分{stars_said(stars_without)},不超过此限"
