"""Keep the sites with their checks and archives, dues, activity circles and joint councils."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_site_files()
    create_site_standards()
    create_site_checks()
    create_archive_entries()
    create_dues_payments()
    create_circles()
    create_circle_memberships()
    create_centre_staff()
    create_circle_rooms()
    create_circle_bookings()
    create_circle_turns()
    create_council_meetings()
    create_council_decisions()
    name_judgements(JUDGED)
    name_subjects(SUBJECTS)


def create_site_files() -> None:
    op.create_table(
        "site_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_site_files_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_files")),
    )
    op.create_index(op.f("ix_site_files_organization_id"), "site_files", ["organization_id"], unique=False)


def create_site_standards() -> None:
    op.create_table(
        "site_standards",
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("items", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("cardinality(items) = 10", name=op.f("ck_site_standards_ten_items")),
        sa.CheckConstraint(
            "level IN ('city', 'district', 'town')", name=op.f("ck_site_standards_demonstrationlevel_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_standards")),
    )
    op.create_index(op.f("ix_site_standards_organization_id"), "site_standards", ["organization_id"], unique=False)
    op.create_index("ix_site_standards_valid_from_id", "site_standards", ["valid_from", "id"], unique=False)
    op.create_index(
        "uq_site_standards_level",
        "site_standards",
        ["root_id", "level", "valid_from"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_site_checks() -> None:
    op.create_table(
        "site_checks",
        sa.Column("check_list", sa.String(length=40), nullable=False),
        sa.Column("standard_id", sa.Uuid(), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("items", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(check_list = 'ten_standards') = (standard_id IS NOT NULL)",
            name=op.f("ck_site_checks_ten_have_a_standard"),
        ),
        sa.CheckConstraint("is_passed = (met = expected)", name=op.f("ck_site_checks_passed_with_all")),
        sa.CheckConstraint(
            "jsonb_array_length(items) = expected AND met BETWEEN 0 AND expected",
            name=op.f("ck_site_checks_items_counted"),
        ),
        sa.ForeignKeyConstraint(
            ["standard_id"], ["site_standards.id"], name=op.f("fk_site_checks_standard_id_site_standards")
        ),
        sa.CheckConstraint(
            "check_list IN ('six_haves', 'five_and_five', 'ten_standards', 'park_links')",
            name=op.f("ck_site_checks_checklist_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_checks")),
    )
    op.create_index("ix_site_checks_checked_on_id", "site_checks", ["checked_on", "id"], unique=False)
    op.create_index(op.f("ix_site_checks_organization_id"), "site_checks", ["organization_id"], unique=False)
    op.create_index(
        "ix_site_checks_organization_id_checked_on", "site_checks", ["organization_id", "checked_on"], unique=False
    )


def create_archive_entries() -> None:
    op.create_table(
        "archive_entries",
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["file_id"], ["site_files.id"], name=op.f("fk_archive_entries_file_id_site_files")),
        sa.CheckConstraint(
            "category IN ('record_book', 'pictures', 'members', 'organization_life', 'education', 'rules')",
            name=op.f("ck_archive_entries_archivecategory_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_entries")),
    )
    op.create_index("ix_archive_entries_dated_on_id", "archive_entries", ["dated_on", "id"], unique=False)
    op.create_index(op.f("ix_archive_entries_organization_id"), "archive_entries", ["organization_id"], unique=False)
    op.create_index(
        "ix_archive_entries_organization_id_dated_on", "archive_entries", ["organization_id", "dated_on"], unique=False
    )


def create_dues_payments() -> None:
    op.create_table(
        "dues_payments",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("band", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("paid", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("is_full", sa.Boolean(), nullable=False),
        sa.Column("reduction_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("extract(day FROM month_on) = 1", name=op.f("ck_dues_payments_month_begins")),
        sa.CheckConstraint("is_full = (paid >= owed)", name=op.f("ck_dues_payments_full_when_paid")),
        sa.CheckConstraint("owed >= 0 AND paid > 0", name=op.f("ck_dues_payments_amounts")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_dues_payments_member_id_members")),
        sa.CheckConstraint("standing IN ('working', 'retired')", name=op.f("ck_dues_payments_duesstanding_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dues_payments")),
    )
    op.create_index("ix_dues_payments_month_on_id", "dues_payments", ["month_on", "id"], unique=False)
    op.create_index(op.f("ix_dues_payments_organization_id"), "dues_payments", ["organization_id"], unique=False)
    op.create_index(
        "uq_dues_payments_member_id",
        "dues_payments",
        ["member_id", "month_on"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_circles() -> None:
    op.create_table(
        "circles",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("centre_name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("area", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("cost", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("boundary", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("area > 0 AND cost >= 0", name=op.f("ck_circles_sizes")),
        sa.CheckConstraint("ended_on > opened_on", name=op.f("ck_circles_ended_after_opening")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circles")),
    )
    op.create_index("ix_circles_opened_on_id", "circles", ["opened_on", "id"], unique=False)
    op.create_index(op.f("ix_circles_organization_id"), "circles", ["organization_id"], unique=False)
    op.create_index(
        "uq_circles_name",
        "circles",
        ["root_id", "name"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_circle_memberships() -> None:
    op.create_table(
        "circle_memberships",
        sa.Column("circle_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("walking_minutes", sa.Integer(), nullable=False),
        sa.Column("is_far", sa.Boolean(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ended_on > joined_on", name=op.f("ck_circle_memberships_ended_after_joining")),
        sa.CheckConstraint("walking_minutes >= 0", name=op.f("ck_circle_memberships_minutes")),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name=op.f("fk_circle_memberships_circle_id_circles")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_circle_memberships_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_memberships")),
    )
    op.create_index(op.f("ix_circle_memberships_circle_id"), "circle_memberships", ["circle_id"], unique=False)
    op.create_index("ix_circle_memberships_joined_on_id", "circle_memberships", ["joined_on", "id"], unique=False)
    op.create_index(op.f("ix_circle_memberships_member_id"), "circle_memberships", ["member_id"], unique=False)
    op.create_index(
        op.f("ix_circle_memberships_organization_id"), "circle_memberships", ["organization_id"], unique=False
    )
    op.create_index(
        "uq_circle_memberships_circle_id",
        "circle_memberships",
        ["circle_id", "organization_id", "member_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_centre_staff() -> None:
    op.create_table(
        "centre_staff",
        sa.Column("circle_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ended_on > valid_from", name=op.f("ck_centre_staff_ended_after_start")),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name=op.f("fk_centre_staff_circle_id_circles")),
        sa.CheckConstraint(
            "kind IN ('instructor', 'theory_teacher')", name=op.f("ck_centre_staff_centrestaffkind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_centre_staff")),
    )
    op.create_index(op.f("ix_centre_staff_organization_id"), "centre_staff", ["organization_id"], unique=False)
    op.create_index("ix_centre_staff_valid_from_id", "centre_staff", ["valid_from", "id"], unique=False)
    op.create_index(
        "uq_centre_staff_circle_id",
        "centre_staff",
        ["circle_id", "kind"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_circle_rooms() -> None:
    op.create_table(
        "circle_rooms",
        sa.Column("circle_id", sa.Uuid(), nullable=False),
        sa.Column("room_no", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_circle_rooms_capacity")),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name=op.f("fk_circle_rooms_circle_id_circles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_rooms")),
        sa.UniqueConstraint("room_no", name=op.f("uq_circle_rooms_room_no")),
    )
    op.create_index(op.f("ix_circle_rooms_organization_id"), "circle_rooms", ["organization_id"], unique=False)
    op.create_index("ix_circle_rooms_recorded_at_id", "circle_rooms", ["recorded_at", "id"], unique=False)
    op.create_index(
        "uq_circle_rooms_name",
        "circle_rooms",
        ["circle_id", "name"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_circle_bookings() -> None:
    op.create_table(
        "circle_bookings",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("room_no", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(room_no, room_no, '[]')"), "&&"),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            where=sa.text("void_reason IS NULL"),
            using="gist",
            name="ex_circle_bookings_room_no",
        ),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_circle_bookings_ends_after_start")),
        sa.CheckConstraint("people > 0 AND fee >= 0", name=op.f("ck_circle_bookings_people_and_fee")),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["party_organizations.id"], name=op.f("fk_circle_bookings_centre_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(["room_id"], ["circle_rooms.id"], name=op.f("fk_circle_bookings_room_id_circle_rooms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_bookings")),
    )
    op.create_index(op.f("ix_circle_bookings_centre_id"), "circle_bookings", ["centre_id"], unique=False)
    op.create_index(op.f("ix_circle_bookings_organization_id"), "circle_bookings", ["organization_id"], unique=False)
    op.create_index(op.f("ix_circle_bookings_room_id"), "circle_bookings", ["room_id"], unique=False)
    op.create_index("ix_circle_bookings_starts_at_id", "circle_bookings", ["starts_at", "id"], unique=False)


def create_circle_turns() -> None:
    op.create_table(
        "circle_turns",
        sa.Column("circle_id", sa.Uuid(), nullable=False),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("extract(day FROM month_on) = 1", name=op.f("ck_circle_turns_month_begins")),
        sa.ForeignKeyConstraint(["circle_id"], ["circles.id"], name=op.f("fk_circle_turns_circle_id_circles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circle_turns")),
    )
    op.create_index("ix_circle_turns_month_on_id", "circle_turns", ["month_on", "id"], unique=False)
    op.create_index(op.f("ix_circle_turns_organization_id"), "circle_turns", ["organization_id"], unique=False)
    op.create_index(
        "uq_circle_turns_circle_id",
        "circle_turns",
        ["circle_id", "month_on"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_council_meetings() -> None:
    op.create_table(
        "council_meetings",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("present", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_meetings")),
    )
    op.create_index("ix_council_meetings_held_on_id", "council_meetings", ["held_on", "id"], unique=False)
    op.create_index(op.f("ix_council_meetings_organization_id"), "council_meetings", ["organization_id"], unique=False)


def create_council_decisions() -> None:
    op.create_table(
        "council_decisions",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("num_nulls(done_on, result) IN (0, 2)", name=op.f("ck_council_decisions_done_whole")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["council_meetings.id"], name=op.f("fk_council_decisions_meeting_id_council_meetings")
        ),
        sa.CheckConstraint(
            "body IN ('organization_department', 'commerce_federation', 'civil_affairs', 'market_regulation', 'trade_unions', 'youth_league', 'women_federation')",
            name=op.f("ck_council_decisions_councilbody_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_council_decisions")),
    )
    op.create_index("ix_council_decisions_due_on_id", "council_decisions", ["due_on", "id"], unique=False)
    op.create_index(op.f("ix_council_decisions_meeting_id"), "council_decisions", ["meeting_id"], unique=False)
    op.create_index(
        op.f("ix_council_decisions_organization_id"), "council_decisions", ["organization_id"], unique=False
    )


JUDGED = (
    "transfer_year",
    "integrity_quarter",
    "profile_year",
    "development_year",
    "form_year",
    "leadership_year",
    "dues_month",
    "dues_quarter",
    "circle_quarter",
    "archive_quarter",
)
NEW = 4
SUBJECTS = (
    *("organization", "unit", "member", "post", "instructor", "appeal", "project", "mass_organization_head"),
    "circle",
)


def name_judgements(kinds: tuple[str, ...]) -> None:
    check, known = "ck_judgements_judgementkind_known", ", ".join(f"'{one}'" for one in kinds)
    op.execute(f"ALTER TABLE judgements DROP CONSTRAINT {check}")
    op.execute(f"ALTER TABLE judgements ADD CONSTRAINT {check} CHECK (kind IN ({known})) NOT VALID")
    op.execute(f"ALTER TABLE judgements VALIDATE CONSTRAINT {check}")


def name_subjects(subjects: tuple[str, ...]) -> None:
    """What a finding may be about."""
    known = ", ".join(f"'{one}'" for one in subjects)
    op.execute("ALTER TABLE findings DROP CONSTRAINT findingsubject_known")
    op.execute(f"ALTER TABLE findings ADD CONSTRAINT findingsubject_known CHECK (subject_kind IN ({known})) NOT VALID")
    op.execute("ALTER TABLE findings VALIDATE CONSTRAINT findingsubject_known")


def downgrade() -> None:
    op.execute(
        "DELETE FROM judgements WHERE kind IN ('dues_month', 'dues_quarter', 'circle_quarter', 'archive_quarter')"
    )
    name_judgements(JUDGED[:-NEW])
    op.execute("DELETE FROM findings WHERE subject_kind = 'circle'")
    name_subjects(SUBJECTS[:-1])
    op.drop_table("council_decisions")
    op.drop_table("council_meetings")
    op.drop_table("circle_turns")
    op.drop_table("circle_bookings")
    op.drop_table("circle_rooms")
    op.drop_table("centre_staff")
    op.drop_table("circle_memberships")
    op.drop_table("circles")
    op.drop_table("dues_payments")
    op.drop_table("archive_entries")
    op.drop_table("site_checks")
    op.drop_table("site_standards")
    op.drop_table("site_files")
