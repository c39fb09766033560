"""Keep rounds of looking for hidden members, whom they found, and the quarterly check of members' ledgers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

STAGES = ("assigned", "queried", "verified", "compiled", "followed")
STANDING = sa.text("void_reason IS NULL")


def owned() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
    ]


def index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    create_screenings()
    create_screened_units()
    create_found_members()
    create_ledger_checks()


def create_screenings() -> None:
    op.create_table(
        "screenings",
        *owned(),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("division_of_work", sa.Text(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("compiled_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_screenings"),
        sa.CheckConstraint(f"stage IN {STAGES}", name=op.f("ck_screenings_screeningstage_known")),
        sa.CheckConstraint("entered_on >= started_on", name=op.f("ck_screenings_entered_after_start")),
        sa.CheckConstraint(
            "(stage IN ('compiled', 'followed')) = (compiled_on IS NOT NULL)",
            name=op.f("ck_screenings_compiled_has_day"),
        ),
    )
    index("screenings", "organization_id")
    index("screenings", "started_on", "id")


def create_screened_units() -> None:
    op.create_table(
        "screened_units",
        *owned(),
        sa.Column("screening_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=False),
        sa.Column("is_target", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_screened_units"),
        sa.ForeignKeyConstraint(["screening_id"], ["screenings.id"], name="fk_screened_units_screening_id_screenings"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_screened_units_unit_id_units"),
    )
    for columns in (("organization_id",), ("screening_id",), ("unit_id",), ("verified_on", "id")):
        index("screened_units", *columns)
    once = ["screening_id", "unit_id"]
    op.create_index(
        "uq_screened_units_screening_id_unit_id", "screened_units", once, unique=True, postgresql_where=STANDING
    )


def create_found_members() -> None:
    op.create_table(
        "found_members",
        *owned(),
        sa.Column("screening_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("found_by", sa.String(40), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_found_members"),
        sa.ForeignKeyConstraint(["screening_id"], ["screenings.id"], name="fk_found_members_screening_id_screenings"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_found_members_unit_id_units"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_found_members_member_id_members"),
        sa.CheckConstraint("kind IN ('floating', 'pocket', 'hidden')", name=op.f("ck_found_members_foundkind_known")),
        sa.CheckConstraint("found_by IN ('organization', 'member')", name=op.f("ck_found_members_foundby_known")),
        sa.CheckConstraint("num_nulls(shown_on, evidence) IN (0, 2)", name=op.f("ck_found_members_shown_whole")),
        sa.CheckConstraint("shown_on >= found_on", name=op.f("ck_found_members_shown_after_found")),
        sa.CheckConstraint(
            "member_id IS NULL OR shown_on IS NOT NULL", name=op.f("ck_found_members_registered_is_shown")
        ),
    )
    for columns in (("organization_id",), ("screening_id",), ("unit_id",), ("member_id",), ("found_on", "id")):
        index("found_members", *columns)


def create_ledger_checks() -> None:
    op.create_table(
        "ledger_checks",
        *owned(),
        sa.Column("quarter_ends_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("stated", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_checks"),
        sa.CheckConstraint("stated >= 0 AND counted >= 0", name=op.f("ck_ledger_checks_counts_not_negative")),
        sa.CheckConstraint("checked_on >= quarter_ends_on", name=op.f("ck_ledger_checks_checked_after_quarter")),
        sa.CheckConstraint(
            "stated = counted OR note IS NOT NULL", name=op.f("ck_ledger_checks_difference_is_explained")
        ),
    )
    index("ledger_checks", "organization_id")
    index("ledger_checks", "quarter_ends_on", "id")
    quarter = ["organization_id", "quarter_ends_on"]
    name = "uq_ledger_checks_organization_id_quarter_ends_on"
    op.create_index(name, "ledger_checks", quarter, unique=True, postgresql_where=STANDING)


def downgrade() -> None:
    for table in ("ledger_checks", "found_members", "screened_units", "screenings"):
        op.drop_table(table)
