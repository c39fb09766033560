"""Rows with two times: when a thing held (days) and since when we believe it (instants), architecture D18."""

from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, func, inspect, or_
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import text

from records.history import keep_replaced

Row = TypeVar("Row", bound="Bitemporal")
RENEWED = frozenset({"record_id", "recorded_from", "recorded_to"})
VERSION = "version"


class Bitemporal:
    """`valid_to` is the first day it no longer holds, NULL until further notice; corrections close `recorded_to`."""

    valid_from: Mapped[date] = mapped_column(nullable=False)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    recorded_from: Mapped[datetime] = mapped_column(nullable=False, server_default=func.now())
    recorded_to: Mapped[datetime | None] = mapped_column(default=None)


def believed(model: type[Bitemporal], at: datetime | None = None) -> ColumnElement[bool]:
    """Rows as we believe them now, or as we believed them at an instant."""
    if at is None:
        return model.recorded_to.is_(None)
    return and_(model.recorded_from <= at, or_(model.recorded_to.is_(None), model.recorded_to > at))


def valid_on(model: type[Bitemporal], day: date, recorded_at: datetime | None = None) -> ColumnElement[bool]:
    """Rows that held on a day, as believed now or at an instant."""
    return and_(
        believed(model, recorded_at),
        model.valid_from <= day,
        or_(model.valid_to.is_(None), model.valid_to > day),
    )


def one_at_a_time(name: str, number_column: str) -> ExcludeConstraint:
    """No two believed rows of the same owner overlap; needs no extension, because the owner is an int range (D2).

    `number_column` must be NOT NULL: a NULL would make the range unbounded and block every owner.
    """
    return ExcludeConstraint(
        (text(f"int4range({number_column}, {number_column}, '[]')"), "&&"),
        (text("daterange(valid_from, valid_to)"), "&&"),
        using="gist",
        where=text("recorded_to IS NULL"),
        name=name,
    )


async def succeed(db: AsyncSession, record: Row, **changes: Any) -> Row:
    """The record that takes the place of one that is believed no longer: the same but for its `changes`.

    The table has `record_id` beside `id`, or an `id` that is a record's own. What became different is in the history.
    """
    model = type(record)
    names = inspect(model).column_attrs.keys()
    kept = {name: getattr(record, name) for name in names if name not in RENEWED | {inspect(model).primary_key[0].key}}
    if VERSION in kept:
        kept[VERSION] += 1
    record.recorded_to = func.now()
    await db.flush()
    successor = model(**{**kept, **changes})
    db.add(successor)
    await db.flush()
    if VERSION in kept:
        await keep_replaced(db, record, successor)
    return successor
