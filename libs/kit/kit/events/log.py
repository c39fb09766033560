"""Appending to the event log, in the transaction of the business write."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

import structlog
from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    Uuid,
    func,
    insert,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from kit.database import C_TEXT, Xid8, metadata
from kit.ids import uuid7

event_log = Table(
    "event_log",
    metadata,
    Column("epoch", Integer, primary_key=True, server_default=text("1")),
    Column("tx", Xid8(), primary_key=True, server_default=text("pg_current_xact_id()")),
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("subject", Uuid, nullable=False),
    Column("subject_version", BigInteger, nullable=False),
    Column("root_id", Uuid),
    Column("path", C_TEXT),
    Column("time", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp()),
    Column("data", JSONB, nullable=False),
    Column("actor", Uuid),
    Column("trace", Text),
    Index("ix_event_log_subject", "subject", "tx", "seq"),
)


class Acting(Protocol):
    @property
    def subject(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Event:
    id: UUID
    type: str
    subject: UUID
    version: int
    root_id: UUID | None
    path: str | None
    time: datetime
    data: Mapping[str, Any]
    actor: UUID | None


async def append(
    db: AsyncSession,
    *,
    type: str,  # noqa: A002 - the CloudEvents attribute
    subject: UUID,
    version: int,
    data: Mapping[str, Any],
    root_id: UUID | None = None,
    path: str | None = None,
    actor: Acting | None = None,
) -> None:
    """`data` is JSON-ready and complete; ID numbers, phones and birth dates never belong in it."""
    row = {"type": type, "subject": subject, "version": version, "data": data, "root_id": root_id, "path": path}
    await append_many(db, [row], actor)


async def append_many(db: AsyncSession, rows: Iterable[Mapping[str, Any]], actor: Acting | None = None) -> int:
    """Rows have the keyword arguments of `append`; one round trip a thousand."""
    trace = structlog.contextvars.get_contextvars().get("request_id")
    values = [_values(row, actor) | {"trace": trace} for row in rows]
    if values:
        await db.flush()
        await db.execute(insert(event_log), values)
    return len(values)


def _values(row: Mapping[str, Any], actor: Acting | None) -> dict[str, Any]:
    acting: Acting | None = row.get("actor", actor)
    return {
        "id": uuid7(),
        "type": row["type"],
        "subject": row["subject"],
        "subject_version": row["version"],
        "root_id": row.get("root_id"),
        "path": row.get("path"),
        "data": dict(row["data"]),
        "actor": acting.subject if acting else None,
    }
