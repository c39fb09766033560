"""Keep meetings held on a branch's site with who read their minutes, and remote classes with who watched them."""

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
    create_remote_classes()
    create_class_viewings()


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


def create_remote_classes() -> None:
    op.create_table(
        "remote_classes",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lecturer", sa.Text(), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("daily_cap", sa.SmallInteger(), nullable=False),
        sa.Column("total_cap", sa.SmallInteger(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_remote_classes_closes_after_opening")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1200", name=op.f("ck_remote_classes_minutes_bounded")),
        sa.CheckConstraint(
            "least(daily_cap, total_cap) >= 1 AND total_cap <= minutes", name=op.f("ck_remote_classes_caps_of_minutes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remote_classes")),
    )
    op.create_index(op.f("ix_remote_classes_organization_id"), "remote_classes", ["organization_id"])
    op.create_index("ix_remote_classes_opens_on_id", "remote_classes", ["opens_on", "id"])


def create_class_viewings() -> None:
    op.create_table(
        "class_viewings",
        sa.Column("remote_class_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("watched_on", sa.Date(), nullable=False),
        sa.Column("from_minute", sa.SmallInteger(), nullable=False),
        sa.Column("to_minute", sa.SmallInteger(), nullable=False),
        sa.Column("credited_minutes", sa.SmallInteger(), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "from_minute >= 0 AND to_minute > from_minute", name=op.f("ck_class_viewings_piece_of_a_class")
        ),
        sa.CheckConstraint(
            "credited_minutes BETWEEN 0 AND to_minute - from_minute", name=op.f("ck_class_viewings_credited_of_watched")
        ),
        sa.ForeignKeyConstraint(
            ["remote_class_id"], ["remote_classes.id"], name=op.f("fk_class_viewings_remote_class_id_remote_classes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_viewings")),
    )
    op.create_index(op.f("ix_class_viewings_organization_id"), "class_viewings", ["organization_id"])
    op.create_index("ix_class_viewings_member_id_watched_on", "class_viewings", ["member_id", "watched_on"])
    op.create_index("ix_class_viewings_remote_class_id_member_id", "class_viewings", ["remote_class_id", "member_id"])
    op.create_index("ix_class_viewings_started_at_id", "class_viewings", ["started_at", "id"])


def downgrade() -> None:
    op.drop_table("class_viewings")
    op.drop_table("remote_classes")
    op.drop_table("minutes_readings")
    op.drop_column("site_posts", "online_meeting_id")
    op.drop_table("online_meetings")
