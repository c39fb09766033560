"""The new facts of an objection that follows a rejected one."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("objections", sa.Column("new_facts", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("objections", "new_facts")
