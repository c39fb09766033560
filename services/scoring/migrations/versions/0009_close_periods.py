"""Periods that are final, the points that came too late for them, and until when a month may be judged."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

revision = "0009"
down_revision = "0008"

NAMES = ("diary_back_days", "claim_grace_days")
CLOSE_WHAT_IS_FINAL = """
INSERT INTO closed_periods (subject_id, review_id, root_id, superior_id, title, first_day, last_day, closed_on)
SELECT subject.subject_id, review.id, review.root_id, review.superior_id, cycle.name, cycle.period_from, cycle.period_to,
       review.finished_on
FROM reviews AS review JOIN cycles AS cycle ON cycle.id = review.cycle_id
JOIN review_subjects AS subject ON subject.review_id = review.id
WHERE review.state = 'final'
"""
DUE_BY_THE_TENTH = """
UPDATE monthly_evaluations
SET due_on = (to_date(month, 'YYYY-MM') + interval '1 month' + interval '9 days')::date
"""


def upgrade() -> None:
    op.create_table(
        "closed_periods",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("superior_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=f("ck_closed_periods_days_in_order")),
        sa.PrimaryKeyConstraint("subject_id", "review_id", name=f("pk_closed_periods")),
    )
    op.create_index(f("ix_closed_periods_review_id"), "closed_periods", ["review_id"])
    op.execute(CLOSE_WHAT_IS_FINAL)
    _create_withheld_points()
    op.add_column(
        "monthly_evaluations",
        sa.Column("due_on", sa.Date(), server_default=sa.text("(CURRENT_DATE + 10)"), nullable=False),
    )
    op.execute(DUE_BY_THE_TENTH)
    op.add_column("monthly_evaluations", sa.Column("extended_by", sa.Uuid(), nullable=True))
    op.add_column("monthly_evaluations", sa.Column("extension_reason", sa.Text(), nullable=True))
    op.create_check_constraint(
        f("ck_monthly_evaluations_extension_has_reason"),
        "monthly_evaluations",
        "(extended_by IS NULL) = (extension_reason IS NULL)",
    )
    op.drop_constraint("policyname_known", "policies", type_="check")
    _know(*NAMES, "evaluation_due_days")
    op.execute("INSERT INTO policies (name, effective_from, value) VALUES ('evaluation_due_days', '2020-01-01', 10)")


def known(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _know(*names: str) -> None:
    listed = ", ".join(f"'{name}'" for name in names)
    op.create_check_constraint("policyname_known", "policies", f"name IN ({listed})")


def _create_withheld_points() -> None:
    op.create_table(
        "withheld_points",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", known("subjectkind_known", "member", "organization"), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("catalogue_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_code", sa.Text(collation="C"), nullable=False),
        sa.Column("cadence", sa.Text(), nullable=False),
        sa.Column("annual_cap", sa.Numeric(12, 2), nullable=False),
        sa.Column("requested", sa.Numeric(12, 2), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withheld_on", sa.Date(), nullable=False),
        sa.Column("state", known("withheldstate_known", "waiting", "booked", "left", "replaced"), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "subject_kind IN ('member', 'organization')", name=f("ck_withheld_points_subjectkind_known")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'booked', 'left', 'replaced')", name=f("ck_withheld_points_withheldstate_known")
        ),
        sa.CheckConstraint(
            "(state IN ('booked', 'left')) = (reason IS NOT NULL)", name=f("ck_withheld_points_decision_has_reason")
        ),
        sa.CheckConstraint(
            "(state IN ('booked', 'left')) = (decided_on IS NOT NULL)", name=f("ck_withheld_points_decision_has_day")
        ),
        sa.CheckConstraint("requested >= 0", name=f("ck_withheld_points_requested_not_negative")),
        sa.ForeignKeyConstraint(
            ["catalogue_id"], ["catalogues.id"], name=f("fk_withheld_points_catalogue_id_catalogues")
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_withheld_points")),
        sa.UniqueConstraint(
            "source", "source_ref", "revision", name=f("uq_withheld_points_source_source_ref_revision")
        ),
    )
    op.create_index(f("ix_withheld_points_subject_id"), "withheld_points", ["subject_id"])


def downgrade() -> None:
    op.execute("DELETE FROM policies WHERE name = 'evaluation_due_days'")
    op.drop_constraint("policyname_known", "policies", type_="check")
    _know(*NAMES)
    op.drop_constraint(f("ck_monthly_evaluations_extension_has_reason"), "monthly_evaluations", type_="check")
    for column in ("extension_reason", "extended_by", "due_on"):
        op.drop_column("monthly_evaluations", column)
    op.drop_table("withheld_points")
    op.drop_table("closed_periods")
