"""Keep the sites: pictures, standards and checks, archives, dues and funds, activity circles and joint councils."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_site_files()
    create_site_standards()
    create_site_checks()


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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_checks")),
    )
    op.create_index("ix_site_checks_checked_on_id", "site_checks", ["checked_on", "id"], unique=False)
    op.create_index(op.f("ix_site_checks_organization_id"), "site_checks", ["organization_id"], unique=False)
    op.create_index(
        "ix_site_checks_organization_id_checked_on", "site_checks", ["organization_id", "checked_on"], unique=False
    )


def downgrade() -> None:
    op.drop_table("site_checks")
    op.drop_table("site_standards")
    op.drop_table("site_files")
