"""Keep the rectification of weak organisations, with what was done on which day."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

GROUNDS = ("without_secretary", "term_overdue", "by_hand")
STAGES = ("rectifying", "submitted", "closed")


def owned(*, is_voidable: bool = True) -> list[sa.Column[object]]:
    columns: list[sa.Column[object]] = [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]
    return [*columns, sa.Column("void_reason", sa.Text(), nullable=True)] if is_voidable else columns


def index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def upgrade() -> None:
    create_rectifications()
    create_rectification_notes()


def create_rectifications() -> None:
    table = "rectifications"
    op.create_table(
        table,
        *owned(),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("submission", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("rejections", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_rectifications"),
        sa.CheckConstraint(f"ground IN {GROUNDS}", name=op.f("ck_rectifications_rectificationground_known")),
        sa.CheckConstraint(f"stage IN {STAGES}", name=op.f("ck_rectifications_rectificationstage_known")),
        sa.CheckConstraint("due_on > listed_on", name=op.f("ck_rectifications_due_after_listing")),
        sa.CheckConstraint(
            "num_nulls(submitted_on, submission) IN (0, 2)", name=op.f("ck_rectifications_submitted_whole")
        ),
        sa.CheckConstraint(
            "num_nulls(decided_on, decided_by, opinion) IN (0, 3)", name=op.f("ck_rectifications_decided_whole")
        ),
        sa.CheckConstraint(
            "(stage = 'closed') = (closed_on IS NOT NULL)", name=op.f("ck_rectifications_closed_has_day")
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR decided_by IS NOT NULL", name=op.f("ck_rectifications_closed_by_somebody")
        ),
    )
    index(table, "organization_id")
    index(table, "listed_on", "id")
    running = sa.text("stage <> 'closed' AND void_reason IS NULL")
    op.create_index(
        "uq_rectifications_organization_id", table, ["organization_id"], unique=True, postgresql_where=running
    )


def create_rectification_notes() -> None:
    table, rectification = "rectification_notes", "rectification_id"
    op.create_table(
        table,
        *owned(is_voidable=False),
        sa.Column(rectification, sa.Uuid(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rectification_notes"),
        sa.ForeignKeyConstraint(
            [rectification], ["rectifications.id"], name="fk_rectification_notes_rectification_id_rectifications"
        ),
    )
    index(table, "organization_id")
    index(table, rectification)


def downgrade() -> None:
    for table in ("rectification_notes", "rectifications"):
        op.drop_table(table)
