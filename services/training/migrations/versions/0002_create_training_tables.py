"""Create projections, policies, meetings with their participants, make-ups, study years and rotations."""

import sqlalchemy as sa
from alembic import op

from hosting.migrations import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_kind_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "branch_assembly",
                "branch_committee",
                "group_meeting",
                "party_lecture",
                "theme_day",
                "life_meeting",
                "democratic_appraisal",
                "heart_talk",
                "class",
                "branch_study",
                name="meetingkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "cadence",
            sa.Enum(
                "month",
                "quarter",
                "year",
                name="cadenceperiod_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("counts_hours", sa.Boolean(), nullable=False),
        sa.Column("needs_make_up", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_kind_rules")),
        sa.UniqueConstraint(
            "root_id",
            "kind",
            "effective_from",
            name=op.f("uq_meeting_kind_rules_root_id_kind_effective_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_organization_id"), "members", ["organization_id"], unique=False)
    op.create_table(
        "party_organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("path", sa.Text(collation="C"), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_organizations")),
    )
    op.create_index(op.f("ix_party_organizations_parent_id"), "party_organizations", ["parent_id"], unique=False)
    op.create_index(op.f("ix_party_organizations_path"), "party_organizations", ["path"], unique=False)
    op.create_table(
        "posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_current_record", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_member_id"), "posts", ["member_id"], unique=False)
    op.create_index(op.f("ix_posts_organization_id"), "posts", ["organization_id"], unique=False)
    op.create_table(
        "study_hour_requirements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column(
            "group",
            sa.Enum(
                "member", "leader", name="requirementgroup_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("superior_classes", sa.SmallInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "hours >= 0 AND superior_classes >= 0", name=op.f("ck_study_hour_requirements_not_negative")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_hour_requirements")),
        sa.UniqueConstraint(
            "root_id",
            "group",
            "effective_from",
            name=op.f("uq_study_hour_requirements_root_id_group_effective_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "training_limits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("full_day_hours", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("half_day_hours", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("make_up_days", sa.SmallInteger(), nullable=False),
        sa.Column("confirmation_days", sa.SmallInteger(), nullable=False),
        sa.Column("check_in_opens_minutes", sa.SmallInteger(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("full_day_hours > 0 AND half_day_hours > 0", name=op.f("ck_training_limits_hours_positive")),
        sa.CheckConstraint(
            "make_up_days > 0 AND confirmation_days > 0 AND check_in_opens_minutes >= 0",
            name=op.f("ck_training_limits_deadlines_positive"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_limits")),
        sa.UniqueConstraint(
            "root_id",
            "effective_from",
            name=op.f("uq_training_limits_root_id_effective_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "meetings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "branch_assembly",
                "branch_committee",
                "group_meeting",
                "party_lecture",
                "theme_day",
                "life_meeting",
                "democratic_appraisal",
                "heart_talk",
                "class",
                "branch_study",
                name="meetingkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "class_kind",
            sa.Enum(
                "expert",
                "routine",
                "evening",
                "rotation",
                "central",
                name="classkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "audience",
            sa.Enum(
                "members",
                "subtree_members",
                "committee",
                "secretaries",
                "leaders",
                "chosen",
                name="audience_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=True),
        sa.Column("lecturer", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "duration",
            sa.Enum(
                "full_day",
                "half_day",
                "by_clock",
                name="duration_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("hours", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("has_election", sa.Boolean(), nullable=False),
        sa.Column("is_by_superior", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "confirmed",
                "cancelled",
                name="meetingstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("attended", sa.BigInteger(), nullable=False),
        sa.Column("is_valid", sa.Boolean(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'class') = (class_kind IS NOT NULL)", name=op.f("ck_meetings_class_kind_of_classes")
        ),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancel_reason IS NOT NULL)", name=op.f("ck_meetings_cancelled_has_reason")
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=op.f("ck_meetings_confirmed_has_moment")
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (is_valid IS NOT NULL)", name=op.f("ck_meetings_confirmed_has_validity")
        ),
        sa.CheckConstraint("attended >= 0 AND attended <= expected", name=op.f("ck_meetings_attended_of_expected")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meetings_ends_after_start")),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_meetings_hours_not_negative")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_meetings_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_held_on_id"), "meetings", ["held_on", "id"], unique=False)
    op.create_index(
        op.f("ix_meetings_organization_id_held_on"), "meetings", ["organization_id", "held_on"], unique=False
    )
    op.create_index(
        "uq_meetings_organization_id_kind_starts_at",
        "meetings",
        ["organization_id", "kind", "starts_at"],
        unique=True,
        postgresql_where="state <> 'cancelled' AND kind NOT IN ('class', 'heart_talk')",
    )
    op.create_table(
        "rotations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "members",
                "subtree_members",
                "committee",
                "secretaries",
                "leaders",
                "chosen",
                name="audience_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_batches", sa.SmallInteger(), nullable=False),
        sa.Column("planned_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "audience IN ('secretaries', 'leaders', 'subtree_members')", name=op.f("ck_rotations_audience_of_classes")
        ),
        sa.CheckConstraint("planned_batches BETWEEN 1 AND 50", name=op.f("ck_rotations_batches_bounded")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_rotations_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotations")),
    )
    op.create_index(op.f("ix_rotations_organization_id_year"), "rotations", ["organization_id", "year"], unique=False)
    op.create_table(
        "study_year_settlements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "(revision = 1) = (correction_reason IS NULL)", name=op.f("ck_study_year_settlements_correction_reasoned")
        ),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_study_year_settlements_revision_counted")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_study_year_settlements_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_year_settlements")),
        sa.UniqueConstraint(
            "organization_id", "year", "revision", name=op.f("uq_study_year_settlements_organization_id_year_revision")
        ),
    )
    op.create_table(
        "check_in_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_check_in_codes_closes_after_opening")),
        sa.CheckConstraint("octet_length(code_hash) = 32", name=op.f("ck_check_in_codes_hashed")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_check_in_codes_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_check_in_codes_code_hash")),
    )
    op.create_index(op.f("ix_check_in_codes_meeting_id"), "check_in_codes", ["meeting_id"], unique=False)
    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name=op.f("ck_minutes_approval_complete")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_table(
        "minutes_addenda",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_minutes_addenda_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_addenda")),
    )
    op.create_index(op.f("ix_minutes_addenda_meeting_id_id"), "minutes_addenda", ["meeting_id", "id"], unique=False)
    op.create_table(
        "participants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("has_vote", sa.Boolean(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_listed", sa.Boolean(), nullable=True),
        sa.Column("absence_reason", sa.Text(), nullable=True),
        sa.Column(
            "attended",
            sa.Boolean(),
            sa.Computed("COALESCE(is_listed, checked_in_at IS NOT NULL)", persisted=True),
            nullable=False,
        ),
        sa.Column("hours", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.CheckConstraint("hours IS NULL OR hours >= 0", name=op.f("ck_participants_hours_not_negative")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_participants_meeting_id_meetings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participants")),
        sa.UniqueConstraint("meeting_id", "member_id", name=op.f("uq_participants_meeting_id_member_id")),
    )
    op.create_index(op.f("ix_participants_member_id"), "participants", ["member_id"], unique=False)
    op.create_table(
        "rotation_batches",
        sa.Column("rotation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_rotation_batches_number_counted")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_rotation_batches_meeting_id_meetings")),
        sa.ForeignKeyConstraint(
            ["rotation_id"], ["rotations.id"], name=op.f("fk_rotation_batches_rotation_id_rotations")
        ),
        sa.PrimaryKeyConstraint("rotation_id", "number", name=op.f("pk_rotation_batches")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_rotation_batches_meeting_id")),
    )
    op.create_table(
        "study_year_lines",
        sa.Column("settlement_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("is_leader", sa.Boolean(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("required", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("superior_classes", sa.BigInteger(), nullable=False),
        sa.Column("required_superior_classes", sa.BigInteger(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["settlement_id"],
            ["study_year_settlements.id"],
            name=op.f("fk_study_year_lines_settlement_id_study_year_settlements"),
        ),
        sa.PrimaryKeyConstraint("settlement_id", "member_id", name=op.f("pk_study_year_lines")),
    )
    op.create_table(
        "make_ups",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participant_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("made_up_on", sa.Date(), nullable=True),
        sa.Column("made_up_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(made_up_on IS NULL) = (made_up_by IS NULL)", name=op.f("ck_make_ups_closing_complete")),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_make_ups_hours_not_negative")),
        sa.CheckConstraint(
            "made_up_on IS NULL OR made_up_on >= held_on", name=op.f("ck_make_ups_made_up_after_meeting")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_make_ups_meeting_id_meetings")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participants.id"], name=op.f("fk_make_ups_participant_id_participants")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_make_ups")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_make_ups_participant_id")),
    )
    op.create_index(op.f("ix_make_ups_due_on_id"), "make_ups", ["due_on", "id"], unique=False)
    op.create_index(op.f("ix_make_ups_meeting_id"), "make_ups", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_make_ups_member_id_made_up_on"), "make_ups", ["member_id", "made_up_on"], unique=False)
    for table in ("study_year_settlements", "study_year_lines", "minutes_addenda"):
        append_only(table)


def downgrade() -> None:
    op.drop_index(op.f("ix_make_ups_member_id_made_up_on"), table_name="make_ups")
    op.drop_index(op.f("ix_make_ups_meeting_id"), table_name="make_ups")
    op.drop_index(op.f("ix_make_ups_due_on_id"), table_name="make_ups")
    op.drop_table("make_ups")
    op.drop_table("study_year_lines")
    op.drop_table("rotation_batches")
    op.drop_index(op.f("ix_participants_member_id"), table_name="participants")
    op.drop_table("participants")
    op.drop_index(op.f("ix_minutes_addenda_meeting_id_id"), table_name="minutes_addenda")
    op.drop_table("minutes_addenda")
    op.drop_table("minutes")
    op.drop_index(op.f("ix_check_in_codes_meeting_id"), table_name="check_in_codes")
    op.drop_table("check_in_codes")
    op.drop_table("study_year_settlements")
    op.drop_index(op.f("ix_rotations_organization_id_year"), table_name="rotations")
    op.drop_table("rotations")
    op.drop_index(
        "uq_meetings_organization_id_kind_starts_at",
        table_name="meetings",
        postgresql_where="state <> 'cancelled' AND kind NOT IN ('class', 'heart_talk')",
    )
    op.drop_index(op.f("ix_meetings_organization_id_held_on"), table_name="meetings")
    op.drop_index(op.f("ix_meetings_held_on_id"), table_name="meetings")
    op.drop_table("meetings")
    op.drop_table("training_limits")
    op.drop_table("study_hour_requirements")
    op.drop_index(op.f("ix_posts_organization_id"), table_name="posts")
    op.drop_index(op.f("ix_posts_member_id"), table_name="posts")
    op.drop_table("posts")
    op.drop_index(op.f("ix_party_organizations_path"), table_name="party_organizations")
    op.drop_index(op.f("ix_party_organizations_parent_id"), table_name="party_organizations")
    op.drop_table("party_organizations")
    op.drop_index(op.f("ix_members_organization_id"), table_name="members")
    op.drop_table("members")
    op.drop_table("meeting_kind_rules")
