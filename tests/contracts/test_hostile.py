"""Whatever is sent, by somebody who may do everything: never a 5xx, always a problem, never the input again."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from kit.problems import MEDIA_TYPE
from tests.contracts import hostile
from tests.contracts.attackers import Attacker
from tests.contracts.bodies import body_of
from tests.support.applications import Operation

IS_LONG = "LIANGXIN_FUZZ_EXAMPLES" in os.environ
"""`make fuzz`: every value everywhere, and other generated requests each time."""
EXAMPLES = int(os.environ.get("LIANGXIN_FUZZ_EXAMPLES", "10"))
A_FEW = 2
CURSOR, IN_WORDS = "after", frozenset({"title", "description", "default"})
LONG_ENOUGH_TO_KNOW_AGAIN = 12
IS_SLOW_BY_ORDER = {"wait"}
T = TypeVar("T")
ASKS_WHO_ONE_IS = {"read_own_account", "read_own_contact_duties"}
"""Of whoever has an account, or is an instructor; the attacker is neither."""


def fault(answer: httpx2.Response, *sent: str) -> str | None:
    """What is wrong with an answer to hostile input, if anything."""
    if answer.status_code >= 500:
        return f"{answer.status_code} {answer.text[:200]}"
    if answer.status_code < 400:
        return None
    if answer.headers.get("content-type") != MEDIA_TYPE or answer.json()["status"] != answer.status_code:
        return f"{answer.status_code} as {answer.headers.get('content-type')}"
    if any(one in answer.text for one in (hostile.CANARY, *sent)):
        return f"{answer.status_code} repeats what was sent: {answer.text[:200]}"
    return None


def faults(attempts: Iterator[tuple[str, httpx2.Response]]) -> dict[str, str]:
    found = {}
    for attempt, answer in attempts:
        if (wrong := fault(answer)) is not None:
            found[attempt] = wrong
    return found


class Turns:
    """All values to the first of a kind, and the next few to every later one, until each has had its turn."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def of(self, kind: str, values: Sequence[T]) -> Sequence[T]:
        turn = self._taken[kind]
        self._taken[kind] += 1
        if turn == 0 or IS_LONG:
            return values
        return [values[(turn * A_FEW + one) % len(values)] for one in range(A_FEW)]


def kind_of(parameter: Mapping[str, Any]) -> str:
    """What decides how its value is read: cursors are read by code of ours, everything else by its schema."""
    schema = {name: one for name, one in parameter["schema"].items() if name not in IN_WORDS}
    return f"{parameter['name'] == CURSOR} {schema}"


def queries(attacker: Attacker) -> Iterator[tuple[str, httpx2.Response]]:
    turns = Turns()
    for operation in attacker.service.operations:
        needed = {one["name"]: "2025" for one in operation.parameters("query") if one.get("required")}
        for parameter in operation.parameters("query"):
            name = parameter["name"]
            if name in IS_SLOW_BY_ORDER:
                continue
            rest = urlencode({one: value for one, value in needed.items() if one != name})
            hostile_values = (*hostile.ENCODED, *(hostile.CURSORS if name == CURSOR else ()))
            once = [(value[:30], f"{name}={value}") for value in hostile_values]
            for title, query in turns.of(kind_of(parameter), [*once, ("twice", f"{name}=1&{name}=2")]):
                answer = attacker.send(operation, f"{attacker.address(operation)}?{rest}&{query}")
                yield f"{operation} {name}={title}", answer


def addresses(attacker: Attacker) -> Iterator[tuple[str, httpx2.Response]]:
    turns = Turns()
    values = [one for one in hostile.ENCODED if one]
    for operation in attacker.service.operations:
        for parameter in operation.parameters("path"):
            for value in turns.of(kind_of(parameter), values):
                url = operation.address(**{parameter["name"]: value})
                yield f"{operation} {parameter['name']}={value[:30]}", attacker.send(operation, url)


def headers(attacker: Attacker) -> Iterator[tuple[str, httpx2.Response]]:
    turns = Turns()
    for operation in attacker.service.operations:
        if operation.method == "get":
            continue
        for name, values in (("Idempotency-Key", hostile.IDEMPOTENCY_KEYS), ("If-Match", hostile.VERSIONS)):
            for value in turns.of(f"{operation.method} {name}", values):
                answer = attacker.send(operation, attacker.address(operation), headers={name: value}, json={})
                yield f"{operation} {name}: {value[:30]!r}", answer


