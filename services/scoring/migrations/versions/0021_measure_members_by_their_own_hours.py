"""Let O34 ask every member for the members' hours, leaders too, as training tells them since its second payload.

What the first payload told stands as it was: its triggers stay beside the new ones.
"""

import json
from typing import Any

from alembic import op

from scoring.points.indicators.defaults import default_catalogues

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CODES = ("M06", "O34", "O35")
TOLD_SINCE = "training.study_year.settled.v2"


def upgrade() -> None:
    set_triggers([(one["id"], one["triggers"]) for one in shipped()])


def shipped() -> list[dict[str, Any]]:
    return [one for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] in CODES]


def set_triggers(indicators: list[tuple[Any, list[Any]]]) -> None:
    """A published catalogue is closed by a trigger; only its owner changes what an indicator of it earns from."""
    op.execute("ALTER TABLE indicators DISABLE TRIGGER USER")
    for indicator, triggers in indicators:
        op.execute(f"UPDATE indicators SET triggers = '{json.dumps(triggers)}' WHERE id = '{indicator}'")  # noqa: S608 - of the shipped catalogue
    op.execute("ALTER TABLE indicators ENABLE TRIGGER USER")


def downgrade() -> None:
    set_triggers([
        (one["id"], [trigger for trigger in one["triggers"] if trigger["event"] != TOLD_SINCE]) for one in shipped()
    ])  # fmt: skip
