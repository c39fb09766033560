"""`python -m tests.support.earning_events`: copy into scoring what events that earn points tell (`make openapi`)."""

import json
from collections.abc import Mapping
from typing import Any

from tests.support.databases import ROOT

COPY = ROOT / "services" / "scoring" / "scoring" / "data" / "earning_events.json"
MONTH = "^[0-9]{4}-[0-9]{2}$"
KINDS = {
    "uuid": "id", "date": "date", "decimal": "number", "integer": "number", "number": "number", "boolean": "boolean",
    "string": "text",
}  # fmt: skip
Schema = Mapping[str, Any]


def read_copy() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(COPY.read_text(encoding="utf-8"))
    return found


def renewed(copy: Mapping[str, Any]) -> dict[str, Any]:
    """The same events as the producers' documents describe them today."""
    return {event: told(schema_of(event)) for event in copy}


def schema_of(event: str) -> Schema:
    path = ROOT / "services" / event.partition(".")[0] / "events.json"
    found: Schema = json.loads(path.read_text(encoding="utf-8"))[event]
    return found


def told(schema: Schema) -> dict[str, Any]:
    fields = {name: resolved(one, schema) for name, one in schema["properties"].items()}
    return {
        "fields": {name: kind(one) for name, one in fields.items() if one.get("type") != "array"},
        "lists": {name: items(one, schema) for name, one in fields.items() if one.get("type") == "array"},
    }


def items(listed: Schema, whole: Schema) -> dict[str, str]:
    item = resolved(listed["items"], whole)
    return {name: kind(resolved(one, whole)) for name, one in item.get("properties", {}).items()}


def resolved(schema: Schema, whole: Schema) -> Schema:
    """Without references, and without the null of an optional field."""
    if "$ref" in schema:
        return resolved(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    return next((resolved(one, whole) for one in schema.get("anyOf", ()) if one.get("type") != "null"), schema)


def kind(schema: Schema) -> str:
    if schema.get("pattern") == MONTH:
        return "month"
    return KINDS.get(schema.get("format", ""), KINDS[schema["type"]])


if __name__ == "__main__":
    COPY.write_text(
        json.dumps(renewed(read_copy()), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
