"""Projections, catalogues with their defaults, the ledger, and what a month brings in: diary, claims, evaluations."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f
from sqlalchemy.dialects import postgresql

from hosting.migrations import append_only
from scoring.points.indicators.defaults import default_catalogues

revision = "0002"
down_revision = "0001"

CATALOGUE_CLOSED = """
CREATE FUNCTION refuse_published_catalogue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'catalogues' THEN
        IF OLD.state = 'published' THEN
            RAISE EXCEPTION 'a published catalogue is closed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'UPDATE' AND NEW.state = 'published' AND NEW.required_count <>
           (SELECT count(*) FROM indicators WHERE catalogue_id = NEW.id) THEN
            RAISE EXCEPTION 'the catalogue is incomplete' USING ERRCODE = 'restrict_violation';
        END IF;
    ELSIF EXISTS (SELECT FROM catalogues WHERE state = 'published'
                  AND id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.catalogue_id END,
                             CASE WHEN TG_OP <> 'DELETE' THEN NEW.catalogue_id END)) THEN
        RAISE EXCEPTION 'the indicators of a published catalogue are closed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$
"""
POINTS, INSTANT, C_TEXT = sa.Numeric(12, 2), sa.DateTime(timezone=True), sa.Text(collation="C")
SUBJECT_KIND = ("subjectkind_known", "member", "organization")
POLICIES = (
    "INSERT INTO policies (name, effective_from, value) VALUES "
    "('diary_back_days', '2020-01-01', 7), ('claim_grace_days', '2020-01-01', 31)"
)
TABLES = (
    "party_organizations members posts demonstration_points moves catalogues indicators ledger_entries "
    "point_totals policies diary_entries diary_months evidence_files monthly_evaluations evaluation_grades claims claim_evidence"
)


def upgrade() -> None:
    create_projections()
    create_catalogues()
    close_published_catalogues()
    load_default_catalogues()
    create_ledger()
    create_month()


def downgrade() -> None:
    for table in reversed(TABLES.split()):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_published_catalogue")


def known(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def close_published_catalogues() -> None:
    op.execute(CATALOGUE_CLOSED)
    for table, operations in (("catalogues", "UPDATE OR DELETE"), ("indicators", "INSERT OR UPDATE OR DELETE")):
        op.execute(
            f"CREATE TRIGGER {table}_published_closed BEFORE {operations} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_published_catalogue()"
        )


def load_default_catalogues() -> None:
    """Each is laid down as a draft and then published, so that the trigger counts its indicators too."""
    bind = op.get_bind()
    tables = sa.MetaData()
    tables.reflect(bind, only=["catalogues", "indicators"])
    catalogues, indicators = tables.tables["catalogues"], tables.tables["indicators"]
    for one in default_catalogues("v1", 2025):
        row = {name: value for name, value in one._asdict().items() if name != "indicators"}
        bind.execute(catalogues.insert().values(**row, root_id=None, state="draft", version=1))
        bind.execute(indicators.insert(), [{**indicator, "catalogue_id": one.id} for indicator in one.indicators])
        published = {"state": "published", "published_at": sa.func.now()}
        bind.execute(catalogues.update().where(catalogues.c.id == one.id).values(**published))


def create_projections() -> None:
    op.create_table(
        "party_organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("path", C_TEXT, nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("host_kind", sa.Text(), nullable=True),
        sa.Column("is_directly_managed", sa.Boolean(), nullable=False),
        sa.Column("set_up_mode", sa.Text(), nullable=True),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_party_organizations")),
    )
    op.create_index(f("ix_party_organizations_path"), "party_organizations", ["path"])
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("path", C_TEXT, nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_members")),
    )
    op.create_index(f("ix_members_organization_id"), "members", ["organization_id"])
    op.create_index(f("ix_members_path"), "members", ["path"])
    op.create_table(
        "posts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("is_current_record", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_posts")),
    )
    op.create_index(f("ix_posts_member_id"), "posts", ["member_id"])
    op.create_index(f("ix_posts_organization_id"), "posts", ["organization_id"])
    op.create_table(
        "demonstration_points",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("organization_id", name=f("pk_demonstration_points")),
    )
    op.create_table(
        "moves",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("old_path", C_TEXT, nullable=False),
        sa.Column("new_path", C_TEXT, nullable=False),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "version", name=f("pk_moves")),
    )


def create_catalogues() -> None:
    op.create_table(
        "catalogues",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column("subject_kind", known(*SUBJECT_KIND), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("required_count", sa.SmallInteger(), nullable=False),
        sa.Column("from_year", sa.SmallInteger(), nullable=False),
        sa.Column("state", known("cataloguestate_known", "draft", "published"), nullable=False),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'published') = (published_at IS NOT NULL)", name=f("ck_catalogues_published_has_moment")
        ),
        sa.CheckConstraint("required_count > 0", name=f("ck_catalogues_required_count_positive")),
        sa.PrimaryKeyConstraint("id", name=f("pk_catalogues")),
    )
    op.create_index(
        "uq_catalogues_published",
        "catalogues",
        ["root_id", "subject_kind", "from_year"],
        unique=True,
        postgresql_where="state = 'published'",
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "indicators",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("catalogue_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("dimension", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("points", POINTS, nullable=False),
        sa.Column("cadence", known("cadence_known", "month", "quarter", "half-year", "year", "event"), nullable=False),
        sa.Column("max_times_per_year", sa.SmallInteger(), nullable=False),
        sa.Column("annual_cap", POINTS, nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("earning", known("earning_known", "event", "claim", "none"), nullable=False),
        sa.Column("triggers", postgresql.JSONB(), nullable=False),
        sa.CheckConstraint(
            "(earning = 'event') = (jsonb_array_length(triggers) > 0)", name=f("ck_indicators_event_has_trigger")
        ),
        sa.CheckConstraint(
            "max_times_per_year = CASE cadence WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 WHEN 'half-year' THEN 2 WHEN 'year' THEN 1 ELSE greatest(max_times_per_year, 1) END",
            name=f("ck_indicators_times_fit_cadence"),
        ),
        sa.CheckConstraint("annual_cap = points * max_times_per_year", name=f("ck_indicators_cap_is_points_times")),
        sa.CheckConstraint("points > 0", name=f("ck_indicators_points_positive")),
        sa.ForeignKeyConstraint(
            ["catalogue_id"], ["catalogues.id"], name=f("fk_indicators_catalogue_id_catalogues"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_indicators")),
        sa.UniqueConstraint("catalogue_id", "code", name=f("uq_indicators_catalogue_id_code")),
    )


def create_ledger() -> None:
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", known(*SUBJECT_KIND), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("catalogue_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_code", C_TEXT, nullable=False),
        sa.Column("points_year", sa.SmallInteger(), nullable=False),
        sa.Column("period", sa.SmallInteger(), nullable=False),
        sa.Column("period_key", C_TEXT, nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("requested", POINTS, nullable=False),
        sa.Column("granted", POINTS, nullable=False),
        sa.Column("clipped", POINTS, sa.Computed("requested - granted", persisted=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_ref", sa.Text(), nullable=False),
        sa.Column("reversal_of", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("actor", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.CheckConstraint("(reversal_of IS NULL) = (requested > 0)", name=f("ck_ledger_entries_sign_fits")),
        sa.CheckConstraint(
            "granted BETWEEN least(requested, 0) AND greatest(requested, 0)",
            name=f("ck_ledger_entries_granted_within_requested"),
        ),
        sa.CheckConstraint(
            "reversal_of IS NULL OR reason IS NOT NULL", name=f("ck_ledger_entries_reversal_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["catalogue_id"], ["catalogues.id"], name=f("fk_ledger_entries_catalogue_id_catalogues")
        ),
        sa.ForeignKeyConstraint(
            ["reversal_of"], ["ledger_entries.id"], name=f("fk_ledger_entries_reversal_of_ledger_entries")
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_ledger_entries")),
        sa.UniqueConstraint("reversal_of", name=f("uq_ledger_entries_reversal_of")),
        sa.UniqueConstraint("source", "source_ref", name=f("uq_ledger_entries_source_source_ref")),
    )
    op.create_index("ix_ledger_entries_root", "ledger_entries", ["root_id", "points_year"])
    op.create_index(
        "ix_ledger_entries_subject", "ledger_entries", ["subject_id", "points_year", "indicator_code", "id"]
    )
    op.create_table(
        "point_totals",
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("points_year", sa.SmallInteger(), nullable=False),
        sa.Column("indicator_code", C_TEXT, nullable=False),
        sa.Column("subject_kind", known(*SUBJECT_KIND), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("granted", POINTS, nullable=False),
        sa.Column("by_period", postgresql.ARRAY(POINTS), nullable=False),
        sa.CheckConstraint("granted >= 0", name=f("ck_point_totals_granted_not_negative")),
        sa.PrimaryKeyConstraint("subject_id", "points_year", "indicator_code", name=f("pk_point_totals")),
    )
    op.create_index("ix_point_totals_year", "point_totals", ["points_year", "root_id", "subject_kind"])
    append_only("ledger_entries")


def create_month() -> None:
    op.create_table(
        "policies",
        sa.Column("name", known("policyname_known", "diary_back_days", "claim_grace_days"), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("value", POINTS, nullable=False),
        sa.CheckConstraint("value >= 0", name=f("ck_policies_value_not_negative")),
        sa.PrimaryKeyConstraint("name", "effective_from", name=f("pk_policies")),
    )
    op.create_table(
        "diary_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("practised_on", sa.Date(), nullable=False),
        sa.Column("kind", known("practicekind_known", "work", "visit", "service", "study", "other"), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_diary_entries")),
    )
    op.create_index(f("ix_diary_entries_member_id_practised_on"), "diary_entries", ["member_id", "practised_on"])
    op.create_index(
        f("ix_diary_entries_organization_id_practised_on"), "diary_entries", ["organization_id", "practised_on"]
    )
    op.create_table(
        "diary_months",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", C_TEXT, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "month", name=f("pk_diary_months")),
    )
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=True),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f("pk_evidence_files")),
    )
    op.create_index(f("ix_evidence_files_organization_id"), "evidence_files", ["organization_id"])
    op.create_index(f("ix_evidence_files_uploaded_by"), "evidence_files", ["uploaded_by"])
    op.create_table(
        "monthly_evaluations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("month", C_TEXT, nullable=False),
        sa.Column("state", known("evaluationstate_known", "open", "confirmed"), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_at IS NOT NULL)", name=f("ck_monthly_evaluations_confirmed_has_moment")
        ),
        sa.CheckConstraint("month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name=f("ck_monthly_evaluations_month_shape")),
        sa.PrimaryKeyConstraint("id", name=f("pk_monthly_evaluations")),
        sa.UniqueConstraint("organization_id", "month", name=f("uq_monthly_evaluations_organization_id_month")),
    )
    op.create_table(
        "evaluation_grades",
        sa.Column("evaluation_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("grade", known("monthlygrade_known", "good", "fair", "average", "poor"), nullable=False),
        sa.Column("graded_by", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"],
            ["monthly_evaluations.id"],
            name=f("fk_evaluation_grades_evaluation_id_monthly_evaluations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "member_id", name=f("pk_evaluation_grades")),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", known(*SUBJECT_KIND), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("catalogue_id", sa.Uuid(), nullable=False),
        sa.Column("indicator_code", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("state", known("claimstate_known", "pending", "withdrawn", "confirmed", "refused"), nullable=False),
        sa.Column("evaluation_id", sa.Uuid(), nullable=True),
        sa.Column("decision", known("decision_known", "confirm", "refuse"), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("refusal_reason", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=False),
        sa.Column("claimed_at", INSTANT, server_default=sa.func.now(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "decision IS DISTINCT FROM 'refuse' OR refusal_reason IS NOT NULL", name=f("ck_claims_refusal_has_reason")
        ),
        sa.CheckConstraint("state <> 'confirmed' OR decision = 'confirm'", name=f("ck_claims_confirmed_was_decided")),
        sa.CheckConstraint("state <> 'refused' OR decision = 'refuse'", name=f("ck_claims_refused_was_decided")),
        sa.CheckConstraint("(decision IS NULL) = (decided_by IS NULL)", name=f("ck_claims_decision_has_author")),
        sa.ForeignKeyConstraint(["catalogue_id"], ["catalogues.id"], name=f("fk_claims_catalogue_id_catalogues")),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["monthly_evaluations.id"], name=f("fk_claims_evaluation_id_monthly_evaluations")
        ),
        sa.PrimaryKeyConstraint("id", name=f("pk_claims")),
    )
    op.create_index(f("ix_claims_evaluation_id"), "claims", ["evaluation_id"])
    op.create_index(
        f("ix_claims_organization_id_state_occurred_on"), "claims", ["organization_id", "state", "occurred_on"]
    )
    op.create_index(f("ix_claims_subject_id_occurred_on"), "claims", ["subject_id", "occurred_on"])
    op.create_table(
        "claim_evidence",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=f("fk_claim_evidence_claim_id_claims")),
        sa.ForeignKeyConstraint(["file_id"], ["evidence_files.id"], name=f("fk_claim_evidence_file_id_evidence_files")),
        sa.PrimaryKeyConstraint("claim_id", "file_id", name=f("pk_claim_evidence")),
    )
    op.execute(POLICIES)
