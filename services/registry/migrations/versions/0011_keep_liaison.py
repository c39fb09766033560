"""Keep the liaison work: contacts, pairings, appeals, talks and leaders' contact points; seconded posts."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SUBJECTS = ("organization", "unit", "member", "post", "instructor", "appeal")
BACKGROUNDS = ("owner", "association_member", "employee", "cadre", "retired_cadre", "graduate")
POSTS: tuple[sa.Column[Any], ...] = (
    sa.Column("background", sa.String(length=40), nullable=True),
    sa.Column("is_seconded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
)


def upgrade() -> None:
    create_contacts()
    create_pairings()
    create_pairing_actions()
    create_appeals()
    create_appeal_quarters()
    create_talks()
    create_leader_contacts()
    create_leader_visits()
    extend_posts()
    name_subjects(SUBJECTS)


def create_contacts() -> None:
    op.create_table(
        "contacts",
        sa.Column("instructor_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("contacted_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("covering_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('call', 'visit', 'talk', 'member_developed', 'organization_helped')",
            name=op.f("ck_contacts_contactkind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["instructor_id"], ["instructors.id"], name=op.f("fk_contacts_instructor_id_instructors")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_contacts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_contacted_on_id", "contacts", ["contacted_on", "id"], unique=False)
    op.create_index("ix_contacts_covering_ids", "contacts", ["covering_ids"], unique=False, postgresql_using="gin")
    op.create_index(
        "ix_contacts_instructor_id_contacted_on", "contacts", ["instructor_id", "contacted_on"], unique=False
    )
    op.create_index(op.f("ix_contacts_organization_id"), "contacts", ["organization_id"], unique=False)
    op.create_index(op.f("ix_contacts_unit_id"), "contacts", ["unit_id"], unique=False)


def create_pairings() -> None:
    op.create_table(
        "pairings",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("helper_organization_id", sa.Uuid(), nullable=True),
        sa.Column("helper_unit_id", sa.Uuid(), nullable=True),
        sa.Column("partner_organization_id", sa.Uuid(), nullable=True),
        sa.Column("partner_unit_id", sa.Uuid(), nullable=True),
        sa.Column("partner_village", sa.Text(), nullable=True),
        sa.Column("partner_keeper_id", sa.Uuid(), nullable=True),
        sa.Column("paired_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('demonstration', 'village', 'mutual')", name=op.f("ck_pairings_pairingkind_known")
        ),
        sa.CheckConstraint("ended_on > paired_on", name=op.f("ck_pairings_ended_after_pairing")),
        sa.CheckConstraint(
            "helper_organization_id <> partner_organization_id", name=op.f("ck_pairings_organization_not_with_itself")
        ),
        sa.CheckConstraint("helper_unit_id <> partner_unit_id", name=op.f("ck_pairings_unit_not_with_itself")),
        sa.CheckConstraint(
            "num_nonnulls(helper_organization_id, helper_unit_id) = 1", name=op.f("ck_pairings_one_helper")
        ),
        sa.CheckConstraint(
            "num_nonnulls(partner_organization_id, partner_unit_id, partner_village) = 1",
            name=op.f("ck_pairings_one_partner"),
        ),
        sa.ForeignKeyConstraint(
            ["helper_organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_pairings_helper_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(["helper_unit_id"], ["units.id"], name=op.f("fk_pairings_helper_unit_id_units")),
        sa.ForeignKeyConstraint(
            ["partner_keeper_id"],
            ["party_organizations.id"],
            name=op.f("fk_pairings_partner_keeper_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_pairings_partner_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(["partner_unit_id"], ["units.id"], name=op.f("fk_pairings_partner_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairings")),
    )
    op.create_index(op.f("ix_pairings_organization_id"), "pairings", ["organization_id"], unique=False)
    op.create_index("ix_pairings_paired_on_id", "pairings", ["paired_on", "id"], unique=False)
    op.create_index(op.f("ix_pairings_partner_keeper_id"), "pairings", ["partner_keeper_id"], unique=False)
    op.create_index(op.f("ix_pairings_partner_organization_id"), "pairings", ["partner_organization_id"], unique=False)
    op.create_index(op.f("ix_pairings_partner_unit_id"), "pairings", ["partner_unit_id"], unique=False)
    op.create_index(
        "uq_pairings_sides",
        "pairings",
        [
            "kind",
            "helper_organization_id",
            "helper_unit_id",
            "partner_organization_id",
            "partner_unit_id",
            "partner_village",
        ],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_pairing_actions() -> None:
    op.create_table(
        "pairing_actions",
        sa.Column("pairing_id", sa.Uuid(), nullable=False),
        sa.Column("acted_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sites_built", sa.Integer(), nullable=False),
        sa.Column("jobs", sa.Integer(), nullable=False),
        sa.Column("money", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("helper_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "sites_built >= 0 AND jobs >= 0 AND money >= 0", name=op.f("ck_pairing_actions_nothing_negative")
        ),
        sa.ForeignKeyConstraint(["pairing_id"], ["pairings.id"], name=op.f("fk_pairing_actions_pairing_id_pairings")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_actions")),
    )
    op.create_index("ix_pairing_actions_acted_on_id", "pairing_actions", ["acted_on", "id"], unique=False)
    op.create_index(op.f("ix_pairing_actions_organization_id"), "pairing_actions", ["organization_id"], unique=False)
    op.create_index(op.f("ix_pairing_actions_pairing_id"), "pairing_actions", ["pairing_id"], unique=False)


def create_appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("author_member_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.Text(), nullable=True),
        sa.Column("owner_member_id", sa.Uuid(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.Column("is_solved", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("due_on >= raised_on AND answered_on >= raised_on", name=op.f("ck_appeals_days_follow")),
        sa.CheckConstraint(
            "num_nulls(answer, answered_on, answered_by, is_solved) IN (0, 4)", name=op.f("ck_appeals_answered_whole")
        ),
        sa.CheckConstraint("num_nulls(author_member_id, author_name) > 0", name=op.f("ck_appeals_one_author")),
        sa.ForeignKeyConstraint(["author_member_id"], ["members.id"], name=op.f("fk_appeals_author_member_id_members")),
        sa.ForeignKeyConstraint(["owner_member_id"], ["members.id"], name=op.f("fk_appeals_owner_member_id_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
    )
    op.create_index(op.f("ix_appeals_author_member_id"), "appeals", ["author_member_id"], unique=False)
    op.create_index(op.f("ix_appeals_organization_id"), "appeals", ["organization_id"], unique=False)
    op.create_index("ix_appeals_organization_id_due_on", "appeals", ["organization_id", "due_on"], unique=False)
    op.create_index("ix_appeals_raised_on_id", "appeals", ["raised_on", "id"], unique=False)


def create_appeal_quarters() -> None:
    op.create_table(
        "appeal_quarters",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("answered_in_time", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_appeal_quarters_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "ends_on", name=op.f("pk_appeal_quarters")),
    )


def create_talks() -> None:
    op.create_table(
        "talks",
        sa.Column("speaker", sa.Text(), nullable=False),
        sa.Column("counterpart", sa.Text(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "way IN ('meeting', 'face_to_face', 'visit', 'phone', 'online', 'letter')",
            name=op.f("ck_talks_talkway_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_talks")),
    )
    op.create_index("ix_talks_held_on_id", "talks", ["held_on", "id"], unique=False)
    op.create_index(op.f("ix_talks_organization_id"), "talks", ["organization_id"], unique=False)


def create_leader_contacts() -> None:
    op.create_table(
        "leader_contacts",
        sa.Column("leader_name", sa.Text(), nullable=False),
        sa.Column("leader_post", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ended_on > valid_from", name=op.f("ck_leader_contacts_ended_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_contacts")),
    )
    op.create_index(op.f("ix_leader_contacts_organization_id"), "leader_contacts", ["organization_id"], unique=False)
    op.create_index("ix_leader_contacts_valid_from_id", "leader_contacts", ["valid_from", "id"], unique=False)
    op.create_index(
        "uq_leader_contacts_leader_name",
        "leader_contacts",
        ["organization_id", "leader_name"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_leader_visits() -> None:
    op.create_table(
        "leader_visits",
        sa.Column("leader_contact_id", sa.Uuid(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leader_contact_id"],
            ["leader_contacts.id"],
            name=op.f("fk_leader_visits_leader_contact_id_leader_contacts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leader_visits")),
    )
    op.create_index(
        "ix_leader_visits_leader_contact_id_visited_on",
        "leader_visits",
        ["leader_contact_id", "visited_on"],
        unique=False,
    )
    op.create_index(op.f("ix_leader_visits_organization_id"), "leader_visits", ["organization_id"], unique=False)
    op.create_index("ix_leader_visits_visited_on_id", "leader_visits", ["visited_on", "id"], unique=False)


def extend_posts() -> None:
    for column in POSTS:
        op.add_column("posts", column)
    known = ", ".join(f"'{one}'" for one in BACKGROUNDS)
    op.execute(f"ALTER TABLE posts ADD CONSTRAINT ck_posts_background_known CHECK (background IN ({known})) NOT VALID")
    op.execute("ALTER TABLE posts VALIDATE CONSTRAINT ck_posts_background_known")


def name_subjects(subjects: tuple[str, ...]) -> None:
    """What a finding may be about."""
    known = ", ".join(f"'{one}'" for one in subjects)
    op.execute("ALTER TABLE findings DROP CONSTRAINT findingsubject_known")
    op.execute(f"ALTER TABLE findings ADD CONSTRAINT findingsubject_known CHECK (subject_kind IN ({known})) NOT VALID")
    op.execute("ALTER TABLE findings VALIDATE CONSTRAINT findingsubject_known")


def downgrade() -> None:
    name_subjects(SUBJECTS[:-1])
    op.drop_column("posts", "is_seconded")
    op.drop_column("posts", "background")
    op.drop_table("leader_visits")
    op.drop_table("leader_contacts")
    op.drop_table("talks")
    op.drop_table("appeal_quarters")
    op.drop_table("appeals")
    op.drop_table("pairing_actions")
    op.drop_table("pairings")
    op.drop_table("contacts")
