"""The indicators a cycle counts, frozen when it opens; cycles without it count all of their catalogue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("cycles", sa.Column("indicators_in_use", postgresql.ARRAY(sa.Text(collation="C")), nullable=True))


def downgrade() -> None:
    op.drop_column("cycles", "indicators_in_use")
