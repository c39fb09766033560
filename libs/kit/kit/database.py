"""One transaction a request (opened and committed here and nowhere else), and what columns are made of."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, Request
from sqlalchemy import BigInteger, Date, DateTime, Enum, Integer, MetaData, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Mapped, declared_attr, mapped_column
from sqlalchemy.types import UserDefinedType

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
C_TEXT = Text(collation="C")
TYPES: dict[Any, Any] = {
    str: Text(),
    int: BigInteger(),
    datetime: DateTime(timezone=True),
    date: Date(),
    Decimal: Numeric(12, 2),
    UUID: Uuid(),
    dict: JSONB(),
    dict[str, Any]: JSONB(),
    list[Any]: JSONB(),
}
metadata = MetaData(naming_convention=NAMING)
SAFE_METHODS = ("GET", "HEAD")


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id, an int in Python (psycopg hands it over as text)."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "xid8"

    def bind_processor(self, dialect: Dialect) -> Any:  # noqa: ARG002 - the signature is SQLAlchemy's
        return lambda value: None if value is None else str(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:  # noqa: ARG002 - the signature is SQLAlchemy's
        return lambda value: None if value is None else int(value)

    def bind_expression(self, bindvalue: Any) -> Any:
        from sqlalchemy import cast

        return cast(bindvalue, self)


def stored_enum(kind: type[StrEnum]) -> Enum:
    """An enum kept as text with a CHECK, so that its values read in SQL as in JSON."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=f"{kind.__name__.lower()}_known",
        values_callable=lambda entries: [entry.value for entry in entries],
        validate_strings=True,
    )


class Versioned:
    """Optimistic lock: every UPDATE raises `version` and refuses a stale one."""

    version: Mapped[int] = mapped_column(Integer, nullable=False, default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - declared_attr receives the class
        return {"version_id_col": cls.version}


@asynccontextmanager
async def transaction(engine: AsyncEngine, *, demonstration: bool = False) -> AsyncIterator[AsyncSession]:
    """A session whose work is committed at the end, or rolled back as a whole."""
    session = AsyncSession(engine, expire_on_commit=False, info={"demonstration": demonstration})
    async with session:
        yield session
        await session.commit()


@asynccontextmanager
async def reading(engine: AsyncEngine, *, demonstration: bool = False) -> AsyncIterator[AsyncSession]:
    """A session of an engine that only reads, each statement by itself: nothing is left to commit."""
    session = AsyncSession(engine, info={"demonstration": demonstration})
    try:
        yield session
    finally:
        await session.close()


@asynccontextmanager
async def app_transaction(app: FastAPI) -> AsyncIterator[AsyncSession]:
    async with transaction(app.state.engine, demonstration=app.state.settings.demonstration) as session:
        yield session


async def open_session(request: Request, *, reads_only: bool = False) -> AsyncSession:
    """The session of the request; what it wrote is committed before the answer is sent."""
    state, stack = request.app.state, request.scope["fastapi_function_astack"]
    opened, engine = (reading, state.reading_engine) if reads_only else (transaction, state.engine)
    db: AsyncSession = await stack.enter_async_context(opened(engine, demonstration=state.settings.demonstration))
    request.scope["kit_session"] = db
    return db


async def _request_session(request: Request) -> AsyncSession:
    """The route class may have opened it already: for an idempotent write, and for an export."""
    return request.scope.get("kit_session") or await open_session(request, reads_only=request.method in SAFE_METHODS)


Db = Annotated[AsyncSession, Depends(_request_session)]
