"""Cells of a rated year: which may be shown without telling of single people, and which are worth a question. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeVar

from scoring.rounding import half_up

SMALLEST_CELL = 5
Group = TypeVar("Group")
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


def folded(rows: Iterable[tuple[Group, Sums]]) -> dict[Group, Sums]:
    found: dict[Group, Sums] = defaultdict(Sums)
    for group, sums in rows:
        found[group] = found[group].plus(sums)
    return dict(found)


def withheld_among(counts: Mapping[tuple[str, ...], int]) -> list[set[str]]:
    """Of each attribute (a place in the key), the groups not to be shown beside those of the other attributes.

    What is known of an attribute are its shown groups and, as the rest of everybody, the hidden ones together. Where
    that, less what is known of another attribute wholly inside it, leaves a few, one more group is hidden.
    """
    tables = [_table(counts, at) for at in range(len(next(iter(counts), ())))]
    hidden = [withheld({group: _size(counts, keys) for group, keys in table.items()}) for table in tables]
    while one := next(_given_away(tables, hidden, counts), None):
        at, group = one
        hidden[at].add(group)
    return hidden


Keys = frozenset[tuple[str, ...]]


def _table(counts: Mapping[tuple[str, ...], int], at: int) -> dict[str, Keys]:
    groups: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key in counts:
        groups[key[at]].add(key)
    return {group: frozenset(keys) for group, keys in groups.items()}


def _size(counts: Mapping[tuple[str, ...], int], keys: Iterable[tuple[str, ...]]) -> int:
    return sum(counts[key] for key in keys)


def _given_away(
    tables: Sequence[Mapping[str, Keys]], hidden: Sequence[set[str]], counts: Mapping[tuple[str, ...], int]
) -> Iterator[tuple[int, str]]:
    known = [_known(table, among) for table, among in zip(tables, hidden, strict=True)]
    for at, table in enumerate(tables):
        others = [pieces for other, pieces in enumerate(known) if other != at]
        shown = sorted(table.keys() - hidden[at], key=lambda group: (_size(counts, table[group]), group))
        yield from ((at, group) for group in shown if _leaves_few(table[group], others, counts))
        rest = frozenset[tuple[str, ...]]().union(*(table[group] for group in hidden[at]))
        yield from ((at, group) for group in shown if _leaves_few(rest, others, counts))


def _known(table: Mapping[str, Keys], hidden: Collection[str]) -> list[Keys]:
    rest = frozenset[tuple[str, ...]]().union(*(table[group] for group in hidden))
    return [rest, *(keys for group, keys in table.items() if group not in hidden)]


def _leaves_few(whole: Keys, others: Sequence[Sequence[Keys]], counts: Mapping[tuple[str, ...], int]) -> bool:
    rests = (whole.difference(*(piece for piece in pieces if piece <= whole)) for pieces in others)
    return any(0 < _size(counts, rest) < SMALLEST_CELL for rest in rests)


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
