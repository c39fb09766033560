"""Keep which meetings a subject missed with the inputs that count them, and what kind of meeting each was."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting_attendances", sa.Column("kind", sa.Text(), nullable=True))
    op.add_column(
        "frozen_inputs",
        sa.Column("absences", postgresql.JSONB(), server_default="[]", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("frozen_inputs", "absences")
    op.drop_column("meeting_attendances", "kind")
