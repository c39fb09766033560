"""Keep what was told of findings, so that each is opened and closed once and may be answered."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = ("organization", "unit", "member", "post", "instructor")


def upgrade() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledgement", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.CheckConstraint(f"subject_kind IN {KINDS}", name=op.f("findingsubject_known")),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_findings_closed_after_opening")),
        sa.CheckConstraint(
            "num_nonnulls(acknowledged_by, acknowledged_at, acknowledgement) IN (0, 3)",
            name=op.f("ck_findings_acknowledged_as_a_whole"),
        ),
    )
    op.create_index(op.f("ix_findings_organization_id"), "findings", ["organization_id"])
    op.create_index(op.f("ix_findings_code_open"), "findings", ["code"], postgresql_where=sa.text("closed_on IS NULL"))


def downgrade() -> None:
    op.drop_table("findings")
