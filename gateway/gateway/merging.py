"""Several OpenAPI documents into one: schemas are prefixed only where two services mean different things."""

import copy
from collections.abc import Iterator, Mapping
from typing import Any

Document = dict[str, Any]
SCHEMA_REFERENCE = "#/components/schemas/"
ANSWER_OF = "x-answer-of"
METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace"))


def merge(own: Document, services: Mapping[str, Document]) -> Document:
    merged = copy.deepcopy(own)
    components = merged.setdefault("components", {})
    paths = merged.setdefault("paths", {})
    documents = {"gateway": own, **services}
    ambiguous = ambiguous_names({name: schemas_of(document) for name, document in documents.items()})
    for name, document in services.items():
        part = renamed(copy.deepcopy(document), {old: f"{name.capitalize()}{old}" for old in ambiguous})
        prefix = f"/api/v1/{name}/"
        for path, item in part.get("paths", {}).items():
            if path.startswith(prefix):
                paths[path] = with_service(item, name)
        for kind, entries in part.get("components", {}).items():
            for key, entry in entries.items():
                components.setdefault(kind, {}).setdefault(key, entry)
        tags = merged.setdefault("tags", [])
        tags += [tag for tag in part.get("tags", []) if tag not in tags]
    for schema in schemas_of(merged).values():
        for described in schema.get("properties", {}).values():
            fill_in(described, paths)
    return merged


def fill_in(described: dict[str, Any], paths: Mapping[str, Any]) -> None:
    """A part that is another operation's answer gets that answer's shape, where its service is there to tell it."""
    source = paths.get(described.pop(ANSWER_OF, ""))
    if source is not None:
        shape = source["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        described["anyOf"] = [shape, {"type": "null"}]


def schemas_of(document: Document) -> dict[str, Any]:
    schemas: dict[str, Any] = document.get("components", {}).get("schemas", {})
    return schemas


def ambiguous_names(by_service: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """Names that mean different things, and names that are equal only until one looks at what they refer to."""
    meanings: dict[str, list[Any]] = {}
    for schemas in by_service.values():
        for name, schema in schemas.items():
            meanings.setdefault(name, []).append(schema)
    shared = {name: found for name, found in meanings.items() if len(found) > 1}
    ambiguous = {name for name, found in shared.items() if any(other != found[0] for other in found[1:])}
    while True:
        more = {
            name for name, found in shared.items() if name not in ambiguous and set(references(found[0])) & ambiguous
        }
        if not more:
            return frozenset(ambiguous)
        ambiguous |= more


def references(node: Any) -> Iterator[str]:
    for _, text in _reference_strings(node):
        yield text.removeprefix(SCHEMA_REFERENCE)


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    for holder, text in _reference_strings(document):
        old = text.removeprefix(SCHEMA_REFERENCE)
        for key in [key for key, value in holder.items() if value == text]:
            holder[key] = SCHEMA_REFERENCE + names.get(old, old)
    schemas = schemas_of(document)
    for old in [name for name in schemas if name in names]:
        schemas[names[old]] = schemas.pop(old)
    return document


def _reference_strings(node: Any) -> list[tuple[dict[str, Any], str]]:
    """Every object that holds a reference, discriminator mappings included, with the reference."""
    found: list[tuple[dict[str, Any], str]] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            found += [
                (current, value)
                for value in current.values()
                if isinstance(value, str) and value.startswith(SCHEMA_REFERENCE)
            ]
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
    return found


def with_service(item: dict[str, Any], service: str) -> dict[str, Any]:
    for method, operation in item.items():
        if method in METHODS and "operationId" in operation:
            operation["operationId"] = f"{service}_{operation['operationId']}"
    return item
