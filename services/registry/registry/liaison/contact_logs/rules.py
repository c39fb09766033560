"""五个一: how often an instructor is to contact a unit, which periods were kept and which are missing. Pure."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from records.periods import Cadence, Period, periods, weeks
from registry.dates import After, DateRules
from registry.kinds import known
from registry.liaison.contact_logs.kinds import ContactKind

TARGETS = Path(__file__).with_name("targets.csv")
CONTACT_DATES = DateRules(
    {"contacted_on": "联系日期", "valid_from": "服务关系的起始日期"},
    (After("contacted_on", "valid_from"),),
    facts=frozenset({"contacted_on"}),
)
RHYTHMS: Mapping[str, Callable[[int], tuple[Period, ...]]] = {
    "weekly": weeks,
    "monthly": partial(periods, cadence=Cadence.MONTHLY),
    "quarterly": partial(periods, cadence=Cadence.QUARTERLY),
    "yearly": partial(periods, cadence=Cadence.YEARLY),
}


class Target(NamedTuple):
    valid_from: date
    kind: ContactKind
    rhythm: str


class Service(NamedTuple):
    """From the first day up to, not on, the last."""

    valid_from: date
    valid_to: date | None

    def holds_whole(self, period: Period) -> bool:
        return self.valid_from <= period.first and (self.valid_to is None or period.last < self.valid_to)


class Compliance(NamedTuple):
    """`expected` periods of the year, `kept` ones among them, and the numbers of those that passed without one."""

    expected: int
    kept: int
    missing: tuple[int, ...]


@cache
def all_targets() -> tuple[Target, ...]:
    """Oldest first."""
    with TARGETS.open(encoding="utf-8", newline="") as lines:
        rows = [
            Target(date.fromisoformat(row["valid_from"]), known(ContactKind, row["kind"]), row["rhythm"])
            for row in csv.DictReader(lines)
        ]
    return tuple(sorted(rows, key=lambda one: one.valid_from))


def periods_of(kind: ContactKind, year: int) -> tuple[Period, ...]:
    """When a contact of this kind is due in a year, by the rhythm that holds on its first day."""
    day = date(year, 1, 1)
    [*_, target] = [one for one in all_targets() if one.kind is kind and one.valid_from <= day]
    return RHYTHMS[target.rhythm](year)


def expected(kind: ContactKind, year: int, service: Service) -> tuple[Period, ...]:
    """A period counts where the service lasts through the whole of it."""
    return tuple(period for period in periods_of(kind, year) if service.holds_whole(period))


def compliance(due: Sequence[Period], days: Iterable[date], today: date) -> Compliance:
    """What is not over yet is neither kept nor missing without a contact."""
    done = list(days)
    lacking = [period for period in due if not any(map(period.holds, done))]
    return Compliance(
        len(due), len(due) - len(lacking), tuple(period.number for period in lacking if period.last < today)
    )


def in_words(numbers: Sequence[int]) -> str:
    """Neighbours together: 1–26、28."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{one[0]}–{one[-1]}" if len(one) > 1 else str(one[0]) for one in runs)


def due_now(kind: ContactKind, service: Service, days: Iterable[date], today: date) -> Period | None:
    """The period that runs today, where the contact it asks for has not been made."""
    done = list(days)
    running = [one for year in (today.year, today.isocalendar().year) for one in expected(kind, year, service)]
    return next((one for one in running if one.holds(today) and not any(map(one.holds, done))), None)


def bounds(year: int) -> tuple[date, date]:
    """The first and the last day that a period of the year may have: its weeks begin before and end after it."""
    every = [period for kind in ContactKind for period in periods_of(kind, year)]
    return min(one.first for one in every), max(one.last for one in every)
