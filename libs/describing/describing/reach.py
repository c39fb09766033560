"""Which functions an operation may come to run, and so how it may be refused: read from the code, followed by name.

An upper set: a name is followed whether or not this call would take the branch it stands in.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any, get_origin

from pydantic import BaseModel

from kit.problems import Problem

LIBRARIES = frozenset(("kit", "records", "roster", "sheets", "attachments", "sealing"))


@dataclass
class Reach:
    functions: set[Callable[..., Any]] = field(default_factory=set)
    problems: set[type[Problem]] = field(default_factory=set)
    modules: set[str] = field(default_factory=set)


def reach_of(starts: Iterable[Any]) -> Reach:
    """From an endpoint and what it depends on; only our own code is followed."""
    starts = list(starts)
    ours = LIBRARIES | {_root_of(start) for start in starts}
    found, seen, waiting = Reach(), set[int](), list(starts)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, type) and issubclass(thing, Problem):
            found.problems.add(thing)
        elif _root_of(thing) in ours:
            waiting += _next_of(thing, found)
        elif isinstance(thing, Mapping | tuple | list | frozenset | functools.partial):
            waiting += _inside(thing)
    return found


def _next_of(thing: Any, found: Reach) -> Iterator[Any]:
    function = inspect.unwrap(thing) if callable(thing) else thing
    if isinstance(function, FunctionType):
        found.functions.add(function)
        found.modules.add(function.__module__)
        yield from _named_in(function)
    elif isinstance(function, type) and not issubclass(function, BaseModel):
        yield from _methods_of(function)


def _methods_of(kind: type) -> Iterator[Any]:
    for value in vars(kind).values():
        if isinstance(value, property):
            yield value.fget
        elif isinstance(value, staticmethod | classmethod):
            yield value.__func__
        elif isinstance(value, FunctionType):
            yield value


@functools.cache
def _named_in(function: FunctionType) -> tuple[Any, ...]:
    """Every global and enclosed value that the code mentions; read once, for hundreds of operations reach it.

    And whatever it mentions of one of them, of its own class, of what it is given and of what a mentioned call answers.
    """
    names = set(_names_of(function.__code__))
    values = [function.__globals__[name] for name in names if name in function.__globals__]
    values += [cell.cell_contents for cell in function.__closure__ or ()]
    own = function.__globals__.get(function.__qualname__.partition(".")[0])
    holders = (*values, own, *_kinds(function.__annotations__.values()))
    named = [found for holder in holders for found in _held_by(holder, names)]
    answers = _kinds(one.__annotations__.get("return") for one in (*values, *named) if isinstance(one, FunctionType))
    named += [found for holder in answers for found in _held_by(holder, names)]
    return (*values, *(one for one in named if one is not None))


def _kinds(annotations: Iterable[Any]) -> Iterator[type]:
    """Their classes: `Annotated[Register[Member, MemberRead], …]` is a `Register`."""
    for annotation in annotations:
        bare = getattr(annotation, "__origin__", annotation) if hasattr(annotation, "__metadata__") else annotation
        kind = get_origin(bare) or bare
        if isinstance(kind, type):
            yield kind


def _held_by(holder: Any, names: Set[str]) -> Iterator[Any]:
    """What is mentioned of a module, a class or an object, and the errors that an object was given to raise."""
    if isinstance(holder, ModuleType | type):
        yield from (inspect.getattr_static(holder, name, None) for name in names)
        return
    kind = type(holder)
    yield from (found for name in names if isinstance(found := inspect.getattr_static(kind, name, None), FunctionType))
    if is_dataclass(holder):
        given = (getattr(holder, one.name, None) for one in fields(holder))
        yield from (one for one in given if isinstance(one, type) and issubclass(one, Problem))


def _names_of(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names_of(constant)


def _inside(thing: Any) -> Iterable[Any]:
    if isinstance(thing, functools.partial):
        return (thing.func, *thing.args, *thing.keywords.values())
    return thing.values() if isinstance(thing, Mapping) else thing


def _root_of(thing: Any) -> str:
    return str(getattr(thing, "__module__", None) or "").partition(".")[0]
