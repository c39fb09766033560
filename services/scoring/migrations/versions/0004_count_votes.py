"""Votes are counted in place: a choice has no row of its own any more."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

revision = "0004"
down_revision = "0003"

COUNT = """
INSERT INTO ballot_counts (ballot_id, subject_id, root_id, excellent, qualified, basic, unqualified)
SELECT b.id, s.subject_id, b.root_id,
       count(*) FILTER (WHERE c.grade = 'excellent'), count(*) FILTER (WHERE c.grade = 'qualified'),
       count(*) FILTER (WHERE c.grade = 'basically_qualified'), count(*) FILTER (WHERE c.grade = 'unqualified')
FROM ballots b
JOIN review_subjects s ON s.review_id = b.review_id AND s.is_graded
LEFT JOIN ballot_choices c ON c.ballot_id = b.id AND c.subject_id = s.subject_id
GROUP BY b.id, s.subject_id
"""
SPREAD = """
INSERT INTO ballot_choices (id, root_id, ballot_id, subject_id, grade)
SELECT gen_random_uuid(), c.root_id, c.ballot_id, c.subject_id, given.grade
FROM ballot_counts c
CROSS JOIN LATERAL (VALUES ('excellent', c.excellent), ('qualified', c.qualified),
                           ('basically_qualified', c.basic), ('unqualified', c.unqualified)) AS given(grade, votes)
CROSS JOIN LATERAL generate_series(1, given.votes)
"""


def upgrade() -> None:
    op.create_table(
        "ballot_counts",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("excellent", "qualified", "basic", "unqualified")),
        sa.CheckConstraint(
            "least(excellent, qualified, basic, unqualified) >= 0", name=f("ck_ballot_counts_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=f("fk_ballot_counts_ballot_id_ballots")),
        sa.PrimaryKeyConstraint("ballot_id", "subject_id", name=f("pk_ballot_counts")),
    )
    op.execute(COUNT)
    op.drop_table("ballot_choices")


def downgrade() -> None:
    grades = sa.Enum(
        *("excellent", "qualified", "basically_qualified", "unqualified"),
        name="grade_known",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.create_table(
        "ballot_choices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("grade", grades, nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=f("fk_ballot_choices_ballot_id_ballots")),
        sa.PrimaryKeyConstraint("id", name=f("pk_ballot_choices")),
    )
    op.create_index(f("ix_ballot_choices_ballot_id_subject_id"), "ballot_choices", ["ballot_id", "subject_id"])
    op.execute(SPREAD)
    op.drop_table("ballot_counts")
