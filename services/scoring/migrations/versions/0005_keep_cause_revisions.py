"""The newest revision told of each cause that can be corrected."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

revision = "0005"
down_revision = "0004"

FIRST_REVISIONS = """
INSERT INTO cause_revisions (source, source_ref, root_id, revision)
SELECT source, source_ref, root_id, 1 FROM ledger_entries WHERE source IN ('training.study_year', 'scoring.pledge')
"""


def upgrade() -> None:
    op.create_table(
        "cause_revisions",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.Text(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("revision >= 1", name=f("ck_cause_revisions_revision_counted")),
        sa.PrimaryKeyConstraint("source", "source_ref", name=f("pk_cause_revisions")),
    )
    op.execute(FIRST_REVISIONS)


def downgrade() -> None:
    op.drop_table("cause_revisions")
