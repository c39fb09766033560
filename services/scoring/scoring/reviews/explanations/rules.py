"""One paragraph that an ordinary member understands, with the numbers to compute the composite by hand.

Nothing is decided here: every sentence says what the inputs, the scheme and the outcome say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from scoring.reviews.ratings.rules import (
    ATTENDANCE,
    BALLOT,
    PERFORMANCE,
    SURVEY,
    Dimension,
    Inputs,
    Part,
    Scheme,
    parts_of,
    stars_said,
    veto_said,
)
from scoring.rounding import half_up

GRADES = ("优秀", "合格", "基本合格", "不合格")
ANSWERS = ("好", "较好", "一般", "差")
LABELS = {one.value: one.label for one in Part}
MOST_NAMED = 20
CENT = Decimal("0.01")


class Absence(NamedTuple):
    """`member` is named where the subject is an organisation."""

    held_on: date
    meeting: str
    member: str | None


class Place(NamedTuple):
    rank: int
    peers: int
    tied: int
    group: str


class NextStar(NamedTuple):
    """Points of the composite, or of the dimension that is nearest to its star."""

    level: int
    threshold: Decimal
    lacking: Decimal
    dimension: str | None


class Vetoed(NamedTuple):
    """The ground is known to the person and the superior only."""

    stars_without: int | None
    cap: int
    ground: str | None


@dataclass(frozen=True)
class Told:
    """What a paragraph is made of; `missed` are those absences the reader may see by name and date."""

    name: str
    inputs: Inputs
    scheme: Scheme
    weights_used: dict[str, Decimal | None]
    set_aside: Sequence[str]
    withheld: Sequence[str]
    composite: Decimal | None
    stars: int | None
    missed: Sequence[Absence]
    place: Place
    next_star: NextStar | None
    veto: Vetoed | None
    outcome: str
    objecting: str


def paragraph(told: Told) -> str:
    sentences = [
        _headline(told),
        *_parts(told),
        _calculated(told),
        _missed(told),
        _placed(told),
        _next(told.next_star),
        _veto(told.veto),
        told.outcome,
        told.objecting,
    ]
    return "".join(one for one in sentences if one)


def _headline(told: Told) -> str:
    if told.composite is None:
        return f"{told.name}:各项都缺,没有综合得分。"
    return f"{told.name}:综合得分 {told.composite} 分,建议{stars_said(told.stars)}。"


def _parts(told: Told) -> list[str]:
    inputs, values = told.inputs, parts_of(told.inputs, told.scheme)
    said = {
        ATTENDANCE: f"应到 {inputs.expected} 次,实到 {inputs.attended} 次",
        PERFORMANCE: f"积分 {inputs.points},满分 {inputs.maximum}",
        BALLOT: _counted(GRADES, inputs.ballot, "票"),
        SURVEY: _counted(ANSWERS, inputs.survey, "份"),
    }
    found = []
    for name, value in values.items():
        label, weight = LABELS[name], told.scheme.weights[name]
        if value is None:
            found.append(f"{label}:{_why_missing(name, told)},其 {weight}% 的权重由其余各项按比例分担。")
        else:
            share = told.weights_used.get(name) or Decimal("0.00")
            found.append(f"{label}:{said[name]},得 {half_up(value)} 分(权重 {share}%)。")
    return found


def _why_missing(name: str, told: Told) -> str:
    if name in told.set_aside:
        return "因异议成立不计入"
    if name in told.withheld:
        return f"不足 {told.scheme.fewest_answers} {'票' if name == BALLOT else '份'},不公布也不计入"
    return "没有应到的会议" if name == ATTENDANCE else "缺项"


def _counted(labels: Sequence[str], counts: Sequence[int], unit: str) -> str:
    return "、".join(f"{label} {count} {unit}" for label, count in zip(labels, counts, strict=True) if count)


def _calculated(told: Told) -> str:
    line = calculation(told.inputs, told.scheme)
    return f"算式:{line}={told.composite}(只在最后四舍五入到两位小数)。" if line else ""


def calculation(inputs: Inputs, scheme: Scheme) -> str | None:
    """The composite by hand: each part exactly as a quotient times its weight, over the weights that are there."""
    terms = {
        ATTENDANCE: f"{inputs.attended}÷{inputs.expected}",
        PERFORMANCE: f"{min(inputs.points, inputs.maximum)}÷{inputs.maximum}",
        BALLOT: _mean(inputs.ballot, scheme),
        SURVEY: _mean(inputs.survey, scheme),
    }
    weights = scheme.weights
    present = [name for name, value in parts_of(inputs, scheme).items() if value is not None and weights[name]]
    if not present:
        return None
    added = "+".join(f"{weights[name]}×{terms[name]}" for name in present)
    return f"({added})×100÷{sum(weights[name] for name in present)}"


def _mean(counts: Sequence[int], scheme: Scheme) -> str:
    weighed = zip(counts, scheme.grade_values, strict=True)
    return f"({'+'.join(f'{count}×{value}' for count, value in weighed if count)})÷({sum(counts)}×100)"


def _missed(told: Told) -> str:
    count = told.inputs.expected - told.inputs.attended
    if not count:
        return ""
    named = [f"{one.held_on.isoformat()} {one.meeting}{_by(one.member)}" for one in told.missed[:MOST_NAMED]]
    more = "等" if count > len(named) > 0 else ""
    return f"缺席 {count} 次{':' if named else ''}{'、'.join(named)}{more}。"


def _by(member: str | None) -> str:
    return f"({member})" if member else ""


def _placed(told: Told) -> str:
    if told.composite is None:
        return ""
    place = told.place
    tied = f"(与另外 {place.tied - 1} 名并列)" if place.tied > 1 else ""
    return f"在{place.group}同类 {place.peers} 名对象中列第 {place.rank} 名{tied}。"


def next_star(
    scheme: Scheme, composite: Decimal | None, stars: int | None, dimensions: Mapping[str, Dimension]
) -> NextStar | None:
    """What lacks to the star above the one that the points alone give; nothing above five stars."""
    if stars is None:
        return None
    if scheme.is_by_dimension:
        return _next_dimension(scheme, stars, dimensions)
    edges = (scheme.floor, *reversed(scheme.bands))
    if composite is None or stars >= len(edges):
        return None
    return NextStar(stars + 1, edges[stars], edges[stars] - composite, None)


def _next_dimension(scheme: Scheme, stars: int, dimensions: Mapping[str, Dimension]) -> NextStar | None:
    """The dimension that lacks least; points are cents, so the line is met by the next cent above it."""
    found = []
    for name, one in dimensions.items():
        line = (scheme.dimension_share * one.maximum / 100).quantize(CENT, ROUND_CEILING)
        if one.points < line:
            found.append((line - one.points, name, line))
    if not found:
        return None
    lacking, name, line = min(found)
    return NextStar(stars + 1, line, lacking, name)


def _next(one: NextStar | None) -> str:
    if one is None:
        return ""
    where = f"“{one.dimension}”维度的得星线" if one.dimension else f" {one.level} 星线"
    return f"距{where}({one.threshold} 分)还差 {one.lacking} 分。"


def _veto(veto: Vetoed | None) -> str:
    if veto is None:
        return ""
    return veto_said(veto.stars_without, veto.cap) + (f",事项是:{veto.ground}。" if veto.ground else "。")
