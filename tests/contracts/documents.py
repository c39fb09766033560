"""The merged document as a front end gets it, from the committed ones, which other tests hold to their services."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from gateway.merging import merge
from tests.support.applications import SERVICES, Operation, operations_of
from tests.support.databases import ROOT


class Node(NamedTuple):
    where: str
    schema: Mapping[str, Any]


@cache
def merged() -> dict[str, Any]:
    def read(folder: str) -> dict[str, Any]:
        return dict(json.loads((ROOT / folder / "openapi.json").read_text(encoding="utf-8")))

    return merge(read("gateway"), {name: read(f"services/{name}") for name in SERVICES})


@cache
def operations() -> tuple[Operation, ...]:
    return tuple(operations_of(merged()))


def properties() -> Iterator[Node]:
    for name, schema in merged()["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            yield Node(f"{name}.{field}", described)


def parameters() -> Iterator[Node]:
    for operation in operations():
        for one in operation.described.get("parameters", ()):
            yield Node(f"{operation.name}?{one['name']}", one)


def shapes() -> Iterator[Node]:
    """Every schema at every depth, each under the name of what holds it."""
    waiting = [Node(name, schema) for name, schema in merged()["components"]["schemas"].items()]
    for operation in operations():
        described = operation.described
        waiting += [Node(f"{operation.name}?{one['name']}", one["schema"]) for one in described.get("parameters", ())]
        contents = [described.get("requestBody", {}), *described["responses"].values()]
        for content in (content for one in contents for content in one.get("content", {}).values()):
            waiting.append(Node(operation.name, content.get("schema", {})))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _within(node)


def _within(node: Node) -> Iterator[Node]:
    schema = node.schema
    for field, inner in schema.get("properties", {}).items():
        yield Node(f"{node.where}.{field}", inner)
    for inner in schema.get("patternProperties", {}).values():
        yield Node(f"{node.where}[]", inner)
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield Node(f"{node.where}[]", schema[word])
    for word in ("anyOf", "oneOf", "allOf", "prefixItems"):
        yield from (Node(node.where, inner) for inner in schema.get(word, ()))
