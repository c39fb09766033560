"""Every writing operation and every export leads to the event log, in each of its services, but for those named here.

The code is walked from the route on, so that none is forgotten; that the event is really told when the operation
succeeds, and what it says, is tried where the operation is tested.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import FunctionType, MethodType, ModuleType
from typing import Any

import pytest
from fastapi.routing import APIRoute

from kit.events import log
from records.events import record_event, record_events
from records.files import Export
from records.registers import Register
from tests.support.applications import SERVICES

OURS = ("kit", "records", *SERVICES)
SINKS: frozenset[Any] = frozenset({record_event, record_events, log.append, log.append_many})
OWNERS: dict[str, Any] = {"Export": Export, "Register": Register}
EXPORT_PARAMETER = "to"
WRITING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
SILENT = {
    "scoring": {
        "register_voting_token": "who takes part in a secret vote is not told",
        "cast_vote": "what was chosen is not told",
    },
}


@cache
def routes_of(service: str) -> dict[str, APIRoute]:
    """Operation to route, for those that write or export."""
    found = [
        route
        for domain in import_module(f"{service}.app").DOMAINS
        for router in domain.routers
        for route in router.routes
        if isinstance(route, APIRoute)
    ]
    return {one.name: one for one in found if (one.methods or set()) & WRITING or one.name.startswith("export_")}


def plain(thing: Any) -> tuple[FunctionType | None, Any]:
    """The function of ours behind a name, and the object it is bound to."""
    owner = thing.__self__ if isinstance(thing, MethodType) else None
    function = thing.__func__ if isinstance(thing, MethodType) else thing
    function = inspect.unwrap(function) if callable(function) else function
    is_ours = isinstance(function, FunctionType) and function.__module__.partition(".")[0] in OURS
    return (function if is_ours else None), owner


def resolved(node: ast.expr, names: dict[str, Any]) -> Any:
    """What a name stands for; what a call gives is taken for the object it was asked of, or for some register."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        holder = resolved(node.value, names)
        return None if holder is None else getattr(holder, node.attr, None)
    if isinstance(node, ast.Call):
        made = resolved(node.func, names)
        if isinstance(made, MethodType):
            return made.__self__
        return Register if plain(made)[0] is not None else None
    return None


def mentioned_in(function: FunctionType, owner: Any) -> Iterator[Any]:
    names = {**function.__globals__, **inspect.getclosurevars(function).nonlocals, "self": owner}
    for parameter in inspect.signature(function).parameters.values():
        if parameter.name == EXPORT_PARAMETER:
            names[parameter.name] = Export
        elif "registers.Register" in str(parameter.annotation):
            names[parameter.name] = Register
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        if isinstance(node, ast.Name | ast.Attribute):
            found = resolved(node, names)
            if found is not None and not isinstance(found, ModuleType):
                yield found


def leads_to_the_log(start: Callable[..., Any]) -> bool:
    waiting: list[tuple[Any, Any]] = [(start, None)]
    seen: set[tuple[FunctionType, int]] = set()
    while waiting:
        thing, holder = waiting.pop()
        function, owner = plain(thing)
        if function is None:
            continue
        if function in SINKS:
            return True
        if owner is None or function.__qualname__.startswith("Export."):
            owner = OWNERS.get(function.__qualname__.partition(".")[0], holder)
        if (function, id(owner)) not in seen:
            seen.add((function, id(owner)))
            waiting += [(one, owner) for one in mentioned_in(function, owner)]
    return False


class TestEveryWritingOperationAndExport:
    @pytest.mark.parametrize("service", SERVICES)
    def test_leads_to_the_event_log(self, service: str) -> None:
        silent = {name for name, route in routes_of(service).items() if not leads_to_the_log(route.endpoint)}

        assert silent == set(SILENT.get(service, {}))

    def test_is_walked_with_those_that_were_silent_once(self) -> None:
        once = {"file_objection", "open_ballot", "submit_pledges", "exempt_from_pledges", "record_survey_absence"}

        assert once <= routes_of("scoring").keys()
        assert {one for one in routes_of("registry") if one.startswith("export_")}

    def test_is_not_taken_for_one_that_tells_nothing(self) -> None:
        def quiet() -> None:
            log.event_log.select()

        quiet.__module__ = "kit.quiet"
        assert leads_to_the_log(record_event)
        assert not leads_to_the_log(quiet)
