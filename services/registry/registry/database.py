from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import MetaData, Text, TypeDecorator, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

from kit.database import NAMING, TYPES
from records.history import changes_table


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


CHANGES = changes_table(Base.metadata)


class ManyOf(TypeDecorator[list[Any]]):
    """Several values of an enum, kept as `text[]`; nothing is an empty list."""

    impl = ARRAY(Text)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        self.kind = kind
        super().__init__()

    def process_bind_param(self, value: Sequence[StrEnum] | None, dialect: Dialect) -> list[str]:  # noqa: ARG002 - the signature is SQLAlchemy's
        return [one.value for one in value or ()]

    def process_result_value(self, value: Sequence[str] | None, dialect: Dialect) -> list[Any]:  # noqa: ARG002 - the signature is SQLAlchemy's
        return [self.kind(one) for one in value or ()]


def one_kind_at_a_time(name: str, number_column: str, kind: StrEnum) -> ExcludeConstraint:
    """As kit's one_at_a_time, for the rows of one `kind` only."""
    return ExcludeConstraint(
        (text(f"int4range({number_column}, {number_column}, '[]')"), "&&"),
        (text("daterange(valid_from, valid_to)"), "&&"),
        using="gist",
        where=text(f"recorded_to IS NULL AND kind = '{kind.value}'"),
        name=name,
    )
