"""Give the indicators their sources that are earned by facts of the registry and by activities of training.

They had none in the default catalogue; their points and their caps stay as they were published.
"""

import json
from typing import Any

from alembic import op

from scoring.points.indicators.defaults import MANUAL, default_catalogues

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

CODES = (
    "M10", "M21", "M25", "M30", "M31", "M32", "M34", "M36", "M37", "M38", "M47", "O01",
    "O02", "O03", "O04", "O06", "O07", "O08", "O09", "O10", "O11", "O12", "O13", "O15",
    "O16", "O17", "O18", "O19", "O20", "O23", "O25", "O42", "O44", "O45", "O46", "O48",
    "O50", "M07", "O36", "M22", "M09", "M16",
)  # fmt: skip


def upgrade() -> None:
    set_sources([(one["id"], one["earning"], one["triggers"]) for one in shipped()])


def shipped() -> list[dict[str, Any]]:
    return [one for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] in CODES]


def set_sources(indicators: list[tuple[Any, str, list[Any]]]) -> None:
    """A published catalogue is closed by a trigger; only its owner gives an indicator of it a source."""
    op.execute("ALTER TABLE indicators DISABLE TRIGGER USER")
    for indicator, earning, triggers in indicators:
        values = f"earning = '{earning}', triggers = '{json.dumps(triggers)}'"
        op.execute(f"UPDATE indicators SET {values} WHERE id = '{indicator}'")  # noqa: S608 - of the shipped catalogue
    op.execute("ALTER TABLE indicators ENABLE TRIGGER USER")


def downgrade() -> None:
    set_sources([(one["id"], "claim" if one["source"] == MANUAL else "none", []) for one in shipped()])
