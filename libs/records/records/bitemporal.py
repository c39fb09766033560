"""Rows with two times: when a thing held (days) and since when we believe it (instants), architecture D18."""

from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, or_
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql import text

Row = TypeVar("Row", bound="Bitemporal")


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
