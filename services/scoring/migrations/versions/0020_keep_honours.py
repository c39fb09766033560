"""Keep complaints about those who hold a star, and how far an upheld one lowers it."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KNOWN_POLICIES = ("diary_back_days", "claim_grace_days", "evaluation_due_days")
POLICIES = {"complaint_lowered_stars": 1}


def owned() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
    ]


def upgrade() -> None:
    know(*KNOWN_POLICIES, *POLICIES)
    for name, value in POLICIES.items():
        op.execute(f"INSERT INTO policies (name, effective_from, value) VALUES ('{name}', '2020-01-01', {value})")  # noqa: S608 - named above
    create_complaints()


def create_complaints() -> None:
    op.create_table(
        "complaints",
        *owned(),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("complainant_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("hearing", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("proposed_level", sa.SmallInteger(), nullable=True),
        sa.Column("lowered_star_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_complaints_review_id_reviews")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_complaints_cycle_id_cycles")),
        sa.ForeignKeyConstraint(["lowered_star_id"], ["stars.id"], name=op.f("fk_complaints_lowered_star_id_stars")),
        sa.CheckConstraint("subject_kind IN ('member', 'organization')", name=op.f("ck_complaints_subjectkind_known")),
        sa.CheckConstraint(
            "source IN ('own', 'public', 'inspection')", name=op.f("ck_complaints_complaintsource_known")
        ),
        sa.CheckConstraint(
            "state IN ('filed', 'heard', 'upheld', 'dismissed')", name=op.f("ck_complaints_complaintstate_known")
        ),
        sa.CheckConstraint(
            "(heard_on IS NULL) = (hearing IS NULL) AND (state = 'filed') = (hearing IS NULL)",
            name=op.f("ck_complaints_decided_only_when_heard"),
        ),
        sa.CheckConstraint(
            "(state IN ('upheld', 'dismissed')) = (decided_on IS NOT NULL) AND (decided_on IS NULL) = (reason IS NULL)",
            name=op.f("ck_complaints_decided_has_reason"),
        ),
        sa.CheckConstraint(
            "lowered_star_id IS NULL OR state = 'upheld'", name=op.f("ck_complaints_only_upheld_lowers")
        ),
    )
    op.create_index("uq_complaints_lowered_star_id", "complaints", ["lowered_star_id"], unique=True)
    index("complaints", ["organization_id"], ["subject_id"], ["filed_on", "id"])


def index(table: str, *columns: list[str]) -> None:
    for names in columns:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)


def know(*names: str) -> None:
    op.drop_constraint("policyname_known", "policies", type_="check")
    listed = ", ".join(f"'{name}'" for name in names)
    op.create_check_constraint("policyname_known", "policies", f"name IN ({listed})")


def downgrade() -> None:
    op.drop_table("complaints")
    for name in POLICIES:
        op.execute(f"DELETE FROM policies WHERE name = '{name}'")  # noqa: S608 - named above
    know(*KNOWN_POLICIES)
