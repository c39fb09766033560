"""The access tables against a second statement, written by hand: who may do what kind of thing to what.

`intents.csv` says of every operation what it does and how sensitive what it touches is; `intended_roles.csv` says who
may do that. A row of access.csv that lets somebody else in, or leaves somebody out, disagrees with it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.permissions import Rule, read_rules
from tests.contracts.documents import operations
from tests.support.applications import SERVICES
from tests.support.databases import ROOT
from tests.support.self_cases import ALLOWED, REFUSED, declared_in

pytestmark = pytest.mark.feature("G08")
HERE = Path(__file__).parent
KINDS = ("read", "export", "write", "decide", "administer")
DECIDING = frozenset({"decide", "administer"})
READS_BY_POST = {"disclose_member": "what is shown is recorded"}


def lines_of(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def intended_roles() -> dict[tuple[str, str], frozenset[str]]:
    return {
        (one["kind"], one["sensitivity"]): frozenset(one["roles"].split()) for one in lines_of("intended_roles.csv")
    }


def intents_of(service: str) -> dict[str, tuple[str, str]]:
    rows = [one for one in lines_of("intents.csv") if one["service"] == service]
    found = {one["operation"]: (one["kind"], one["sensitivity"]) for one in rows}
    assert len(found) == len(rows), "an operation stands twice"
    return found


def rules_of(service: str) -> dict[str, Rule]:
    return read_rules(ROOT / "services" / service / service / "access.csv")


@pytest.mark.parametrize("service", SERVICES)
class TestAccess:
    def test_lets_in_whom_it_is_meant_for(self, service: str) -> None:
        intended, intents = intended_roles(), intents_of(service)
        rules = {operation: rule.roles for operation, rule in rules_of(service).items()}

        assert intents.keys() == rules.keys()
        wrong = {
            operation: sorted(roles ^ intended[intents[operation]])
            for operation, roles in rules.items()
            if roles != intended[intents[operation]]
        }
        assert wrong == {}

    def test_knows_a_read_from_a_write(self, service: str) -> None:
        methods = {one.name: one.method for one in operations()}
        for operation, (kind, _) in intents_of(service).items():
            assert (kind == "export") is operation.startswith("export_"), operation
            if operation in methods and operation not in READS_BY_POST:
                assert (methods[operation] == "get") is (kind in {"read", "export"}), operation

    def test_declares_of_every_deciding_operation_whether_it_may_be_about_oneself(self, service: str) -> None:
        deciding = {operation for operation, (kind, _) in intents_of(service).items() if kind in DECIDING}
        declared = declared_in(service)

        assert {one["operation"] for one in declared} == deciding
        assert len(declared) == len(deciding)
        assert {one["self_case"] for one in declared} <= {REFUSED, ALLOWED}
        assert [one["operation"] for one in declared if len(one["reason"].split()) < 4] == []


class TestIntendedRoles:
    def test_name_only_what_somebody_does(self) -> None:
        used = {intent for service in SERVICES for intent in intents_of(service).values()}

        assert intended_roles().keys() == used
        assert {kind for kind, _ in used} == set(KINDS)
