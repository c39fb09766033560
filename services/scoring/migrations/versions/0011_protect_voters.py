"""A valid ballot is repeated only as the superior permits, and a scheme says how many answers hide who gave which."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

revision = "0011"
down_revision = "0010"
REOPENED_WHOLE = "num_nulls(reopened_on, reopened_by, reopening_reason) IN (0, 3)"


def upgrade() -> None:
    op.add_column("ballots", sa.Column("reopened_on", sa.Date(), nullable=True))
    op.add_column("ballots", sa.Column("reopened_by", sa.Uuid(), nullable=True))
    op.add_column("ballots", sa.Column("reopening_reason", sa.Text(), nullable=True))
    op.create_check_constraint(f("ck_ballots_only_valid_reopened"), "ballots", "is_valid OR reopened_on IS NULL")
    op.create_check_constraint(f("ck_ballots_reopened_whole"), "ballots", REOPENED_WHOLE)
    op.add_column("cycles", sa.Column("fewest_answers", sa.SmallInteger(), server_default="5", nullable=False))
    op.create_check_constraint(f("ck_cycles_fewest_answers_hide_voters"), "cycles", "fewest_answers >= 5")


def downgrade() -> None:
    op.drop_constraint(f("ck_cycles_fewest_answers_hide_voters"), "cycles", type_="check")
    op.drop_column("cycles", "fewest_answers")
    op.drop_constraint(f("ck_ballots_reopened_whole"), "ballots", type_="check")
    op.drop_constraint(f("ck_ballots_only_valid_reopened"), "ballots", type_="check")
    for column in ("reopening_reason", "reopened_by", "reopened_on"):
        op.drop_column("ballots", column)
