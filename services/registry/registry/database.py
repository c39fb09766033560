from enum import StrEnum

from kit.database import declarative_base
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

Base = declarative_base()


def one_kind_at_a_time(name: str, number_column: str, kind: StrEnum) -> ExcludeConstraint[object]:
    """As kit's one_at_a_time, for the rows of one `kind` only."""
    return ExcludeConstraint(
        (text(f"int4range({number_column}, {number_column}, '[]')"), "&&"),
        (text("daterange(valid_from, valid_to)"), "&&"),
        using="gist",
        where=text(f"recorded_to IS NULL AND kind = '{kind.value}'"),
        name=name,
    )
