"""Since when a member belongs to the organisation, where it is later than the day of joining the Party."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("arrived_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("members", "arrived_on")
