"""The merged document is the contract of every front end: nothing in it is left to be guessed."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from describing.words import is_chinese, role_labels, titles
from registry.identity.grants.models import Role
from tests.contracts import documents
from tests.contracts.documents import Node
from tests.support.applications import SERVICES, Operation
from tests.support.databases import ROOT

ACCESS = [ROOT / "gateway/gateway/access.csv", *(ROOT / f"services/{name}/{name}/access.csv" for name in SERVICES)]
SHAPELESS = {"object": ("properties", "additionalProperties", "patternProperties"), "array": ("items", "prefixItems")}
TOKENS = ("access_token", "refresh_token", "activation_token")
STILL_FREE = ROOT / "tests/contracts/free_shapes.txt"


def names(operations: Iterable[Operation]) -> list[str]:
    return [operation.name for operation in operations]


def closed(operation: Operation) -> bool:
    return "public" not in operation.described["x-roles"]


def is_free(schema: Mapping[str, Any]) -> bool:
    """Anything may stand there: no type at all, or an object or a list of who knows what."""
    words = ("$ref", "anyOf", "oneOf", "allOf", "enum", "const", "type")
    if not any(word in schema for word in words):
        return True
    inner = SHAPELESS.get(str(schema.get("type")))
    if inner is None:
        return False
    return not any(schema.get(word) not in (None, True, {}) for word in inner)


class TestNames:
    def test_of_every_property_are_chinese(self) -> None:
        nameless = [
            node.where
            for node in documents.properties()
            if not is_chinese(node.schema.get("title")) and not is_chinese(node.schema.get("description"))
        ]

        assert nameless == []

    def test_of_every_parameter_are_chinese(self) -> None:
        assert [node.where for node in documents.parameters() if not is_chinese(node.schema.get("description"))] == []

    def test_of_every_value_are_given(self) -> None:
        wrong = [node.where for node in documents.shapes() if not has_labels(node.schema)]

        assert wrong == []

    def test_that_nothing_uses_are_not_kept(self) -> None:
        used = {node.where.rpartition(".")[2] for node in documents.properties()}
        used |= {node.schema["name"] for node in documents.parameters()}

        assert sorted(set(titles()) - used) == []


def has_labels(schema: Mapping[str, Any]) -> bool:
    values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
    labels = schema.get("x-enum-labels", {})
    return all(labels.get(value) for value in values)


class TestWho:
    def test_may_call_is_said_as_the_access_tables_say_it(self) -> None:
        rows = [(path, row) for path in ACCESS for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
        expected = {
            ("" if "gateway" in path.parts[-2] else f"{path.parts[-2]}_") + row["operation"]: (
                sorted(row["roles"].split()),
                row["scope"],
            )
            for path, row in rows
        }
        told = {one.name: (one.described["x-roles"], one.described["x-scope"]) for one in documents.operations()}

        assert told == {name: row for name, row in expected.items() if name in told}
        assert len(told) > 180

    def test_may_call_is_said_in_chinese(self) -> None:
        unsaid = [
            one.name
            for one in documents.operations()
            if not all(role_labels()[role] in one.described["description"] for role in one.described["x-roles"])
        ]

        assert unsaid == []

    def test_has_the_labels_of_the_registry(self) -> None:
        assert {role.value: role.label for role in Role} == {
            role: label for role, label in role_labels().items() if role in set(Role)
        }

    def test_is_asked_for_a_token_unless_the_operation_is_public(self) -> None:
        scheme = documents.merged()["components"]["securitySchemes"]["bearer"]
        asked = {one.name: one.described["security"] for one in documents.operations()}

        assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
        assert asked == {one.name: [{"bearer": []}] if closed(one) else [] for one in documents.operations()}


class TestHeaders:
    def test_idempotency_key_is_required_by_business_posts(self) -> None:
        keyed = {name for name in names(documents.operations()) if requires(name, "Idempotency-Key")}
        listed = {
            one.name for one in documents.operations() if "idempotency-key-required" in one.described["x-problem-codes"]
        }

        assert keyed == listed
        assert {"registry_create_post", "training_plan_meeting", "scoring_open_cycle"} <= keyed
        assert keyed.isdisjoint({"registry_open_login", "registry_refresh_login", "scoring_cast_vote"})

    def test_if_match_is_required_where_its_absence_is_refused(self) -> None:
        optional = [
            one.name
            for one in documents.operations()
            if "malformed-if-match" in one.described["x-problem-codes"]
            and not any(header["name"].lower() == "if-match" for header in one.parameters("header"))
        ]

        assert optional == []
        assert requires("registry_correct_member", "If-Match")

    def test_etag_is_promised_where_it_is_answered(self) -> None:
        member = operation("registry_read_member").described["responses"]["200"]

        assert is_chinese(member["headers"]["ETag"]["description"])
        assert "ETag" not in operation("registry_list_members").described["responses"]["200"].get("headers", {})


def operation(name: str) -> Operation:
    return next(one for one in documents.operations() if one.name == name)


def requires(name: str, header: str) -> bool:
    return any(one["name"] == header and one["required"] for one in operation(name).parameters("header"))


class TestRefusals:
    def test_of_every_operation_are_listed_and_explained(self) -> None:
        table = documents.merged()["components"]["x-problems"]
        unexplained = {
            one.name: codes
            for one in documents.operations()
            if (codes := [code for code in one.described["x-problem-codes"] if code not in table])
        }

        assert unexplained == {}
        assert [code for code, told in table.items() if not is_chinese(told["detail"])] == []

    @pytest.mark.parametrize("code", ["unknown-parameter", "unavailable", "internal-error"])
    def test_of_any_kind_are_listed_everywhere(self, code: str) -> None:
        assert [one.name for one in documents.operations() if code not in one.described["x-problem-codes"]] == []

    def test_of_an_unknown_order_are_listed_where_one_may_be_asked_for(self) -> None:
        sorting = [one for one in documents.operations() if any(it["name"] == "sort" for it in one.parameters("query"))]

        assert [one.name for one in sorting if "unknown-sort" not in one.described["x-problem-codes"]] == []
        assert len(sorting) >= 20

    def test_of_strangers_are_listed_where_a_token_is_asked_for(self) -> None:
        wrong = [
            one.name
            for one in documents.operations()
            if closed(one) and not {"unauthenticated", "forbidden"} <= set(one.described["x-problem-codes"])
        ]

        assert wrong == []

    def test_of_the_gateway_are_listed_once_for_all(self) -> None:
        assert {"rate-limited", "service-timeout", "invalid-token"} <= set(documents.merged()["x-problem-codes"])


class TestExamples:
    """That they are true is tried where they are played (test_examples.py)."""

    def test_are_shown_wherever_something_is_sent_or_answered(self) -> None:
        bare = [
            f"{one.name} {kind}"
            for one in documents.operations()
            for kind, content in (*sent(one), *answered(one))
            if not content.get("examples", {}).get("played", {}).get("summary")
        ]

        assert bare == []
        assert len(documents.operations()) > 250

    def test_show_the_ids_that_an_address_is_made_of(self) -> None:
        required = [(one.name, parameter) for one in documents.operations() for parameter in one.parameters("path")]

        assert [(name, it["name"]) for name, it in required if "example" not in it] == []


def sent(operation: Operation) -> list[tuple[str, Any]]:
    return list(operation.described.get("requestBody", {}).get("content", {}).items())


def answered(operation: Operation) -> list[tuple[str, Any]]:
    """An example of a file is its text, so a workbook has none."""
    contents = [one.get("content", {}) for status, one in operation.described["responses"].items() if status[0] == "2"]
    return [(kind, content) for one in contents for kind, content in one.items() if "sheet" not in kind]


class TestShapes:
    def test_are_never_free(self) -> None:
        """What is listed may only become less: an entry whose shape has been given must go."""
        listed = [line for line in STILL_FREE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        found = {node.where for node in documents.shapes() if is_free(node.schema)}

        assert sorted(found) == listed

    def test_that_hand_out_a_token_answer_a_write(self) -> None:
        """The gateway makes answers to reads smaller; the length of a token's answer must say nothing."""
        schemas = documents.merged()["components"]["schemas"]
        holders = {
            f"#/components/schemas/{name}"
            for name, one in schemas.items()
            if set(TOKENS) & set(one.get("properties", ()))
        }
        readers = [
            one.name
            for one in documents.operations()
            if one.method == "get" and any(holder in str(one.described["responses"]) for holder in holders)
        ]

        assert holders
        assert readers == []


def test_nodes_know_free_shapes() -> None:
    free: list[dict[str, Any]] = [
        {},
        {"title": "x"},
        {"type": "object"},
        {"type": "object", "additionalProperties": True},
    ]
    typed: list[dict[str, Any]] = [
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"$ref": "#/x"},
    ]

    assert [is_free(one) for one in (*free, {"type": "array", "items": {}})] == [True] * 5
    assert [is_free(one) for one in typed] == [False] * 3
    assert Node("a", {}).where == "a"
