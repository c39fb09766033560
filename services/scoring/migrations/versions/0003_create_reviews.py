"""Cycles and reviews with their seven steps, the working days they count, and the honours they end in."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy.dialects import postgresql

from hosting.migrations import append_only
from scoring.reference.working_days.defaults import default_days

revision = "0003"
down_revision = "0002"
POINTS, PERCENT, INSTANT = sa.Numeric(12, 2), sa.Numeric(5, 2), sa.DateTime(timezone=True)
TABLES = (
    "working_days "
    "meeting_attendances "
    "cycles "
    "reviews review_subjects step_records "
    "pledges pledge_exemptions reports vetoes "
    "ballots ballot_voters voting_tokens ballot_choices surveys survey_results survey_absences "
    "frozen_inputs ratings "
    "notices objections "
    "resolutions resolution_decisions "
    "stars plaques "
)


def upgrade() -> None:
    create_working_days()
    create_attendances()
    create_cycles()
    create_reviews()
    create_pledges_and_reports()
    create_appraisals()
    create_ratings()
    create_notices()
    create_resolutions()
    create_honours()
    seed_working_days()
    append_only("step_records")


def downgrade() -> None:
    for table in reversed(TABLES.split()):
        op.drop_table(table)


def known(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def seed_working_days() -> None:
    """Every day of the covered years: weekdays are worked but for the holidays and 调休 of the table beside the code."""
    table = sa.table("working_days", *(sa.column(name) for name in ("day", "is_working", "note", "version")))
    op.bulk_insert(table, [{**row, "version": 1} for row in default_days()])


def create_working_days() -> None:
    op.create_table(
        "working_days",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=f("pk_working_days")),
    )


def create_attendances() -> None:
    op.create_table(
        "meeting_attendances",
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("is_valid", sa.Boolean(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("made_up_on", sa.Date(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id", "member_id", name=f("pk_meeting_attendances")),
    )
    op.create_index(f("ix_meeting_attendances_member_id_held_on"), "meeting_attendances", ["member_id", "held_on"])
    op.create_index(
        f("ix_meeting_attendances_organization_id_held_on"), "meeting_attendances", ["organization_id", "held_on"]
    )


def create_cycles() -> None:
    op.create_table(
        "cycles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("subject_kind", known("subjectkind_known", "member", "organization"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("template", known("template_known", "seven_steps", "three_steps"), nullable=False),
        sa.Column("star_model", known("starmodel_known", "bands", "dimensions"), nullable=False),
        sa.Column("catalogue_id", sa.Uuid(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("final_before", sa.Date(), nullable=False),
        sa.Column("only_single", sa.Boolean(), nullable=False),
        sa.Column("deadlines", postgresql.JSONB(), nullable=False),
        sa.Column("weight_attendance", sa.SmallInteger(), nullable=False),
        sa.Column("weight_performance", sa.SmallInteger(), nullable=False),
        sa.Column("weight_ballot", sa.SmallInteger(), nullable=False),
        sa.Column("weight_survey", sa.SmallInteger(), nullable=False),
        sa.Column("grade_excellent", sa.SmallInteger(), nullable=False),
        sa.Column("grade_qualified", sa.SmallInteger(), nullable=False),
        sa.Column("grade_basic", sa.SmallInteger(), nullable=False),
        sa.Column("grade_unqualified", sa.SmallInteger(), nullable=False),
        sa.Column("band_five", PERCENT, nullable=False),
        sa.Column("band_four", PERCENT, nullable=False),
        sa.Column("band_three", PERCENT, nullable=False),
        sa.Column("band_two", PERCENT, nullable=False),
        sa.Column("floor", PERCENT, nullable=False),
        sa.Column("dimension_share", PERCENT, nullable=False),
        sa.Column("veto_cap", sa.SmallInteger(), nullable=False),
        sa.Column("notice_working_days", sa.SmallInteger(), nullable=False),
        sa.Column("state", known("cyclestate_known", "open", "closed"), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=f("ck_cycles_closed_has_moment")),
        sa.CheckConstraint(
            "100 >= grade_excellent AND grade_excellent >= grade_qualified AND grade_qualified >= grade_basic AND grade_basic >= grade_unqualified AND grade_unqualified >= 0",
            name=f("ck_cycles_grades_descend"),
        ),
        sa.CheckConstraint(
            "band_five > band_four AND band_four > band_three AND band_three > band_two AND band_two >= floor",
            name=f("ck_cycles_bands_descend"),
        ),
        sa.CheckConstraint(
            "least(weight_attendance, weight_performance, weight_ballot, weight_survey) >= 0 AND weight_attendance + weight_performance + weight_ballot + weight_survey = 100",
            name=f("ck_cycles_weights_make_a_hundred"),
        ),
        sa.CheckConstraint("notice_working_days BETWEEN 1 AND 60", name=f("ck_cycles_notice_working_days_sensible")),
        sa.CheckConstraint("period_from <= period_to", name=f("ck_cycles_period_runs_forward")),
        sa.CheckConstraint("veto_cap BETWEEN 0 AND 5", name=f("ck_cycles_veto_cap_in_stars")),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogues.id"], name=f("fk_cycles_catalogue_id_catalogues")),
        sa.PrimaryKeyConstraint("id", name=f("pk_cycles")),
        sa.UniqueConstraint(
            "organization_id", "year", "subject_kind", name=f("uq_cycles_organization_id_year_subject_kind")
        ),
    )


def create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("superior_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            known(
                "state_known", "pledge", "practise", "report", "appraise", "compare", "publicise", "deliberate", "final"
            ),
            nullable=False,
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'final') = (finished_on IS NOT NULL)", name=f("ck_reviews_final_has_day")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=f("fk_reviews_cycle_id_cycles")),
        sa.PrimaryKeyConstraint("id", name=f("pk_reviews")),
        sa.UniqueConstraint("cycle_id", "organization_id", name=f("uq_reviews_cycle_id_organization_id")),
    )
    op.create_index(f("ix_reviews_organization_id"), "reviews", ["organization_id"])
    op.create_table(
        "review_subjects",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("peer_kind", sa.Text(), nullable=False),
        sa.Column("is_graded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=f("fk_review_subjects_cycle_id_cycles")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_review_subjects_review_id_reviews")),
        sa.PrimaryKeyConstraint("review_id", "subject_id", name=f("pk_review_subjects")),
        sa.UniqueConstraint("cycle_id", "subject_id", name=f("uq_review_subjects_cycle_id_subject_id")),
    )
    op.create_index(f("ix_review_subjects_subject_id"), "review_subjects", ["subject_id"])
    op.create_table(
        "step_records",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", known("stepkind_known", "opened", "advanced", "reopened"), nullable=False),
        sa.Column(
            "from_state",
            known(
                "from_state_known",
                "pledge",
                "practise",
                "report",
                "appraise",
                "compare",
                "publicise",
                "deliberate",
                "final",
            ),
            nullable=True,
        ),
        sa.Column(
            "to_state",
            known(
                "state_known", "pledge", "practise", "report", "appraise", "compare", "publicise", "deliberate", "final"
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("output", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(kind = 'opened') = (from_state IS NULL)", name=f("ck_step_records_opened_from_nothing")),
        sa.CheckConstraint("(kind = 'reopened') = (reason IS NOT NULL)", name=f("ck_step_records_reopened_has_reason")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_step_records_review_id_reviews")),
        sa.PrimaryKeyConstraint("id", name=f("pk_step_records")),
        sa.UniqueConstraint("review_id", "position", name=f("uq_step_records_review_id_position")),
    )


def create_pledges_and_reports() -> None:
    op.create_table(
        "pledges",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", known("pledgestate_known", "submitted", "approved", "returned"), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column(
            "fulfilment", known("fulfilment_known", "fulfilled", "partly_fulfilled", "unfulfilled"), nullable=True
        ),
        sa.Column("rated_by", sa.Uuid(), nullable=True),
        sa.Column("rated_on", sa.Date(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'submitted') = (decided_on IS NULL)", name=f("ck_pledges_decided_has_day")),
        sa.CheckConstraint("fulfilment IS NULL OR state = 'approved'", name=f("ck_pledges_only_approved_is_rated")),
        sa.CheckConstraint("position BETWEEN 1 AND 5", name=f("ck_pledges_at_most_five")),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_pledges_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_pledges")),
        sa.UniqueConstraint("review_id", "subject_id", "position", name=f("uq_pledges_review_id_subject_id_position")),
    )
    op.create_table(
        "pledge_exemptions",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_pledge_exemptions_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("review_id", "subject_id", name=f("pk_pledge_exemptions")),
    )
    op.create_table(
        "reports",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("is_absent", sa.Boolean(), nullable=False),
        sa.Column("absence_reason", sa.Text(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.Column("commented_by", sa.Uuid(), nullable=True),
        sa.Column("commented_on", sa.Date(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("is_absent = (absence_reason IS NOT NULL)", name=f("ck_reports_absent_has_reason")),
        sa.CheckConstraint("is_absent = (content IS NULL)", name=f("ck_reports_absent_or_content")),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_reports_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("review_id", "subject_id", name=f("pk_reports")),
    )
    op.create_table(
        "vetoes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifting_reason", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(lifted_on IS NULL) = (lifting_reason IS NULL)", name=f("ck_vetoes_lifted_has_reason")),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_vetoes_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_vetoes")),
    )
    op.create_index(f("ix_vetoes_review_id_subject_id"), "vetoes", ["review_id", "subject_id"])


def create_appraisals() -> None:
    op.create_table(
        "ballots",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("kind", known("ballotkind_known", "democratic", "mutual"), nullable=False),
        sa.Column("state", known("ballotstate_known", "open", "closed"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("votes_entitled", sa.Integer(), nullable=False),
        sa.Column("votes_cast", sa.Integer(), nullable=False),
        sa.Column("is_valid", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=f("ck_ballots_closed_has_day")),
        sa.CheckConstraint("votes_cast BETWEEN 0 AND votes_entitled", name=f("ck_ballots_no_more_votes_than_voters")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_ballots_review_id_reviews")),
        sa.PrimaryKeyConstraint("id", name=f("pk_ballots")),
    )
    op.create_index("uq_ballots_open", "ballots", ["review_id", "kind"], unique=True, postgresql_where="state = 'open'")
    op.create_table(
        "ballot_voters",
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("own_subject_id", sa.Uuid(), nullable=True),
        sa.Column("has_vote", sa.Boolean(), nullable=False),
        sa.Column("has_taken_part", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=f("fk_ballot_voters_ballot_id_ballots")),
        sa.PrimaryKeyConstraint("ballot_id", "member_id", name=f("pk_ballot_voters")),
    )
    op.create_table(
        "voting_tokens",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("own_subject_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=f("fk_voting_tokens_ballot_id_ballots")),
        sa.PrimaryKeyConstraint("token_hash", name=f("pk_voting_tokens")),
    )
    op.create_table(
        "ballot_choices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("ballot_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column(
            "grade",
            known("grade_known", "excellent", "qualified", "basically_qualified", "unqualified"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballots.id"], name=f("fk_ballot_choices_ballot_id_ballots")),
        sa.PrimaryKeyConstraint("id", name=f("pk_ballot_choices")),
    )
    op.create_index(f("ix_ballot_choices_ballot_id_subject_id"), "ballot_choices", ["ballot_id", "subject_id"])
    op.create_table(
        "surveys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("kind", known("surveykind_known", "public", "service_object", "owner"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("sheet_file_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_surveys_review_id_reviews")),
        sa.ForeignKeyConstraint(
            ["sheet_file_id"], ["evidence_files.id"], name=f("fk_surveys_sheet_file_id_evidence_files")
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_surveys")),
        sa.UniqueConstraint("id", "review_id", "kind", name=f("uq_surveys_id_review_id_kind")),
    )
    op.create_table(
        "survey_results",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("kind", known("surveykind_known", "public", "service_object", "owner"), nullable=False),
        sa.Column("good", sa.Integer(), nullable=False),
        sa.Column("fairly_good", sa.Integer(), nullable=False),
        sa.Column("ordinary", sa.Integer(), nullable=False),
        sa.Column("poor", sa.Integer(), nullable=False),
        sa.CheckConstraint("good + fairly_good + ordinary + poor > 0", name=f("ck_survey_results_somebody_answered")),
        sa.CheckConstraint(
            "least(good, fairly_good, ordinary, poor) >= 0", name=f("ck_survey_results_counts_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_survey_results_review_id_subject_id_review_subjects"),
        ),
        sa.ForeignKeyConstraint(
            ["survey_id", "review_id", "kind"],
            ["surveys.id", "surveys.review_id", "surveys.kind"],
            name=f("fk_survey_results_survey_id_review_id_kind_surveys"),
        ),
        sa.PrimaryKeyConstraint("survey_id", "subject_id", name=f("pk_survey_results")),
        sa.UniqueConstraint("review_id", "subject_id", "kind", name=f("uq_survey_results_review_id_subject_id_kind")),
    )
    op.create_table(
        "survey_absences",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_survey_absences_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("review_id", "subject_id", name=f("pk_survey_absences")),
    )


def create_ratings() -> None:
    op.create_table(
        "frozen_inputs",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("attended", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("points", POINTS, nullable=False),
        sa.Column("maximum", POINTS, nullable=False),
        sa.Column("dimensions", postgresql.JSONB(), nullable=False),
        sa.Column("indicators", postgresql.JSONB(), nullable=False),
        sa.Column("ballot_excellent", sa.Integer(), nullable=False),
        sa.Column("ballot_qualified", sa.Integer(), nullable=False),
        sa.Column("ballot_basic", sa.Integer(), nullable=False),
        sa.Column("ballot_unqualified", sa.Integer(), nullable=False),
        sa.Column("survey_good", sa.Integer(), nullable=False),
        sa.Column("survey_fairly_good", sa.Integer(), nullable=False),
        sa.Column("survey_ordinary", sa.Integer(), nullable=False),
        sa.Column("survey_poor", sa.Integer(), nullable=False),
        sa.Column("has_veto", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("frozen_at", INSTANT, nullable=False),
        sa.Column("points_read_at", INSTANT, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("attended BETWEEN 0 AND expected", name=f("ck_frozen_inputs_attended_of_expected")),
        sa.CheckConstraint("maximum > 0", name=f("ck_frozen_inputs_maximum_positive")),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_frozen_inputs_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("review_id", "subject_id", "revision", name=f("pk_frozen_inputs")),
    )
    op.create_index(
        "uq_frozen_inputs_current",
        "frozen_inputs",
        ["review_id", "subject_id"],
        unique=True,
        postgresql_where="is_current",
    )
    op.create_table(
        "ratings",
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("superior_id", sa.Uuid(), nullable=False),
        sa.Column("peer_kind", sa.Text(), nullable=False),
        sa.Column("attendance", PERCENT, nullable=True),
        sa.Column("performance", PERCENT, nullable=True),
        sa.Column("ballot", PERCENT, nullable=True),
        sa.Column("survey", PERCENT, nullable=True),
        sa.Column("composite", PERCENT, nullable=True),
        sa.Column("proposed_stars", sa.SmallInteger(), nullable=True),
        sa.Column("explanation", postgresql.JSONB(), nullable=False),
        sa.Column("computed_at", INSTANT, nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.CheckConstraint("composite BETWEEN 0 AND 100", name=f("ck_ratings_composite_in_range")),
        sa.CheckConstraint("proposed_stars BETWEEN 0 AND 5", name=f("ck_ratings_stars_in_range")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=f("fk_ratings_cycle_id_cycles")),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id", "revision"],
            ["frozen_inputs.review_id", "frozen_inputs.subject_id", "frozen_inputs.revision"],
            name=f("fk_ratings_review_id_subject_id_revision_frozen_inputs"),
        ),
        sa.PrimaryKeyConstraint("review_id", "subject_id", "revision", name=f("pk_ratings")),
    )
    op.create_index(
        f("ix_ratings_cycle_id_superior_id_peer_kind_composite"),
        "ratings",
        ["cycle_id", "superior_id", "peer_kind", "composite"],
    )
    op.create_index(
        "uq_ratings_current", "ratings", ["review_id", "subject_id"], unique=True, postgresql_where="is_current"
    )


def create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("proposed_stars", sa.SmallInteger(), nullable=True),
        sa.Column("state", known("noticestate_known", "running", "stopped", "replaced", "closed"), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("days_left", sa.SmallInteger(), nullable=False),
        sa.Column("running_since", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'stopped') = (ends_on IS NULL)", name=f("ck_notices_stopped_has_no_end")),
        sa.CheckConstraint("days_left >= 0", name=f("ck_notices_days_left_not_negative")),
        sa.ForeignKeyConstraint(
            ["review_id", "subject_id"],
            ["review_subjects.review_id", "review_subjects.subject_id"],
            name=f("fk_notices_review_id_subject_id_review_subjects"),
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_notices")),
        sa.UniqueConstraint("review_id", "subject_id", "round", name=f("uq_notices_review_id_subject_id_round")),
    )
    op.create_index(
        "uq_notices_current",
        "notices",
        ["review_id", "subject_id"],
        unique=True,
        postgresql_where="state IN ('running', 'stopped')",
    )
    op.create_table(
        "objections",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("state", known("objectionstate_known", "open", "upheld", "rejected"), nullable=False),
        sa.Column("filed_by", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (decided_on IS NULL) AND (state = 'open') = (reply IS NULL)",
            name=f("ck_objections_decided_has_reply"),
        ),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=f("fk_objections_notice_id_notices")),
        sa.PrimaryKeyConstraint("id", name=f("pk_objections")),
    )
    op.create_index(f("ix_objections_review_id_subject_id"), "objections", ["review_id", "subject_id"])


def create_resolutions() -> None:
    op.create_table(
        "resolutions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("body_size", sa.Integer(), nullable=False),
        sa.Column("present_count", sa.Integer(), nullable=False),
        sa.Column("present_member_ids", postgresql.JSONB(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("2 * present_count > body_size", name=f("ck_resolutions_quorum_present")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_resolutions_review_id_reviews")),
        sa.PrimaryKeyConstraint("id", name=f("pk_resolutions")),
    )
    op.create_index(f("ix_resolutions_review_id"), "resolutions", ["review_id"])
    op.create_table(
        "resolution_decisions",
        sa.Column("resolution_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("proposed_stars", sa.SmallInteger(), nullable=True),
        sa.Column("stars", sa.SmallInteger(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=False),
        sa.Column("votes_against", sa.Integer(), nullable=False),
        sa.Column("abstentions", sa.Integer(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("is_standing", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("is_passed OR NOT is_standing", name=f("ck_resolution_decisions_only_passed_stands")),
        sa.CheckConstraint(
            "least(votes_for, votes_against, abstentions) >= 0", name=f("ck_resolution_decisions_votes_not_negative")
        ),
        sa.CheckConstraint("stars BETWEEN 0 AND 5", name=f("ck_resolution_decisions_stars_in_range")),
        sa.CheckConstraint(
            "stars IS NOT DISTINCT FROM proposed_stars OR reason IS NOT NULL",
            name=f("ck_resolution_decisions_adjusted_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["resolution_id"], ["resolutions.id"], name=f("fk_resolution_decisions_resolution_id_resolutions")
        ),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_resolution_decisions_review_id_reviews")),
        sa.PrimaryKeyConstraint("resolution_id", "subject_id", name=f("pk_resolution_decisions")),
    )
    op.create_index(
        "uq_resolution_decisions_standing",
        "resolution_decisions",
        ["review_id", "subject_id"],
        unique=True,
        postgresql_where="is_standing",
    )


def create_honours() -> None:
    op.create_table(
        "stars",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("subject_kind", known("subjectkind_known", "member", "organization"), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("previous_level", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("hearing", sa.Text(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 5", name=f("ck_stars_level_in_range")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=f("fk_stars_cycle_id_cycles")),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=f("fk_stars_review_id_reviews")),
        sa.PrimaryKeyConstraint("id", name=f("pk_stars")),
    )
    op.create_index(f("ix_stars_organization_id"), "stars", ["organization_id"])
    op.create_index(f("ix_stars_subject_id_year"), "stars", ["subject_id", "year"])
    op.create_index("uq_stars_current", "stars", ["cycle_id", "subject_id"], unique=True, postgresql_where="is_current")
    op.create_table(
        "plaques",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawal_reason IS NULL)", name=f("ck_plaques_withdrawn_has_reason")
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_plaques")),
        sa.UniqueConstraint("root_id", "sequence", name=f("uq_plaques_root_id_sequence")),
    )
    op.create_index(
        "uq_plaques_standing", "plaques", ["organization_id"], unique=True, postgresql_where="withdrawn_on IS NULL"
    )
