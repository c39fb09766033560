"""Keep meetings that are held on a branch's site, and who read their minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def owned() -> list[sa.Column[object]]:
    """Columns of a row that an organisation owns."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    create_online_meetings()
    create_minutes_readings()


def create_online_meetings() -> None:
    op.create_table(
        "online_meetings",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("site_column_id", sa.Uuid(), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_online_meetings_meeting_id_meetings")),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_online_meetings_branch_site_id_branch_sites")
        ),
        sa.ForeignKeyConstraint(
            ["site_column_id"], ["site_columns.id"], name=op.f("fk_online_meetings_site_column_id_site_columns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_online_meetings")),
    )
    op.create_index(op.f("ix_online_meetings_organization_id"), "online_meetings", ["organization_id"])
    op.create_index("ix_online_meetings_site_column_id", "online_meetings", ["site_column_id"])
    op.create_index(
        "uq_online_meetings_meeting_id",
        "online_meetings",
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )
    op.add_column("site_posts", sa.Column("online_meeting_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_site_posts_online_meeting_id_online_meetings"),
        "site_posts",
        "online_meetings",
        ["online_meeting_id"],
        ["id"],
    )
    op.create_index("ix_site_posts_online_meeting_id", "site_posts", ["online_meeting_id"])


def create_minutes_readings() -> None:
    op.create_table(
        "minutes_readings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("minutes_version", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_minutes_readings_participant_id_participants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_readings")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_minutes_readings_participant_id")),
    )


def downgrade() -> None:
    op.drop_table("minutes_readings")
    op.drop_column("site_posts", "online_meeting_id")
    op.drop_table("online_meetings")
