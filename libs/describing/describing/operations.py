"""What one operation says beyond its shapes: who may call it, which headers it takes and gives, how it is refused."""

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi.dependencies.models import Dependant

from describing import refusals, shapes
from describing.reach import reach_of
from describing.words import SCOPES, role_labels
from kit import etags
from kit.paging import Page
from kit.permissions import PUBLIC, Rule
from kit.problems import Problem

Operation = dict[str, Any]
NEW_EACH_TIME = "new-key-each-time"
KEY_PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "每次提交用一个新值(如 UUID);重试同一次提交时用同一个值,不会重复执行",
    "schema": {"type": "string", "minLength": 8, "maxLength": 200, "pattern": r"^[\x21-\x7e]+$", "title": "提交编号"},
    "example": NEW_EACH_TIME,
}
ETAG = {"description": "内容的版本,修改时放入 If-Match", "schema": {"type": "string", "example": '"3"'}}
REPLAY = {"description": "出现时为 true:这是同一提交编号先前的应答", "schema": {"type": "string"}}


def describe(
    operation: Operation, route: Any, method: str, rule: Rule | None, constraints: Mapping[str, type[Problem]]
) -> set[type[Problem]]:
    """Adds to `operation`; answers the problems it may be refused with."""
    reach = reach_of(_code_of(route))
    is_public = rule is not None and PUBLIC in rule.roles
    kinds = refusals.of_its_kind(route, method, is_public=is_public)
    kinds |= refusals.of_its_code(reach, constraints, is_write=method != "GET")
    headers: dict[str, Any] = {}
    if refusals.needs_key(route, method):
        operation["parameters"] = [*operation.get("parameters", []), KEY_PARAMETER]
        headers["Idempotent-Replay"] = REPLAY
    if takes_if_match(route):
        kinds |= refusals.OF_IF_MATCH
        _require_if_match(operation)
    if {etags.tag, etags.etag_of} & set(reach.functions) and not answers_a_page(route):
        headers["ETag"] = ETAG
    _give_headers(operation, headers)
    shapes.type_files(operation)
    _say_who(operation, rule, is_public=is_public)
    operation["x-problem-codes"] = refusals.codes(kinds)
    for parameter in operation.get("parameters", ()):
        shapes.name_parameter(parameter)
    return kinds


def _code_of(route: Any) -> Iterator[Any]:
    waiting: list[Dependant] = [route.dependant]
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        if dependant.call is not None:
            yield dependant.call


def answers_a_page(route: Any) -> bool:
    """A list has no version of its own: the rows of a page carry theirs."""
    return isinstance(route.response_model, type) and issubclass(route.response_model, Page)


def takes_if_match(route: Any) -> bool:
    """Declared as optional, so that its absence is a 428 and not a 422."""
    return any(call is etags.read_if_match for call in _code_of(route))


def _require_if_match(operation: Operation) -> None:
    for parameter in operation["parameters"]:
        if parameter["in"] == "header" and parameter["name"].lower() == "if-match":
            parameter["name"] = "If-Match"
            parameter["required"] = True
            parameter["schema"] = {"type": "string", "title": "所见版本"}
            parameter["example"] = '"3"'


def _give_headers(operation: Operation, headers: Mapping[str, Any]) -> None:
    for status, answer in operation["responses"].items():
        if status.startswith("2") and headers:
            answer.setdefault("headers", {}).update(headers)


def _say_who(operation: Operation, rule: Rule | None, *, is_public: bool) -> None:
    operation["security"] = [] if is_public or rule is None else [{"bearer": []}]
    if rule is None:
        return
    operation["x-roles"] = sorted(rule.roles)
    operation["x-scope"] = rule.scope.value
    labels = role_labels()
    who = "、".join(label for role, label in labels.items() if role in rule.roles)
    sentence = f"可用角色:{who}。" if is_public else f"可用角色:{who}。范围:{SCOPES[rule.scope]}。"
    operation["description"] = "\n\n".join(part for part in (operation.get("description"), sentence) if part)
