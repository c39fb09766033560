"""Papers prove what is entered for others; what a recorder is concerned in waits for the superior."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

revision = "0008"
down_revision = "0007"
PAPERS = (
    ("pledges", "paper_file_id"),
    ("reports", "paper_file_id"),
    ("survey_results", "sheet_file_id"),
    ("resolutions", "sheet_file_id"),
)
WITHIN = "ck_survey_results_answers_within_asked"
STANDING = "ck_resolution_decisions_awaiting_does_not_stand"
WAITING = "NOT (awaits_superior AND is_standing)"
COUNTED = "good + fairly_good + ordinary + poor <= asked"
OF_THE_SURVEY = """
UPDATE survey_results r SET sheet_file_id = s.sheet_file_id, asked = good + fairly_good + ordinary + poor
FROM surveys s WHERE s.id = r.survey_id
"""
ONE_OF_THE_RESULTS = """
UPDATE surveys s SET sheet_file_id =
    (SELECT r.sheet_file_id FROM survey_results r WHERE r.survey_id = s.id ORDER BY r.subject_id LIMIT 1)
WHERE s.sheet_file_id IS NULL
"""


def upgrade() -> None:
    """What was counted before is proven by the one sheet of its survey, and asked as many as answered."""
    for table, column in PAPERS:
        op.add_column(table, sa.Column(column, sa.Uuid(), nullable=True))
        name = f(f"fk_{table}_{column}_evidence_files")
        op.create_foreign_key(name, table, "evidence_files", [column], ["id"], postgresql_not_valid=True)
    op.add_column("survey_results", sa.Column("asked", sa.Integer(), nullable=True))
    op.create_check_constraint(f(WITHIN), "survey_results", COUNTED, postgresql_not_valid=True)
    op.alter_column("surveys", "sheet_file_id", nullable=True)
    op.execute(OF_THE_SURVEY)
    op.add_column("resolutions", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.add_column("resolutions", sa.Column("confirmed_by", sa.Uuid(), nullable=True))
    op.add_column("resolutions", sa.Column("confirmed_on", sa.Date(), nullable=True))
    waits: sa.Column[bool] = sa.Column("awaits_superior", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("resolution_decisions", waits)
    op.create_check_constraint(f(STANDING), "resolution_decisions", WAITING, postgresql_not_valid=True)
    validate()


def validate() -> None:
    """Scans without stopping whoever writes, so outside the transaction that added the constraints."""
    constraints = [(table, f"fk_{table}_{column}_evidence_files") for table, column in PAPERS]
    constraints += [("survey_results", WITHIN), ("resolution_decisions", STANDING)]
    with op.get_context().autocommit_block():
        for table, name in constraints:
            op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def downgrade() -> None:
    op.drop_constraint(f(STANDING), "resolution_decisions", type_="check")
    op.drop_column("resolution_decisions", "awaits_superior")
    for column in ("confirmed_on", "confirmed_by", "version"):
        op.drop_column("resolutions", column)
    op.execute(ONE_OF_THE_RESULTS)
    op.alter_column("surveys", "sheet_file_id", nullable=False)
    op.drop_constraint(f(WITHIN), "survey_results", type_="check")
    op.drop_column("survey_results", "asked")
    for table, column in reversed(PAPERS):
        op.drop_column(table, column)
