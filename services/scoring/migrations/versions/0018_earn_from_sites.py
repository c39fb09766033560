"""Give the indicators their sources that registry's checks of sites, archives and dues earn.

They had none in the default catalogue; their points and their caps stay as they were published.
"""

import json
from typing import Any

from alembic import op

from scoring.points.indicators.defaults import default_catalogues

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CODES = ("M32", "O13", "O15", "O16", "O17", "O18", "O19", "O20", "O25")


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
    set_sources([(one["id"], "none", []) for one in shipped()])