def envelopes(attacker: Attacker) -> Iterator[tuple[str, httpx2.Response]]:
    turns = Turns()
    for operation in attacker.service.operations:
        if operation.media_type is None:
            continue
        for kind, content in turns.of(operation.media_type, hostile.ENVELOPES):
            answer = attacker.send(
                operation, attacker.address(operation), headers={"Content-Type": kind}, content=content
            )
            yield f"{operation} {kind} {content[:30]!r}", answer


def fields(attacker: Attacker) -> Iterator[tuple[str, httpx2.Response]]:
    turns = Turns()
    for operation in attacker.service.operations:
        body = body_of(operation, attacker.service.document, attacker.known)
        if not isinstance(body, dict):
            continue
        contents = [one for name in body for one in turns.of(name, [*hostile.spoilt(body, name)])]
        for content in [*contents, hostile.unknown(body)]:
            sent = {"headers": {"Content-Type": "application/json"}, "content": content}
            yield f"{operation} {content[:300]!r}", attacker.send(operation, attacker.address(operation), **sent)


PLACES: Mapping[str, Callable[[Attacker], Iterator[tuple[str, httpx2.Response]]]] = {
    "query": queries, "address": addresses, "header": headers, "envelope": envelopes, "field": fields,
}  # fmt: skip


class TestHostileValue:
    @pytest.mark.parametrize("place", PLACES)
    def test_is_answered_with_a_problem(self, attacker: Attacker, place: str) -> None:
        assert faults(PLACES[place](attacker)) == {}

    def test_leaves_every_list_readable(self, attacker: Attacker) -> None:
        """Whatever was written above, or by the generated requests before, can still be read."""
        lists = [one for one in attacker.service.operations if one.method == "get" and not one.parameters("path")]
        open_lists = [one for one in lists if not any(given.get("required") for given in one.parameters("query"))]

        answers = {one.name: attacker.send(one, one.path).status_code for one in open_lists}

        unreadable = {name for name, status in answers.items() if status != 200}
        assert unreadable <= ASKS_WHO_ONE_IS


class TestGeneratedRequest:
    def test_is_answered_with_a_problem_or_done(self, attacker: Attacker) -> None:
        document = schemathesis.openapi.from_dict(attacker.service.document)
        found = {}
        for operation in attacker.service.operations:
            described = document[operation.path][operation.method.upper()]
            wrong = generated_fault(attacker, operation, described)
            if wrong is not None:
                found[str(operation)] = wrong

        assert found == {}


def generated_fault(attacker: Attacker, operation: Operation, described: Any) -> str | None:
    """The smallest generated request that is answered wrongly."""

    @given(case=described.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=not IS_LONG,
        suppress_health_check=list(HealthCheck),
    )
    def attack(case: schemathesis.Case) -> None:
        answer, sent = send_case(attacker, operation, case)
        wrong = fault(answer, *sent)
        assert wrong is None, f"{answer.request.url} {str(case.body)[:300]} → {wrong}"

    try:
        attack()
    except AssertionError as error:
        return str(error)[:600]
    return None


def send_case(attacker: Attacker, operation: Operation, case: schemathesis.Case) -> tuple[httpx2.Response, list[str]]:
    """The generated parameters and body, with ids of what exists in the path so that it is not refused at once."""
    given_path = {name: quote(str(value), safe="") for name, value in (case.path_parameters or {}).items()}
    ids = {one["name"]: attacker.known(one["name"]) for one in operation.parameters("path") if "_id" in one["name"]}
    query = {name: value for name, value in (case.query or {}).items() if name not in IS_SLOW_BY_ORDER}
    content: dict[str, Any] = {"params": query}
    if operation.media_type == "application/json" and not isinstance(case.body, schemathesis.core.NotSet):
        content["json"] = case.body
    answer = attacker.send(operation, operation.address(**{**given_path, **ids}), **content)
    strings = [one for one in query.values() if isinstance(one, str)]
    return answer, [one for one in strings if len(one) >= LONG_ENOUGH_TO_KNOW_AGAIN]
