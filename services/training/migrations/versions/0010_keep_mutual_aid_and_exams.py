"""Keep menus of mutual help with their votes, provisions and essays, and question banks, exams and contests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_contest_results()
    create_essays()
    create_exams()
    create_live_contests()
    create_questions()
    create_service_items()
    create_service_votes()
    create_essay_comments()
    create_essay_versions()
    create_exam_attempts()
    create_exam_results()
    create_live_rounds()
    create_live_teams()
    create_service_candidates()
    create_service_provisions()
    create_service_voters()
    create_live_buzzes()


def create_contest_results() -> None:
    op.create_table(
        "contest_results",
        sa.Column(
            "kind",
            sa.Enum(
                "safety_knowledge",
                "skill_drill",
                name="contestkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("contest", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("place", sa.SmallInteger(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("place BETWEEN 1 AND 100", name=op.f("ck_contest_results_place_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contest_results")),
    )
    op.create_index("ix_contest_results_held_on_id", "contest_results", ["held_on", "id"], unique=False)
    op.create_index(op.f("ix_contest_results_organization_id"), "contest_results", ["organization_id"], unique=False)
    op.create_index(
        "uq_contest_results_member_id",
        "contest_results",
        ["member_id", "kind", "contest", "held_on"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_essays() -> None:
    op.create_table(
        "essays",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("author_member_id", sa.Uuid(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("latest", sa.SmallInteger(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("latest >= 1", name=op.f("ck_essays_versions_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essays")),
    )
    op.create_index(op.f("ix_essays_organization_id"), "essays", ["organization_id"], unique=False)
    op.create_index("ix_essays_submitted_on_id", "essays", ["submitted_on", "id"], unique=False)


def create_exams() -> None:
    op.create_table(
        "exams",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("questions", sa.SmallInteger(), nullable=False),
        sa.Column("pass_mark", sa.SmallInteger(), nullable=False),
        sa.Column("minutes", sa.SmallInteger(), nullable=False),
        sa.Column("most_attempts", sa.SmallInteger(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_exams_closes_after_opening")),
        sa.CheckConstraint("least(questions, minutes, most_attempts) >= 1", name=op.f("ck_exams_something_to_answer")),
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name=op.f("ck_exams_pass_mark_percent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exams")),
    )
    op.create_index("ix_exams_opens_at_id", "exams", ["opens_at", "id"], unique=False)
    op.create_index(op.f("ix_exams_organization_id"), "exams", ["organization_id"], unique=False)


def create_live_contests() -> None:
    op.create_table(
        "live_contests",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "running",
                "finished",
                name="livestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("smallest_team", sa.SmallInteger(), nullable=False),
        sa.Column("points", sa.SmallInteger(), nullable=False),
        sa.Column("question_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("least(smallest_team, points) >= 1", name=op.f("ck_live_contests_teams_and_points_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_contests")),
    )
    op.create_index("ix_live_contests_held_on_id", "live_contests", ["held_on", "id"], unique=False)
    op.create_index(op.f("ix_live_contests_organization_id"), "live_contests", ["organization_id"], unique=False)


def create_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "multiple",
                "true_false",
                name="questionkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("options", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("(kind = 'multiple') = (length(answers) > 1)", name=op.f("ck_questions_answers_fit_kind")),
        sa.CheckConstraint("answers ~ '^[A-H]{1,8}$'", name=op.f("ck_questions_answers_are_letters")),
        sa.CheckConstraint("cardinality(options) BETWEEN 2 AND 8", name=op.f("ck_questions_options_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_organization_id"), "questions", ["organization_id"], unique=False)
    op.create_index("ix_questions_topic_id", "questions", ["topic", "id"], unique=False)
    op.create_index(
        "uq_questions_digest",
        "questions",
        ["organization_id", "digest"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_service_items() -> None:
    op.create_table(
        "service_items",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("provider_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("time", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=False),
        sa.Column("is_voluntary", sa.Boolean(), nullable=False),
        sa.Column("is_convenient", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("is_fixed", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("cardinality(provider_ids) > 0", name=op.f("ck_service_items_provided_by_somebody")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_items")),
    )
    op.create_index("ix_service_items_name_id", "service_items", ["name", "id"], unique=False)
    op.create_index(op.f("ix_service_items_organization_id"), "service_items", ["organization_id"], unique=False)
    op.create_index(
        "uq_service_items_name",
        "service_items",
        ["organization_id", "name"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL AND ended_on IS NULL"),
    )


def create_service_votes() -> None:
    op.create_table(
        "service_votes",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("most_choices", sa.SmallInteger(), nullable=False),
        sa.Column("places", sa.SmallInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("tie_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("closes_on >= opened_on", name=op.f("ck_service_votes_closes_after_opening")),
        sa.CheckConstraint("least(most_choices, places) >= 1", name=op.f("ck_service_votes_something_to_choose")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_votes")),
    )
    op.create_index("ix_service_votes_opened_on_id", "service_votes", ["opened_on", "id"], unique=False)
    op.create_index(op.f("ix_service_votes_organization_id"), "service_votes", ["organization_id"], unique=False)


def create_essay_comments() -> None:
    op.create_table(
        "essay_comments",
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("author_member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("commented_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["essay_id"], ["essays.id"], name=op.f("fk_essay_comments_essay_id_essays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_comments")),
    )
    op.create_index("ix_essay_comments_commented_on_id", "essay_comments", ["commented_on", "id"], unique=False)
    op.create_index("ix_essay_comments_essay_id", "essay_comments", ["essay_id"], unique=False)
    op.create_index(op.f("ix_essay_comments_organization_id"), "essay_comments", ["organization_id"], unique=False)


def create_essay_versions() -> None:
    op.create_table(
        "essay_versions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("essay_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["essay_id"], ["essays.id"], name=op.f("fk_essay_versions_essay_id_essays")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_essay_versions")),
        sa.UniqueConstraint("essay_id", "number", name=op.f("uq_essay_versions_essay_id_number")),
    )


def create_exam_attempts() -> None:
    op.create_table(
        "exam_attempts",
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("question_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("answers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(handed_in_at IS NULL) = (score IS NULL)", name=op.f("ck_exam_attempts_scored_when_handed_in")
        ),
        sa.CheckConstraint("(score IS NULL) = (is_passed IS NULL)", name=op.f("ck_exam_attempts_judged_when_scored")),
        sa.CheckConstraint(
            "cardinality(answers) = cardinality(question_ids)", name=op.f("ck_exam_attempts_answer_of_each_question")
        ),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_exam_attempts_exam_id_exams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_attempts")),
        sa.UniqueConstraint("exam_id", "member_id", "number", name=op.f("uq_exam_attempts_exam_id_member_id_number")),
    )
    op.create_index(op.f("ix_exam_attempts_organization_id"), "exam_attempts", ["organization_id"], unique=False)
    op.create_index("ix_exam_attempts_started_at_id", "exam_attempts", ["started_at", "id"], unique=False)
    op.create_index(
        "uq_exam_attempts_open",
        "exam_attempts",
        ["exam_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("handed_in_at IS NULL"),
    )


def create_exam_results() -> None:
    op.create_table(
        "exam_results",
        sa.Column("exam_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("score", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("attempts >= 1", name=op.f("ck_exam_results_attempts_counted")),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name=op.f("ck_exam_results_score_percent")),
        sa.ForeignKeyConstraint(["exam_id"], ["exams.id"], name=op.f("fk_exam_results_exam_id_exams")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_results")),
    )
    op.create_index(
        "uq_exam_results_member_id",
        "exam_results",
        ["exam_id", "member_id"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )
    op.create_index(op.f("ix_exam_results_organization_id"), "exam_results", ["organization_id"], unique=False)
    op.create_index("ix_exam_results_taken_on_id", "exam_results", ["taken_on", "id"], unique=False)


def create_live_rounds() -> None:
    op.create_table(
        "live_rounds",
        sa.Column("live_contest_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "taken", "closed", name="roundstate_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("turn", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["live_contest_id"], ["live_contests.id"], name=op.f("fk_live_rounds_live_contest_id_live_contests")
        ),
        sa.ForeignKeyConstraint(["question_id"], ["questions.id"], name=op.f("fk_live_rounds_question_id_questions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_rounds")),
        sa.UniqueConstraint("live_contest_id", "number", name=op.f("uq_live_rounds_live_contest_id_number")),
    )
    op.create_index("ix_live_rounds_opened_at_id", "live_rounds", ["opened_at", "id"], unique=False)
    op.create_index(op.f("ix_live_rounds_organization_id"), "live_rounds", ["organization_id"], unique=False)


def create_live_teams() -> None:
    op.create_table(
        "live_teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("live_contest_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("member_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["live_contest_id"], ["live_contests.id"], name=op.f("fk_live_teams_live_contest_id_live_contests")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_teams")),
        sa.UniqueConstraint("live_contest_id", "name", name=op.f("uq_live_teams_live_contest_id_name")),
    )
    op.create_index("ix_live_teams_score_id", "live_teams", ["score", "id"], unique=False)


def create_service_candidates() -> None:
    op.create_table(
        "service_candidates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("service_vote_id", sa.Uuid(), nullable=False),
        sa.Column("service_item_id", sa.Uuid(), nullable=False),
        sa.Column("tally", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "pending",
                "fixed",
                "tied",
                "not_chosen",
                name="voteoutcome_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.CheckConstraint("least(tally, votes) >= 0", name=op.f("ck_service_candidates_votes_not_negative")),
        sa.ForeignKeyConstraint(
            ["service_item_id"], ["service_items.id"], name=op.f("fk_service_candidates_service_item_id_service_items")
        ),
        sa.ForeignKeyConstraint(
            ["service_vote_id"], ["service_votes.id"], name=op.f("fk_service_candidates_service_vote_id_service_votes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_candidates")),
        sa.UniqueConstraint(
            "service_vote_id", "service_item_id", name=op.f("uq_service_candidates_service_vote_id_service_item_id")
        ),
    )
    op.create_index("ix_service_candidates_votes_id", "service_candidates", ["votes", "id"], unique=False)


def create_service_provisions() -> None:
    op.create_table(
        "service_provisions",
        sa.Column("service_item_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("provided_on", sa.Date(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "reported",
                "confirmed",
                name="provisionstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "rating",
            sa.Enum(
                "good",
                "fairly_good",
                "ordinary",
                "poor",
                name="aidrating_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'confirmed') = (rating IS NOT NULL) AND (state = 'confirmed') = (confirmed_on IS NOT NULL)",
            name=op.f("ck_service_provisions_confirmed_with_rating"),
        ),
        sa.CheckConstraint("helped >= 1", name=op.f("ck_service_provisions_somebody_was_helped")),
        sa.ForeignKeyConstraint(
            ["service_item_id"], ["service_items.id"], name=op.f("fk_service_provisions_service_item_id_service_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_provisions")),
    )
    op.create_index(
        op.f("ix_service_provisions_organization_id"), "service_provisions", ["organization_id"], unique=False
    )
    op.create_index("ix_service_provisions_provided_on_id", "service_provisions", ["provided_on", "id"], unique=False)
    op.create_index(
        "uq_service_provisions_member_id",
        "service_provisions",
        ["member_id", "service_item_id", "provided_on"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_service_voters() -> None:
    op.create_table(
        "service_voters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_vote_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_vote_id"], ["service_votes.id"], name=op.f("fk_service_voters_service_vote_id_service_votes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_voters")),
        sa.UniqueConstraint("service_vote_id", "member_id", name=op.f("uq_service_voters_service_vote_id_member_id")),
    )


def create_live_buzzes() -> None:
    op.create_table(
        "live_buzzes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("live_round_id", sa.Uuid(), nullable=False),
        sa.Column("live_team_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("turn", sa.SmallInteger(), nullable=False),
        sa.Column("buzzed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "first",
                "late",
                "right",
                "wrong",
                name="buzzstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["live_round_id"], ["live_rounds.id"], name=op.f("fk_live_buzzes_live_round_id_live_rounds")
        ),
        sa.ForeignKeyConstraint(
            ["live_team_id"], ["live_teams.id"], name=op.f("fk_live_buzzes_live_team_id_live_teams")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_buzzes")),
        sa.UniqueConstraint(
            "live_round_id", "live_team_id", "turn", name=op.f("uq_live_buzzes_live_round_id_live_team_id_turn")
        ),
    )
    op.create_index("ix_live_buzzes_buzzed_at_id", "live_buzzes", ["buzzed_at", "id"], unique=False)
    op.create_index(
        "uq_live_buzzes_first",
        "live_buzzes",
        ["live_round_id", "turn"],
        unique=True,
        postgresql_where=sa.text("state <> 'late'"),
    )


def downgrade() -> None:
    op.drop_table("live_buzzes")
    op.drop_table("service_voters")
    op.drop_table("service_provisions")
    op.drop_table("service_candidates")
    op.drop_table("live_teams")
    op.drop_table("live_rounds")
    op.drop_table("exam_results")
    op.drop_table("exam_attempts")
    op.drop_table("essay_versions")
    op.drop_table("essay_comments")
    op.drop_table("service_votes")
    op.drop_table("service_items")
    op.drop_table("questions")
    op.drop_table("live_contests")
    op.drop_table("exams")
    op.drop_table("essays")
    op.drop_table("contest_results")
