"""Columns of the rows that somebody owns, and the columns a schema shows of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row, Select, func, inspect, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.attributes import flag_modified

from kit.database import Versioned
from kit.ids import uuid7

Read = TypeVar("Read", bound=BaseModel)
NOTHING_ELSE = (("__pydantic_extra__", None), ("__pydantic_private__", None))
VERSION = "version"


class Owned(Versioned):
    """Whose it is, in which district, who wrote it down and when. `version` is the ETag."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    root_id: Mapped[UUID]
    organization_id: Mapped[UUID] = mapped_column(index=True)
    recorded_by: Mapped[UUID]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


def touch(row: Versioned) -> None:
    """What hangs on a row has changed, so the row has: its version rises with the next flush."""
    columns = inspect(row).mapper.columns
    flag_modified(row, next(name for name, column in columns.items() if name != VERSION and _is_written(column)))


def _is_written(column: Any) -> bool:
    """Not by the database alone, as a number it counts."""
    return not column.primary_key and column.identity is None


def rows_of(
    model: type[DeclarativeBase], schema: type[BaseModel], derived: Mapping[str, Any]
) -> Select[*tuple[Any, ...]]:
    """One column for every field of the schema: an expression of `derived`, else the model's column of that name."""
    columns = ((derived[name] if name in derived else getattr(model, name)).label(name) for name in schema.model_fields)
    return select(*columns).select_from(model)


def shown(read: type[Read], row: Row[Any]) -> Read:
    """What the database holds was checked when it was written, so it is not checked again."""
    return made(read, row._asdict())


def made(read: type[Read], values: dict[str, Any]) -> Read:
    """As `model_construct` makes it, which looks every field up; not where each of them is given."""
    if values.keys() != read.model_fields.keys():
        return read.model_construct(**values)
    one = read.__new__(read)
    for name, value in (("__dict__", values), ("__pydantic_fields_set__", set(values)), *NOTHING_ELSE):
        object.__setattr__(one, name, value)
    return one
