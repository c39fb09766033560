"""What an operation was asked and answered when its example was last played (tests/contracts/test_examples.py)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from describing.words import role_labels

NAME, LIMIT = "played", "limit"
Example = Mapping[str, Any]


def read_examples(file: Path) -> dict[str, Example]:
    """By operation; written by `make examples`, so that nobody has to invent one."""
    found: dict[str, Example] = json.loads(file.read_text(encoding="utf-8"))
    return found


def show(operation: dict[str, Any], example: Example) -> None:
    """The example where a reader of the document looks for it: in parameters, body and answer.

    A list was played with one row for the sake of brevity; that is no value to begin with. What the operation has no
    longer is passed over: the document must be there for the next playing.
    """
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in example["parameters"] and parameter["name"] != LIMIT:
            parameter["example"] = example["parameters"][parameter["name"]]
    who = role_labels().get(example["by"], example["by"])
    asked = operation.get("requestBody", {}).get("content", {})
    answered = operation["responses"].get(str(example["status"]), {}).get("content", {})
    for content in asked.values():
        if "body" in example:
            content["examples"] = {NAME: {"summary": f"{who}提交", "value": example["body"]}}
    for kind, content in answered.items():
        if kind == example.get("media_type"):
            content["examples"] = {NAME: {"summary": f"答复{who}", "value": example["answer"]}}
