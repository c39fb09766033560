"""Keep the liaison work: contacts of instructors with the units they serve, pairings and what is done in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_contacts()
    create_pairings()
    create_pairing_actions()


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


def downgrade() -> None:
    op.drop_table("pairing_actions")
    op.drop_table("pairings")
    op.drop_table("contacts")
