"""The table of permissions, access.csv: which roles may call an operation, and which rows they reach by it."""

import csv
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PUBLIC, SIGNED_IN, SERVICE = "public", "signed_in", "service"


class Scope(StrEnum):
    SUBTREE = "subtree"
    SELF = "self"
    SUBTREE_AND_SELF = "subtree+self"
    ROOT = "root"
    NONE = "none"


WITH_SELF = (Scope.SELF, Scope.SUBTREE_AND_SELF)


@dataclass(frozen=True, slots=True)
class Rule:
    operation: str
    roles: frozenset[str]
    scope: Scope


def read_rules(table: Path) -> dict[str, Rule]:
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [
            Rule(row["operation"], frozenset(row["roles"].split()), Scope(row["scope"]))
            for row in csv.DictReader(lines)
        ]
    rules = {row.operation: row for row in rows}
    if len(rules) != len(rows):
        raise ValueError(f"{table}: an operation stands twice")
    return rules
