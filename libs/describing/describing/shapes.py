"""Chinese names for the fields and parameters that do not give their own."""

from collections.abc import Mapping
from typing import Any

from describing.words import is_chinese, titles


def name_properties(schemas: Mapping[str, Any]) -> None:
    for schema in schemas.values():
        for name, described in schema.get("properties", {}).items():
            if not is_chinese(described.get("title")) and name in titles():
                described["title"] = titles()[name]


def name_parameter(parameter: dict[str, Any]) -> None:
    """A page shows a parameter's description, a generator reads its title: both are given."""
    schema = parameter.setdefault("schema", {})
    if not is_chinese(schema.get("title")):
        known = titles().get(parameter["name"])
        if known is None:
            return
        schema["title"] = known
    parameter.setdefault("description", schema["title"])


def type_files(operation: Mapping[str, Any]) -> None:
    """An answer that is no JSON is a file."""
    for answer in operation["responses"].values():
        for kind, content in answer.get("content", {}).items():
            if not kind.endswith("json") and not content.get("schema"):
                content["schema"] = {"type": "string", "format": "binary"}
