"""Renew the search keys of names that are written in more than one way; the names themselves stay as they are kept."""

import re

import sqlalchemy as sa
from alembic import op

from registry.names import search_keys

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NAMED = ("party_organizations", "units", "members", "instructors")
PLAIN = "^[\u4e00-\u9fff0-9a-z]*$"
BATCH = 5_000


def upgrade() -> None:
    for table in NAMED:
        _renew(op.get_bind(), table)


def downgrade() -> None:
    """Nothing to take back: the former release searches these keys too."""


def _renew(connection: sa.Connection, table: str) -> None:
    """Only names with more than Han characters, digits and small letters can have other keys than before."""
    query = sa.text(f"SELECT id, name, search_keys FROM {table} WHERE name !~ :plain")  # noqa: S608 - a constant
    change = sa.text(f"UPDATE {table} SET search_keys = :keys WHERE id = :id")  # noqa: S608 - a constant
    rows = connection.execute(query, {"plain": PLAIN}).all()
    changes = [{"id": row.id, "keys": _keys(row.name)} for row in rows if _keys(row.name) != row.search_keys]
    for start in range(0, len(changes), BATCH):
        connection.execute(change, changes[start : start + BATCH])


def _keys(name: str) -> list[str]:
    """A name that would be refused today keeps what of it can be seen."""
    return search_keys(re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", name))
