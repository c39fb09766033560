"""The shipped catalogues as rows: 58 indicators of organisations, 48 of members, and the events that earn them.

The files of a version never change; another default is another folder and a migration that loads it.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from scoring.points.indicators.rules import Trigger

DATA = Path(__file__).parents[2] / "data"
MANUAL = "manual"


class DefaultCatalogue(NamedTuple):
    id: UUID
    subject_kind: str
    name: str
    required_count: int
    from_year: int
    indicators: list[dict[str, Any]]


@cache
def default_catalogues(version: str = "v1", from_year: int = 2025) -> tuple[DefaultCatalogue, ...]:
    shipped = (("organization", "党组织积分指标(默认)", 58), ("member", "党员积分指标(默认)", 48))
    return tuple(
        DefaultCatalogue(
            uuid5(NAMESPACE_URL, f"liangxin:catalogue:{version}:{kind}"),
            kind,
            name,
            size,
            from_year,
            list(_indicators(version, kind)),
        )
        for kind, name, size in shipped
    )


def _indicators(version: str, kind: str) -> Iterator[dict[str, Any]]:
    triggers = _triggers(version)
    for position, row in enumerate(_read(version, f"{kind}_indicators"), start=1):
        found = [trigger.as_record() for code, trigger in triggers if code == row["code"]]
        yield {
            "id": uuid5(NAMESPACE_URL, f"liangxin:indicator:{version}:{row['code']}"),
            "position": position,
            "code": row["code"],
            "dimension": row["dimension"],
            "name": row["name"],
            "points": Decimal(row["points"]),
            "cadence": row["cadence"],
            "max_times_per_year": int(row["max_times_per_year"]),
            "annual_cap": Decimal(row["annual_cap"]),
            "evidence": row["evidence"],
            "source": row["source"],
            "earning": "event" if found else "claim" if row["source"] == MANUAL else "none",
            "triggers": found,
        }


def _triggers(version: str) -> list[tuple[str, Trigger]]:
    return [
        (
            row["code"],
            Trigger(
                event=row["event"],
                source=row["source"],
                subject=row["subject"],
                occurred_on=row["occurred_on"],
                cause=tuple(row["cause"].split("|")),
                each=row["each"] or None,
                when={name: tuple(values.split("|")) for name, values in _pairs(row["when"])},
                at_least={name: Decimal(bound) for name, bound in _pairs(row["at_least"])},
                proportion=row["proportion"] or None,
            ),
        )
        for row in _read(version, "triggers")
    ]


def _pairs(text: str) -> list[tuple[str, str]]:
    found = [part.partition("=") for part in text.split(";") if part]
    return [(name, value) for name, _, value in found]


def _read(version: str, name: str) -> list[dict[str, str]]:
    with (DATA / version / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def indicators_without_source() -> list[tuple[str, str, str]]:
    """Code, name and the place their event will come from, of shipped indicators that earn nothing yet."""
    return [
        (row["code"], row["name"], row["source"])
        for catalogue in default_catalogues()
        for row in catalogue.indicators
        if row["earning"] == "none"
    ]
