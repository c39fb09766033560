"""The person behind the account a claim was filed with."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("claims", sa.Column("claimant_person_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("claims", "claimant_person_id")
