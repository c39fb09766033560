"""Indicators of the default catalogue that nothing feeds yet: no event and no claim earns them points."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

CATALOGUES = ("organization_indicators.csv", "member_indicators.csv")
CLAIMED = "manual"


class Indicator(NamedTuple):
    code: str
    name: str
    source: str
    evidence: str


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_source(data: Path) -> Sequence[Indicator]:
    """`data` holds one folder a version; the newest one counts."""
    versions = sorted(path.parent for path in data.glob("*/triggers.csv"))
    if not versions:
        return ()
    newest = versions[-1]
    triggered = {row["code"] for row in read_rows(newest / "triggers.csv")}
    rows = [row for name in CATALOGUES for row in read_rows(newest / name)]
    return [
        Indicator(row["code"], row["name"], row["source"], row["evidence"])
        for row in rows
        if row["code"] not in triggered and row["source"] != CLAIMED
    ]
