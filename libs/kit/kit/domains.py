"""What a domain gives to its service, declared once as `DOMAIN` in its outermost module."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from fastapi import APIRouter, FastAPI
from procrastinate import Blueprint

from kit.events import Consumer
from kit.problems import Problem


@dataclass(frozen=True)
class Domain:
    """`prepare` may refuse to start the service; `run` goes on beside it until cancelled, on every replica."""

    routers: Sequence[APIRouter] = ()
    tables: ModuleType | None = None
    constraint_errors: Mapping[str, type[Problem]] = field(default_factory=dict)
    consumers: Sequence[Consumer] = ()
    jobs: Blueprint | None = None
    prepare: Callable[[FastAPI], None] | None = None
    run: Callable[[FastAPI], Coroutine[Any, Any, None]] | None = None
    forget: Callable[..., Awaitable[None]] | None = None
