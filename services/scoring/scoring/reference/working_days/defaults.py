"""The working days shipped with the service: the State Council's yearly arrangements of 2004 to 2026 (D16)."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scoring.reference.working_days.rules import is_weekday

FIRST_DAY, LAST_DAY = date(2004, 1, 1), date(2026, 12, 31)
ARRANGEMENTS = Path(__file__).parents[2] / "data/working_days.csv"


def default_days() -> Iterator[dict[str, Any]]:
    """Every day of the covered years; the table holds the days that are not plain weekdays or weekends."""
    with ARRANGEMENTS.open(encoding="utf-8", newline="") as lines:
        arranged = {row["day"]: row for row in csv.DictReader(lines)}
    for number in range((LAST_DAY - FIRST_DAY).days + 1):
        day = FIRST_DAY + timedelta(days=number)
        row = arranged.get(day.isoformat())
        is_working = row["is_working"] == "true" if row else is_weekday(day)
        yield {"day": day, "is_working": is_working, "note": row["note"] if row else ""}
