"""Keep the liaison work: contacts of instructors with the units they serve."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_contacts()


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


def downgrade() -> None:
    op.drop_table("contacts")
