"""Keep rectifications of weak organisations, campaigns with their samples, and declarations of who was hired."""

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
    create_campaigns()
    create_campaign_meetings()
    create_campaign_samples()
    create_campaign_checks()
    create_hire_declarations()


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


def create_campaigns() -> None:
    table = "campaigns"
    op.create_table(
        table,
        *owned(),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.CheckConstraint("days BETWEEN 1 AND 1000", name=op.f("ck_campaigns_days_in_bounds")),
    )
    index(table, "organization_id")
    index(table, "first_on", "id")


def create_campaign_meetings() -> None:
    table = "campaign_meetings"
    op.create_table(
        table,
        *owned(is_voidable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_meetings"),
        of_campaign(table),
    )
    index(table, "organization_id")
    index(table, "campaign_id")


def of_campaign(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=f"fk_{table}_campaign_id_campaigns")


def create_campaign_samples() -> None:
    table = "campaign_samples"
    op.create_table(
        table,
        *owned(),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_samples"),
        of_campaign(table),
        sa.CheckConstraint("subject_kind IN ('unit', 'organization')", name=op.f(f"ck_{table}_sampledkind_known")),
        sa.CheckConstraint("size BETWEEN 1 AND population", name=op.f(f"ck_{table}_size_in_population")),
    )
    for columns in (("organization_id",), ("campaign_id",), ("drawn_on", "id")):
        index(table, *columns)


def create_campaign_checks() -> None:
    table, subjects = "campaign_checks", ("unit_id", "checked_organization_id")
    op.create_table(
        table,
        *owned(is_voidable=False),
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("sample_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(subject, sa.Uuid(), nullable=True) for subject in subjects),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_checks"),
        of_campaign(table),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["campaign_samples.id"], name="fk_campaign_checks_sample_id_campaign_samples"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_campaign_checks_unit_id_units"),
        sa.ForeignKeyConstraint(
            ["checked_organization_id"],
            ["party_organizations.id"],
            name="fk_campaign_checks_checked_organization_id_party_organizations",
        ),
        sa.CheckConstraint(f"num_nonnulls({', '.join(subjects)}) = 1", name=op.f(f"ck_{table}_of_one_subject")),
        sa.CheckConstraint(
            "num_nulls(checked_on, is_passed, result) IN (0, 3)", name=op.f(f"ck_{table}_checked_whole")
        ),
    )
    for columns in (("organization_id",), *((subject,) for subject in subjects)):
        index(table, *columns)
    index(table, "campaign_id", "sample_id", "position")
    op.create_index(f"uq_{table}_sample_id_position", table, ["sample_id", "position"], unique=True)


def create_hire_declarations() -> None:
    table = "hire_declarations"
    op.create_table(
        table,
        *owned(),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("hired_on", sa.Date(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("declared", sa.Integer(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_hire_declarations"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name="fk_hire_declarations_unit_id_units"),
        sa.CheckConstraint(
            "people >= 1 AND members >= 0 AND members <= declared AND declared <= people",
            name=op.f(f"ck_{table}_counts_in_order"),
        ),
        sa.CheckConstraint("(declared = 0) = (declared_on IS NULL)", name=op.f(f"ck_{table}_declared_has_day")),
        sa.CheckConstraint("declared_on >= hired_on", name=op.f(f"ck_{table}_declared_after_hiring")),
    )
    for columns in (("organization_id",), ("unit_id",), ("hired_on", "id")):
        index(table, *columns)


def downgrade() -> None:
    op.drop_table("hire_declarations")
    for table in ("campaign_checks", "campaign_samples", "campaign_meetings", "campaigns"):
        op.drop_table(table)
    for table in ("rectification_notes", "rectifications"):
        op.drop_table(table)
