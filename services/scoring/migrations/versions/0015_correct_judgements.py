"""A branch's month commented on (which earns O53) and opened again by its superior; half of a body as
its quorum; what an upheld objection sets aside.

The indicator of the default catalogue had no source; its points and its cap stay as they were published.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy.dialects import postgresql

from scoring.points.indicators.defaults import default_catalogues

revision = "0015"
down_revision = "0014"

COLUMNS = (
    "reopening_reason",
    "reopened_on",
    "reopened_by",
    "ungraded_reason",
    "confirmations",
    "commented_on",
    "commented_by",
    "comment",
)
CHECKS = {
    "comment_has_day": "(comment IS NULL) = (commented_on IS NULL)",
    "reopening_has_reason": "(reopened_by IS NULL) = (reopening_reason IS NULL)",
}
SET_ASIDE = (
    ("frozen_inputs", "parts_set_aside"),
    ("frozen_inputs", "indicators_set_aside"),
    ("objections", "parts"),
    ("objections", "set_aside"),
    ("objections", "indicators_set_aside"),
)
ONLY_UPHELD_CHANGES = "state = 'upheld' OR cardinality(parts || set_aside || indicators_set_aside) = 0"
# Resolutions of exactly half may stand by now, so the earlier sentence holds for those that come.
KEEP_EARLIER_QUORUM = """
ALTER TABLE resolutions ADD CONSTRAINT ck_resolutions_quorum_present CHECK (2 * present_count > body_size) NOT VALID
"""


def upgrade() -> None:
    op.add_column("monthly_evaluations", sa.Column("comment", sa.Text(), nullable=True))
    op.add_column("monthly_evaluations", sa.Column("commented_by", sa.Uuid(), nullable=True))
    op.add_column("monthly_evaluations", sa.Column("commented_on", sa.Date(), nullable=True))
    op.add_column(
        "monthly_evaluations",
        sa.Column("confirmations", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.add_column("monthly_evaluations", sa.Column("ungraded_reason", sa.Text(), nullable=True))
    op.add_column("monthly_evaluations", sa.Column("reopened_by", sa.Uuid(), nullable=True))
    op.add_column("monthly_evaluations", sa.Column("reopened_on", sa.Date(), nullable=True))
    op.add_column("monthly_evaluations", sa.Column("reopening_reason", sa.Text(), nullable=True))
    op.execute("UPDATE monthly_evaluations SET confirmations = 1 WHERE state = 'confirmed'")
    for name, sentence in CHECKS.items():
        op.create_check_constraint(f(f"ck_monthly_evaluations_{name}"), "monthly_evaluations", sentence)
    for table, column in SET_ASIDE:
        listed: sa.Column[list[str]] = sa.Column(
            column, postgresql.ARRAY(sa.Text(collation="C")), server_default="{}", nullable=False
        )
        op.add_column(table, listed)
    op.create_check_constraint(f("ck_objections_only_upheld_changes"), "objections", ONLY_UPHELD_CHANGES)
    shipped = _comment_indicator()
    _set_source(shipped["id"], shipped["earning"], shipped["triggers"])
    op.drop_constraint(f("ck_resolutions_quorum_present"), "resolutions", type_="check")
    op.create_check_constraint(f("ck_resolutions_quorum_present"), "resolutions", "2 * present_count >= body_size")


def _comment_indicator() -> dict[str, Any]:
    [found] = [one for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] == "O53"]
    return found


def _set_source(indicator: object, earning: str, triggers: list[object]) -> None:
    """A published catalogue is closed by a trigger; only its owner gives an indicator of it a source."""
    op.execute("ALTER TABLE indicators DISABLE TRIGGER USER")
    values = f"earning = '{earning}', triggers = '{json.dumps(triggers)}'"
    op.execute(f"UPDATE indicators SET {values} WHERE id = '{indicator}'")  # noqa: S608 - of the shipped catalogue
    op.execute("ALTER TABLE indicators ENABLE TRIGGER USER")


def downgrade() -> None:
    op.drop_constraint(f("ck_resolutions_quorum_present"), "resolutions", type_="check")
    op.execute(KEEP_EARLIER_QUORUM)
    _set_source(_comment_indicator()["id"], "none", [])
    op.drop_constraint(f("ck_objections_only_upheld_changes"), "objections", type_="check")
    for table, column in SET_ASIDE:
        op.drop_column(table, column)
    for name in CHECKS:
        op.drop_constraint(f(f"ck_monthly_evaluations_{name}"), "monthly_evaluations", type_="check")
    for column in COLUMNS:
        op.drop_column("monthly_evaluations", column)
