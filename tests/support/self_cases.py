"""What each service declares beside its access table: whether a deciding operation may be about oneself."""

import csv

from tests.support.databases import ROOT

REFUSED, ALLOWED = "refused", "allowed"


def declared_in(service: str) -> list[dict[str, str]]:
    with (ROOT / "services" / service / service / "self_cases.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def refused_in(service: str) -> set[str]:
    return {row["operation"] for row in declared_in(service) if row["self_case"] == REFUSED}
