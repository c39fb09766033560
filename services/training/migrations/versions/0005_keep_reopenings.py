"""A confirmed attendance can be opened again: how often it was confirmed, why it was opened, which gaps are void."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

from hosting.migrations import append_only

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("meetings", sa.Column("confirmations", sa.SmallInteger(), server_default="0", nullable=False))
    op.add_column("meetings", sa.Column("without_minutes_reason", sa.Text(), nullable=True))
    op.execute("UPDATE meetings SET confirmations = 1 WHERE state = 'confirmed'")
    op.add_column("make_ups", sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "meeting_reopenings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("was_confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("was_confirmed_by", sa.Uuid(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=f("fk_meeting_reopenings_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=f("pk_meeting_reopenings")),
    )
    op.create_index(f("ix_meeting_reopenings_meeting_id_id"), "meeting_reopenings", ["meeting_id", "id"])
    append_only("meeting_reopenings")


def downgrade() -> None:
    op.drop_table("meeting_reopenings")
    op.drop_column("make_ups", "voided_at")
    op.drop_column("meetings", "without_minutes_reason")
    op.drop_column("meetings", "confirmations")
