"""Which blocks of a ledger are out of date, and which differ from the ledger before."""

from collections.abc import Mapping
from datetime import date

from registry.dates import DateRules
from registry.limits import months_from
from registry.units.ledgers.kinds import LedgerBlock

ENTRY_DATES = DateRules({"checked_on": "核实日期"}, (), facts=frozenset({"checked_on"}))


def due_blocks(*, has_organization: bool) -> tuple[LedgerBlock, ...]:
    """Why there is no organisation is asked only where there is none."""
    return tuple(one for one in LedgerBlock if not (has_organization and one is LedgerBlock.REASON_UNBUILT))


def is_stale(checked_on: date | None, day: date, months: int) -> bool:
    return checked_on is None or checked_on < months_from(day, -months)


def changed_blocks(before: Mapping[str, str], after: Mapping[str, str]) -> list[LedgerBlock]:
    """By their content; what was not there before is new, and so changed."""
    return [one for one in LedgerBlock if before.get(one.value) != after.get(one.value)]
