"""Rows are dated by the business clock: the instants the database fills in are those of `business_now`."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

CREATE_BUSINESS_NOW = """
CREATE OR REPLACE FUNCTION business_now() RETURNS timestamptz LANGUAGE sql STABLE AS $$
SELECT now() + make_interval(secs => coalesce(
    (SELECT offset_seconds FROM business_clock WHERE current_setting('liangxin.demonstration', true) = '1'), 0))
$$
"""
INSTANTS = {
    "created_at": (
        "stars",
        "plaques",
        "ballots",
        "pledges",
        "reviews",
        "resolutions",
        "cycles",
        "surveys",
        "vetoes",
        "reports",
        "notices",
        "objections",
        "catalogues",
        "diary_entries",
    ),
    "recorded_at": ("ledger_entries",),
    "claimed_at": ("claims",),
    "uploaded_at": ("evidence_files",),
    "opened_at": ("monthly_evaluations",),
}


def upgrade() -> None:
    op.execute(CREATE_BUSINESS_NOW)
    _default_to(sa.text("business_now()"))


def downgrade() -> None:
    _default_to(sa.text("now()"))
    op.execute("DROP FUNCTION business_now()")


def _default_to(moment: sa.TextClause) -> None:
    for column, tables in INSTANTS.items():
        for table in tables:
            op.alter_column(table, column, server_default=moment)
