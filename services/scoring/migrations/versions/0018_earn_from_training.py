"""Give the indicators their sources that training's activities earn.

They had none in the default catalogue; their points and their caps stay as they were published.
"""

import json

from alembic import op

from scoring.points.indicators.defaults import default_catalogues

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CODES = ("M10", "M21", "M31", "M37", "M47", "O44", "O45")


def upgrade() -> None:
    shipped = [one for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] in CODES]
    set_sources([(str(one["id"]), one["earning"], json.dumps(one["triggers"])) for one in shipped])


def set_sources(indicators: list[tuple[str, str, str]]) -> None:
    """A published catalogue is closed by a trigger; only its owner gives an indicator of it a source."""
    op.execute("ALTER TABLE indicators DISABLE TRIGGER USER")
    for indicator, earning, triggers in indicators:
        values = f"earning = '{earning}', triggers = '{triggers}'"
        op.execute(f"UPDATE indicators SET {values} WHERE id = '{indicator}'")  # noqa: S608 - of the shipped catalogue
    op.execute("ALTER TABLE indicators ENABLE TRIGGER USER")


def downgrade() -> None:
    ids = [str(one["id"]) for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] in CODES]
    set_sources([(one, "none", "[]") for one in ids])
