"""Keep services asked of activity centres, stars of organisations, money for the Party's work, and what is told
of the quality of the registers.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

SERVICE_KINDS = ("relations", "dues", "joining", "policy", "venue", "other")
SERVICE_STATES = ("asked", "taken", "answered", "closed")
SUBJECTS = (
    *("organization", "unit", "member", "post", "instructor", "appeal", "project", "mass_organization_head"),
    *("circle", "service_request"),
)
NEW_SUBJECTS = SUBJECTS[-1:]


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


def of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=f"fk_{table}_{column}_{other}")


def upgrade() -> None:
    create_service_requests()
    name_subjects(SUBJECTS)
    create_organization_stars()
    create_fund_budgets()
    create_fund_payments()
    create_quality_counts()
    create_distinct_pairs()


def create_service_requests() -> None:
    table = "service_requests"
    op.create_table(
        table,
        *owned(),
        sa.Column("circle_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("asking_organization_id", sa.Uuid(), nullable=True),
        sa.Column("visitor_name", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_member_id", sa.Uuid(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("is_solved", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        of(table, "circle_id", "circles"),
        of(table, "member_id", "members"),
        of(table, "asking_organization_id", "party_organizations"),
        of(table, "owner_member_id", "members"),
        sa.CheckConstraint(f"kind IN {SERVICE_KINDS}", name=op.f(f"ck_{table}_servicekind_known")),
        sa.CheckConstraint(f"state IN {SERVICE_STATES}", name=op.f(f"ck_{table}_servicestate_known")),
        *service_checks(table),
    )
    for columns in (
        *(("organization_id",), ("member_id",), ("asking_organization_id",)),
        *(("circle_id", "due_on"), ("asked_on", "id")),
    ):
        index(table, *columns)


def service_checks(table: str) -> list[sa.CheckConstraint]:
    state_has_its_days = (
        "(state = 'asked') = (taken_on IS NULL) AND (state IN ('answered', 'closed')) = (answered_on IS NOT NULL)"
        " AND (state = 'closed') = (closed_on IS NOT NULL)"
    )
    checks = {
        "of_one_requester": "num_nonnulls(member_id, asking_organization_id, visitor_name) = 1",
        "taken_whole": "num_nulls(owner_member_id, taken_on) IN (0, 2)",
        "answered_whole": "num_nulls(answer, answered_on) IN (0, 2)",
        "closed_whole": "num_nulls(closed_on, is_solved) IN (0, 2)",
        "state_has_its_days": state_has_its_days,
        "due_after_asking": "due_on >= asked_on",
    }
    return [sa.CheckConstraint(sql, name=op.f(f"ck_{table}_{name}")) for name, sql in checks.items()]


def create_organization_stars() -> None:
    table = "organization_stars"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        of(table, "organization_id", "party_organizations"),
    )
    index(table, "organization_id", "year")


def create_fund_budgets() -> None:
    table = "fund_budgets"
    op.create_table(
        table,
        *owned(),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("payroll", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("budget", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("spent", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("permille", sa.Integer(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        of(table, "unit_id", "units"),
        sa.CheckConstraint(
            "payroll > 0 AND budget >= 0 AND spent >= 0 AND permille > 0", name=op.f(f"ck_{table}_amounts")
        ),
    )
    index(table, "organization_id")
    index(table, "year", "id")
    standing = sa.text("void_reason IS NULL")
    op.create_index(f"uq_{table}_unit_id", table, ["unit_id", "year"], unique=True, postgresql_where=standing)


def create_fund_payments() -> None:
    table = "fund_payments"
    op.create_table(
        table,
        *owned(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("star_id", sa.Uuid(), nullable=True),
        sa.Column("star_level", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        of(table, "star_id", "organization_stars"),
        sa.CheckConstraint("kind IN ('dues_return', 'star_reward')", name=op.f(f"ck_{table}_fundkind_known")),
        sa.CheckConstraint("amount > 0", name=op.f(f"ck_{table}_amount")),
        sa.CheckConstraint(
            "num_nonnulls(star_id, star_level) = CASE kind WHEN 'star_reward' THEN 2 ELSE 0 END",
            name=op.f(f"ck_{table}_reward_has_star"),
        ),
    )
    index(table, "organization_id")
    index(table, "paid_on", "id")
    once = sa.text("kind = 'star_reward' AND void_reason IS NULL")
    columns = ["organization_id", "year"]
    op.create_index(f"uq_{table}_organization_id", table, columns, unique=True, postgresql_where=once)


def create_quality_counts() -> None:
    table = "quality_counts"
    op.create_table(
        table,
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "code", "organization_id", name=f"pk_{table}"),
        sa.CheckConstraint("number >= 0", name=op.f(f"ck_{table}_number")),
    )
    index(table, "root_id", "day")


def create_distinct_pairs() -> None:
    table = "distinct_pairs"
    op.create_table(
        table,
        *owned(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.CheckConstraint("kind IN ('member', 'unit')", name=op.f(f"ck_{table}_lookalikekind_known")),
        sa.CheckConstraint("first_id < second_id", name=op.f(f"ck_{table}_in_order")),
    )
    index(table, "organization_id")
    index(table, "judged_on", "id")
    standing = sa.text("void_reason IS NULL")
    op.create_index(f"uq_{table}_first_id", table, ["first_id", "second_id"], unique=True, postgresql_where=standing)


def name_subjects(subjects: tuple[str, ...]) -> None:
    """What a finding may be about."""
    known = ", ".join(f"'{one}'" for one in subjects)
    op.execute("ALTER TABLE findings DROP CONSTRAINT findingsubject_known")
    op.execute(f"ALTER TABLE findings ADD CONSTRAINT findingsubject_known CHECK (subject_kind IN ({known})) NOT VALID")
    op.execute("ALTER TABLE findings VALIDATE CONSTRAINT findingsubject_known")


def downgrade() -> None:
    known = ", ".join(f"'{one}'" for one in NEW_SUBJECTS)
    op.execute(f"DELETE FROM findings WHERE subject_kind IN ({known})")  # noqa: S608 - of this file
    name_subjects(SUBJECTS[: -len(NEW_SUBJECTS)])
    for table in (
        "distinct_pairs",
        "quality_counts",
        "fund_payments",
        "fund_budgets",
        "organization_stars",
        "service_requests",
    ):
        op.drop_table(table)
