"""Keep meetings held on a branch's site, remote classes, messages with their receipts, and papers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CHANNELS = ("inbox", "sms", "qq_group")
AUDIENCES = (
    "members", "subtree_members", "committee", "secretaries", "leaders", "chosen", "public", "candidates",
)  # fmt: skip


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


def void_reason() -> sa.Column[str]:
    return sa.Column("void_reason", sa.Text(), nullable=True)


def known(column: str, name: str, values: tuple[str, ...], *, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=f"{name}_known", native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=nullable)


def upgrade() -> None:
    create_online_meetings()
    create_minutes_readings()
    create_remote_classes()
    create_class_viewings()
    create_publications()
    create_publication_issues()
    create_channel_registrations()
    create_messages()
    create_deliveries()


def create_online_meetings() -> None:
    op.create_table(
        "online_meetings",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("site_column_id", sa.Uuid(), nullable=False),
        *owned(),
        void_reason(),
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
        void_reason(),
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
        void_reason(),
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


def create_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("name", sa.Text(), nullable=False),
        known("form", "publicationform", ("newspaper", "magazine", "bulletin")),
        sa.Column("founded_on", sa.Date(), nullable=False),
        *owned(),
        void_reason(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publications")),
    )
    op.create_index(op.f("ix_publications_organization_id"), "publications", ["organization_id"])
    op.create_index("ix_publications_founded_on_id", "publications", ["founded_on", "id"])
    op.create_index(
        "uq_publications_organization_id",
        "publications",
        ["organization_id", "name"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_publication_issues() -> None:
    op.create_table(
        "publication_issues",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=False),
        *owned(),
        void_reason(),
        sa.CheckConstraint("number >= 1", name=op.f("ck_publication_issues_number_counted")),
        sa.CheckConstraint("copies >= 0", name=op.f("ck_publication_issues_copies_not_negative")),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name=op.f("fk_publication_issues_publication_id_publications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_issues")),
    )
    op.create_index(op.f("ix_publication_issues_organization_id"), "publication_issues", ["organization_id"])
    op.create_index("ix_publication_issues_published_on_id", "publication_issues", ["published_on", "id"])
    op.create_index(
        "uq_publication_issues_publication_id",
        "publication_issues",
        ["publication_id", "number"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_channel_registrations() -> None:
    op.create_table(
        "channel_registrations",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        known("channel", "channel", CHANNELS),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *owned(),
        sa.CheckConstraint("channel <> 'inbox'", name=op.f("ck_channel_registrations_inbox_needs_none")),
        sa.CheckConstraint("ended_on >= valid_from", name=op.f("ck_channel_registrations_ended_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_registrations")),
    )
    op.create_index(op.f("ix_channel_registrations_organization_id"), "channel_registrations", ["organization_id"])
    op.create_index("ix_channel_registrations_valid_from_id", "channel_registrations", ["valid_from", "id"])
    op.create_index(
        "uq_channel_registrations_member_id",
        "channel_registrations",
        ["member_id", "channel"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def create_messages() -> None:
    op.create_table(
        "messages",
        known("kind", "messagekind", ("notice", "material")),
        known("channel", "channel", CHANNELS),
        known("audience", "audience", AUDIENCES),
        sa.Column("chosen_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("material", sa.Text(), nullable=True),
        known("state", "messagestate", ("draft", "sent")),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        *owned(),
        void_reason(),
        sa.CheckConstraint(
            "(kind = 'material') = (material IS NOT NULL)", name=op.f("ck_messages_material_of_materials")
        ),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_messages_sent_has_moment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
    )
    op.create_index(op.f("ix_messages_organization_id"), "messages", ["organization_id"])
    op.create_index("ix_messages_recorded_at_id", "messages", ["recorded_at", "id"])


def create_deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        known("state", "deliverystate", ("accepted", "failed")),
        known("failure", "deliveryfailure", ("no_address", "rejected"), nullable=True),
        sa.Column("failure_note", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        *owned(),
        sa.CheckConstraint("(state = 'failed') = (failure IS NOT NULL)", name=op.f("ck_deliveries_failed_has_cause")),
        sa.CheckConstraint(
            "(failure IS NOT DISTINCT FROM 'rejected') = (failure_note IS NOT NULL)",
            name=op.f("ck_deliveries_rejected_has_note"),
        ),
        sa.CheckConstraint("state = 'accepted' OR read_at IS NULL", name=op.f("ck_deliveries_read_where_accepted")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_deliveries_message_id_messages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("message_id", "member_id", name=op.f("uq_deliveries_message_id_member_id")),
    )
    op.create_index(op.f("ix_deliveries_organization_id"), "deliveries", ["organization_id"])
    op.create_index("ix_deliveries_member_id", "deliveries", ["member_id"])
    op.create_index("ix_deliveries_recorded_at_id", "deliveries", ["recorded_at", "id"])


def downgrade() -> None:
    op.drop_table("deliveries")
    op.drop_table("messages")
    op.drop_table("channel_registrations")
    op.drop_table("publication_issues")
    op.drop_table("publications")
    op.drop_table("class_viewings")
    op.drop_table("remote_classes")
    op.drop_table("minutes_readings")
    op.drop_column("site_posts", "online_meeting_id")
    op.drop_table("online_meetings")
