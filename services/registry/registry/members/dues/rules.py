"""How much a member owes for a month: one rate on the whole amount, by the table in force (中组发〔2008〕3号). Pure."""

import csv
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from registry.members.dues.kinds import DuesStanding

RATES = Path(__file__).with_name("rates.csv")
STANDINGS = {one.value: one for one in DuesStanding}
CENT = Decimal("0.01")
WHOLE = 100


class Rate(NamedTuple):
    """`up_to` is the largest amount it is for, None without end."""

    valid_from: date
    standing: DuesStanding
    band: int
    up_to: Decimal | None
    percent: Decimal


class Owed(NamedTuple):
    band: int
    amount: Decimal


@cache
def all_rates() -> tuple[Rate, ...]:
    with RATES.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Rate(
                date.fromisoformat(row["valid_from"]),
                STANDINGS[row["standing"]],
                int(row["band"]),
                Decimal(row["up_to"]) if row["up_to"] else None,
                Decimal(row["percent"]),
            )
            for row in csv.DictReader(lines)
        )


def rates_on(day: date, standing: DuesStanding) -> Sequence[Rate]:
    """The table that began last, lowest band first."""
    begun = [one for one in all_rates() if one.standing is standing and one.valid_from <= day]
    newest = max((one.valid_from for one in begun), default=None)
    return sorted((one for one in begun if one.valid_from == newest), key=lambda one: one.band)


def owed(income: Decimal, standing: DuesStanding, month: date) -> Owed | None:
    """None for a month before the first table."""
    for rate in rates_on(month, standing):
        if rate.up_to is None or income <= rate.up_to:
            return Owed(rate.band, (income * rate.percent / WHOLE).quantize(CENT, ROUND_HALF_UP))
    return None
