"""Dates of one record are judged together: the same rules for what is typed and for what is imported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

ADULT = 18
Days = Mapping[str, date | None]


class Fault(NamedTuple):
    field: str
    reason: str


class After(NamedTuple):
    """`later` is not before `earlier`; `strictly`, not on that day either; or not before those `years` are full."""

    later: str
    earlier: str
    strictly: bool = False
    years: int = 0

    def is_broken(self, days: Days) -> bool:
        later, earlier = days.get(self.later), days.get(self.earlier)
        if later is None or earlier is None:
            return False
        first = birthday(earlier, self.years)
        return later <= first if self.strictly else later < first

    def in_sql(self, later: str, earlier: str) -> str:
        """The same, over two expressions; without years, which no rule between two records has."""
        return f"{later} {'<=' if self.strictly else '<'} {earlier}"


@dataclass(frozen=True, slots=True)
class DateRules:
    """`titles` are the headings of a workbook too; `facts` tell what has happened, so none lies ahead."""

    titles: Mapping[str, str]
    order: tuple[After, ...]
    facts: frozenset[str] = frozenset()

    def faults(self, days: Days, today: date) -> list[Fault]:
        found = [
            Fault(name, f"{title}不能晚于今天")
            for name, title in self.titles.items()
            if name in self.facts and (day := days.get(name)) and day > today
        ]
        return found + [Fault(rule.later, self.reason(rule)) for rule in self.order if rule.is_broken(days)]

    def reason(self, rule: After) -> str:
        later, earlier = self.titles[rule.later], self.titles[rule.earlier]
        if rule.years:
            return f"{later}不能早于年满 {rule.years} 周岁之日"
        return f"{later}须晚于{earlier}" if rule.strictly else f"{later}不能早于{earlier}"


def birthday(born_on: date, years: int) -> date:
    """Who was born on the 29th of February is a year older on the 1st of March of a year without that day."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 3, 1)
