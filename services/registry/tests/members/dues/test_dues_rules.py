"""One rate on the whole amount, by the table of the month."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.members.dues.kinds import DuesStanding
from registry.members.dues.rules import Owed, owed

WORKING, RETIRED = DuesStanding.WORKING, DuesStanding.RETIRED
MARCH = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("income", "standing", "band", "amount"),
    [
        ("0", WORKING, 1, "0.00"),
        ("3000", WORKING, 1, "15.00"),
        ("3000.01", WORKING, 2, "30.00"),
        ("5000", WORKING, 2, "50.00"),
        ("5000.01", WORKING, 3, "75.00"),
        ("10000", WORKING, 3, "150.00"),
        ("10000.01", WORKING, 4, "200.00"),
        ("5000", RETIRED, 1, "25.00"),
        ("5000.01", RETIRED, 2, "50.00"),
        ("1001", WORKING, 1, "5.01"),
    ],
)
def test_dues_follow_the_table(income: str, standing: DuesStanding, band: int, amount: str) -> None:
    assert owed(Decimal(income), standing, MARCH) == Owed(band, Decimal(amount))


def test_no_dues_are_owed_before_the_first_table() -> None:
    assert owed(Decimal(3000), WORKING, date(2008, 3, 1)) is None


@given(st.decimals(min_value=0, max_value=1_000_000, places=2), st.sampled_from(DuesStanding))
def test_who_earns_more_never_owes_less(income: Decimal, standing: DuesStanding) -> None:
    less, more = owed(income, standing, MARCH), owed(income + 1, standing, MARCH)

    assert less is not None
    assert more is not None
    assert less.band <= more.band
    assert less.amount <= more.amount
