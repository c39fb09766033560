"""Plausible content for an operation, made from its own schema."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tests.support.applications import Operation

Identify = Callable[[str], str]
STRINGS = {
    "date": "2025-03-10",
    "date-time": "2025-03-10T09:00:00+08:00",
    "time": "09:00:00",
    "binary": "x",
}
BY_NAME = {"month": "2025-03", "ends_at": "2025-03-10T11:00:00+08:00", "division": "990100"}


def resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without references, and without the null of an optional field."""
    if "$ref" in schema:
        return resolved(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], document)
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            return resolved(choice, document)
    return schema


def plausible(schema: Mapping[str, Any], document: Mapping[str, Any], identify: Identify, name: str = "") -> Any:
    schema = resolved(schema, document)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    if schema.get("type") == "object":
        required, properties = schema.get("required", ()), schema.get("properties", {})
        return {one: plausible(properties[one], document, identify, one) for one in required}
    if schema.get("type") == "array":
        return [plausible(schema["items"], document, identify, name.removesuffix("s"))]
    if schema.get("format") == "uuid":
        return identify(name)
    if schema.get("type") == "string":
        return BY_NAME.get(name) or STRINGS.get(schema.get("format", ""), "学习记录")
    return {"integer": 1, "number": 1, "boolean": True}.get(schema.get("type", ""))


def body_of(operation: Operation, document: Mapping[str, Any], identify: Identify) -> Any:
    content = operation.described.get("requestBody", {}).get("content", {})
    return (
        plausible(content["application/json"]["schema"], document, identify) if "application/json" in content else None
    )


def identifying_fields(operation: Operation, document: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Fields of the body that hold an id, and whether they hold several."""
    content = operation.described.get("requestBody", {}).get("content", {})
    schema = resolved(content.get("application/json", {}).get("schema", {}), document)
    for name, described in schema.get("properties", {}).items():
        field = resolved(described, document)
        is_list = field.get("type") == "array"
        if (resolved(field["items"], document) if is_list else field).get("format") == "uuid":
            yield name, is_list
