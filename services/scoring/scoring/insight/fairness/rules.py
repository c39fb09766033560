"""Cells of a rated year: which may be shown without telling of single people, and which are worth a question. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from scoring.rounding import half_up

SMALLEST_CELL = 5
GAP = Decimal("10.00")
"""A mean as far as this from that of everybody is asked about."""

SIZES = ((50, "50 人以上"), (20, "20 至 49 人"), (10, "10 至 19 人"), (0, "不足 10 人"))
QUESTION = (
    "{attribute}“{group}”{subjects} 名对象平均 {mean} 分,全体平均 {overall} 分,{side} {gap} 分:"
    "是工作确有差别,还是评价的尺度、考勤和佐证的登记不一?请了解情况,不据此扣分。"
)


class Sums(NamedTuple):
    """Of rated subjects: how many, the sum of their composites, and how many have three stars or more."""

    subjects: int = 0
    composites: Decimal = Decimal(0)
    named: int = 0

    def plus(self, other: "Sums") -> "Sums":
        return Sums(self.subjects + other.subjects, self.composites + other.composites, self.named + other.named)

    @property
    def mean(self) -> Decimal:
        return half_up(Fraction(self.composites) / self.subjects)

    @property
    def share_named(self) -> Decimal:
        return half_up(Fraction(100 * self.named, self.subjects))


def size_of(members: int) -> str:
    return next(label for least, label in SIZES if members >= least)


def folded(rows: Iterable[tuple[str, Sums]]) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(Sums)
    for group, sums in rows:
        found[group] = found[group].plus(sums)
    return dict(found)


def withheld(cells: Mapping[str, int]) -> set[str]:
    """The small cells, and the next smallest ones as long as the others and the total would give them away."""
    hidden = {group for group, subjects in cells.items() if subjects < SMALLEST_CELL}
    rest = sorted((subjects, group) for group, subjects in cells.items() if group not in hidden)
    while hidden and rest and sum(cells[one] for one in hidden) < SMALLEST_CELL:
        hidden.add(rest.pop(0)[1])
    return hidden


def question(attribute: str, group: str, cell: Sums, overall: Sums) -> str | None:
    gap = cell.mean - overall.mean
    if abs(gap) < GAP:
        return None
    return QUESTION.format(
        attribute=attribute,
        group=group,
        subjects=cell.subjects,
        mean=cell.mean,
        overall=overall.mean,
        side="高" if gap > 0 else "低",
        gap=abs(gap),
    )
