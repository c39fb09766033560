"""Which functions an operation may come to run, and so how it may be refused: read from the code, followed by name.

An upper set: a name is followed whether or not this call would take the branch it stands in.
"""

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, fields, is_dataclass
from types import CodeType, FunctionType, ModuleType
from typing import Any

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


def _named_in(function: FunctionType) -> Iterator[Any]:
    """Every global, enclosed value and attribute of either that the code mentions, a method's own class included."""
    names = set(_names_of(function.__code__))
    values = [function.__globals__[name] for name in names if name in function.__globals__]
    values += [cell.cell_contents for cell in function.__closure__ or ()]
    own = function.__globals__.get(function.__qualname__.partition(".")[0])
    for holder in (*values, own):
        if isinstance(holder, ModuleType | type):
            yield from (vars(holder)[name] for name in names if name in vars(holder))
        else:
            yield from _held_by(holder, names)
    yield from values


def _held_by(thing: Any, names: Set[str]) -> Iterator[Any]:
    """Of an object that stands in a module: the methods that are mentioned, and the errors it was given to raise."""
    kind = type(thing)
    yield from (found for name in names if isinstance(found := vars(kind).get(name), FunctionType))
    if is_dataclass(thing):
        given = (getattr(thing, one.name, None) for one in fields(thing))
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
