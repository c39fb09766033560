"""The problem codes an operation may answer: those of its kind, and those its code can come to."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi.dependencies.utils import get_flat_params

from describing.reach import Reach
from describing.words import is_chinese
from kit import etags, idempotency, parameters, problems
from kit.problems import Problem

Kinds = set[type[Problem]]
ANEW = "每次说明具体原因"
ALWAYS: Kinds = {Problem, problems.Unavailable, parameters.UnknownParameter}
OF_A_BODY: Kinds = {problems.BadRequest, problems.TooLarge, problems.Unprocessable}
OF_A_WRITE: Kinds = {problems.Conflict, problems.PreconditionFailed}
OF_A_KEY: Kinds = {idempotency.IdempotencyKeyRequired, idempotency.IdempotencyKeyReused}
OF_IF_MATCH: Kinds = {problems.PreconditionRequired, problems.PreconditionFailed, etags.MalformedIfMatch}


def of_its_kind(route: Any, method: str, *, is_public: bool) -> Kinds:
    found = set(ALWAYS)
    if not is_public:
        found |= {problems.Unauthenticated, problems.Forbidden}
    if get_flat_params(route.dependant):
        found.add(problems.Unprocessable)
    if route.body_field is not None:
        found |= OF_A_BODY
    if method != "GET":
        found |= OF_A_WRITE
    if needs_key(route, method):
        found |= OF_A_KEY
    return found


def needs_key(route: Any, method: str) -> bool:
    return method == "POST" and getattr(route.original_route, "needs_idempotency_key", False)


def of_its_code(reach: Reach, constraints: Mapping[str, type[Problem]], *, is_write: bool) -> Kinds:
    """Beside what is raised: what the database's own constraints of the same domains are called."""
    found = reach.problems - {Problem}
    if is_write:
        domains = {module.rpartition(".")[0] for module in reach.modules}
        found |= {kind for kind in constraints.values() if kind.__module__.rpartition(".")[0] in domains}
    return found


def codes(kinds: Iterable[type[Problem]]) -> list[str]:
    return sorted({kind.code for kind in kinds})


def table(kinds: Iterable[type[Problem]]) -> dict[str, dict[str, Any]]:
    """Status and sentence of each code; a sentence may have `{places}` that are filled in, or be said anew."""
    ordered = sorted(kinds, key=lambda kind: (kind.code, kind.__module__))
    return {kind.code: {"status": kind.status_code, "detail": _sentence(kind)} for kind in ordered}


def _sentence(kind: type[Problem]) -> str:
    return kind.detail if is_chinese(kind.detail) else ANEW
