"""Keep the hours that training confirmed of people being developed, and since when somebody is a prospect."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("developments", sa.Column("prospect_on", sa.Date(), nullable=True))
    op.create_table(
        "course_hours",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(6, 2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_hours")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_course_hours_member_id_members")),
        sa.UniqueConstraint("member_id", "meeting_id", name=op.f("uq_course_hours_member_id_meeting_id")),
    )
    op.create_index(op.f("ix_course_hours_organization_id"), "course_hours", ["organization_id"])
    op.create_index("ix_course_hours_meeting_id", "course_hours", ["meeting_id"])
    op.create_index("ix_course_hours_held_on_id", "course_hours", ["held_on", "id"])


def downgrade() -> None:
    op.drop_table("course_hours")
    op.drop_column("developments", "prospect_on")
