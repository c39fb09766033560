"""What the database refuses, as the problem it means: a broken constraint has an error of its own."""

from collections.abc import Mapping

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.requests import Request
from starlette.responses import Response

from kit.problems import Conflict, PreconditionFailed, Problem, Unavailable, Unprocessable

UNAVAILABLE_STATES = ("57", "08", "53")
RETRYABLE_STATES = ("40001", "40P01", "55P03")
MALFORMED_TEXT_STATES = ("22021", "22P05", "22P02", "22003", "22008")
log = structlog.get_logger()


def from_database(error: BaseException, constraints: Mapping[str, type[Problem]]) -> Problem:
    """Name the broken constraint's own error; a missing database is 503, text it cannot hold is 422."""
    if isinstance(error, PoolTimeout | InterfaceError):
        return Unavailable()
    if isinstance(error, StaleDataError):
        return PreconditionFailed()
    if isinstance(error, DBAPIError):
        return _from_sqlstate(error, constraints)
    return Unprocessable()


def _from_sqlstate(error: DBAPIError, constraints: Mapping[str, type[Problem]]) -> Problem:
    state = getattr(error.orig, "sqlstate", None) or ""
    name = getattr(getattr(error.orig, "diag", None), "constraint_name", None) or ""
    if name in constraints:
        return constraints[name]()
    if state.startswith(UNAVAILABLE_STATES) or state in RETRYABLE_STATES:
        return Unavailable()
    if state in MALFORMED_TEXT_STATES or (isinstance(error, DataError) and not state):
        return Unprocessable()
    if isinstance(error, IntegrityError):
        log.warning("database.constraint_unmapped", constraint=name, sqlstate=state)
        return Conflict()
    if isinstance(error, OperationalError) and not state:
        return Unavailable()
    raise error


def install(app: FastAPI, constraints: Mapping[str, type[Problem]]) -> None:
    async def on_database(_: Request, error: Exception) -> Response:
        return from_database(error, constraints).response()

    for kind in (StatementError, PoolTimeout, StaleDataError):
        app.add_exception_handler(kind, on_database)
