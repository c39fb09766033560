"""The indicators a cycle counts, frozen when it opens; cycles that stand counted all of their catalogue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"

ALL_OF_THE_CATALOGUE = """
UPDATE cycles SET indicators_in_use = (
    SELECT coalesce(array_agg(code ORDER BY position), '{}') FROM indicators WHERE catalogue_id = cycles.catalogue_id)
"""


def upgrade() -> None:
    codes = postgresql.ARRAY(sa.Text(collation="C"))
    op.add_column("cycles", sa.Column("indicators_in_use", codes, nullable=True))
    op.execute(ALL_OF_THE_CATALOGUE)
    op.alter_column("cycles", "indicators_in_use", nullable=False)


def downgrade() -> None:
    op.drop_column("cycles", "indicators_in_use")
