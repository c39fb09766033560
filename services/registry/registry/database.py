from enum import StrEnum

from sqlalchemy import MetaData, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import DeclarativeBase

from kit.database import NAMING, TYPES


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPES


def one_kind_at_a_time(name: str, number_column: str, kind: StrEnum) -> ExcludeConstraint:
    """As kit's one_at_a_time, for the rows of one `kind` only."""
    return ExcludeConstraint(
        (text(f"int4range({number_column}, {number_column}, '[]')"), "&&"),
        (text("daterange(valid_from, valid_to)"), "&&"),
        using="gist",
        where=text(f"recorded_to IS NULL AND kind = '{kind.value}'"),
        name=name,
    )
