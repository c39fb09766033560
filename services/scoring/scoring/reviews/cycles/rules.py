"""Defaults of a scheme and the dates that follow from its year (domain rules §7). Data, shown with every result."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kit.edge import LabelledEnum

MOST_STARS = 5
ZERO = Decimal("0.00")


class Template(LabelledEnum):
    SEVEN_STEPS = "seven_steps", "七步评议"
    THREE_STEPS = "three_steps", "一讲二评三公示"


class State(LabelledEnum):
    """The step a review stands in; `final` is no step but the end."""

    PLEDGE = "pledge", "诺"
    PRACTISE = "practise", "践"
    REPORT = "report", "讲"
    APPRAISE = "appraise", "评"
    COMPARE = "compare", "比"
    PUBLICISE = "publicise", "示"
    DELIBERATE = "deliberate", "议"
    FINAL = "final", "办结"


SEQUENCES: Mapping[Template, tuple[State, ...]] = {
    Template.SEVEN_STEPS: (
        State.PLEDGE,
        State.PRACTISE,
        State.REPORT,
        State.APPRAISE,
        State.COMPARE,
        State.PUBLICISE,
        State.DELIBERATE,
        State.FINAL,
    ),
    Template.THREE_STEPS: (State.REPORT, State.APPRAISE, State.PUBLICISE, State.FINAL),
}


@dataclass(frozen=True)
class Defaults:
    weight_attendance: int = 20
    weight_performance: int = 40
    weight_ballot: int = 25
    weight_survey: int = 15
    grade_excellent: int = 100
    grade_qualified: int = 80
    grade_basic: int = 60
    grade_unqualified: int = 0
    band_five: Decimal = Decimal(90)
    band_four: Decimal = Decimal(80)
    band_three: Decimal = Decimal(70)
    band_two: Decimal = Decimal(60)
    floor: Decimal = Decimal(50)
    dimension_share: Decimal = Decimal(85)
    veto_cap: int = 2
    fewest_answers: int = 5
    notice_working_days: int = 5


def is_withheld(counts: Iterable[int], fewest: int) -> bool:
    """Some answers, but too few to hide who gave which: they are neither shown nor counted (domain rules §7)."""
    return 0 < sum(counts) < fewest


def default_period(year: int) -> tuple[date, date]:
    """ "上年度": the calendar year before the rating."""
    return date(year - 1, 1, 1), date(year - 1, 12, 31)


def final_before(year: int) -> date:
    """ "七一"前: the last day on which a result is in time."""
    return date(year, 6, 30)


def is_late(finished_on: date, last_day: date) -> bool:
    return finished_on > last_day


@dataclass(frozen=True)
class Item:
    """An indicator of the catalogue as the scheme finds it."""

    code: str
    name: str
    dimension: str
    annual_cap: Decimal
    has_source: bool


@dataclass(frozen=True)
class Reach:
    """What a subject that does everything can earn with the indicators in use, and the star that is worth."""

    maximum: Decimal
    catalogue_maximum: Decimal
    dimensions: Mapping[str, Decimal]
    catalogue_dimensions: Mapping[str, Decimal]
    highest_star: int


def in_use(items: Sequence[Item], out_of_use: Collection[str]) -> list[str]:
    """Those with a working source which the scheme did not declare out of use (domain rules §7)."""
    return [one.code for one in items if one.has_source and one.code not in out_of_use]


def reach_of(items: Sequence[Item], codes: Collection[str], *, by_dimension: bool) -> Reach:
    """Bands judge shares of what is in use, so a perfect subject has all five; a dimension gives a star only if it has
    an indicator in use."""
    used = [one for one in items if one.code in codes]
    sums = _sums(used)
    every = _sums(items)
    highest = sum(1 for one in every if sums.get(one)) if by_dimension else (MOST_STARS if used else 0)
    return Reach(
        maximum=sum(sums.values(), ZERO),
        catalogue_maximum=sum(every.values(), ZERO),
        dimensions={one: sums.get(one, ZERO) for one in every},
        catalogue_dimensions=every,
        highest_star=min(highest, MOST_STARS),
    )


def _sums(items: Sequence[Item]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for one in items:
        sums[one.dimension] = sums.get(one.dimension, ZERO) + one.annual_cap
    return sums
