"""A misspelt filter is refused, not ignored: it would answer with everything."""

from collections.abc import Callable, Coroutine, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from kit import problems
from kit.problems import MAX_REPORTED_FIELDS, FieldError, pointer

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class UnknownParameter(problems.Unprocessable):
    code = "unknown-parameter"
    detail = "网址中有不认识的查询参数,请按提示修改"


class StrictRoute(APIRoute):
    """Takes the query parameters it declares and no others."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Most routes are told apart by how they begin, without an expression."""
        return super().matches(scope) if self.path.partition("{")[0] in scope["path"] else (Match.NONE, {})

    def get_route_handler(self) -> Handler:
        answer = super().get_route_handler()
        known = frozenset(query_names(self))

        async def strict(request: Request) -> Response:
            if not known.issuperset(request.query_params):
                raise unknown(request.query_params, known)
            return await answer(request)

        return strict


def query_names(route: APIRoute) -> Iterator[str]:
    """As they are written in an address; a class of filters gives the names of its fields."""
    waiting = [route.dependant]
    while waiting:
        dependant = waiting.pop()
        waiting += dependant.dependencies
        for field in dependant.query_params:
            kind = field.field_info.annotation
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from (one.alias or name for name, one in kind.model_fields.items())
            else:
                yield field.alias


def unknown(given: Iterable[str], known: frozenset[str]) -> UnknownParameter:
    foreign = sorted(set(given) - known)[:MAX_REPORTED_FIELDS]
    return UnknownParameter(fields=[FieldError(pointer(["query", name]), _advice(name, known)) for name in foreign])


def _advice(name: str, known: frozenset[str]) -> str:
    if nearest := get_close_matches(name[:60], sorted(known), n=1, cutoff=0.5):
        return f"没有这个参数,您是否要用 {nearest[0]}?"
    return f"没有这个参数,可用的有:{'、'.join(sorted(known))}" if known else "没有这个参数,这里不接受任何查询参数"
