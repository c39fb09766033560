"""Keep how people are developed into members, with the papers of each step, and the yearly plans."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MEMBER_STAGES = ("formal", "probationary", "prospect", "activist", "applicant")
STAGES = ("apply", "activist", "prospect", "receive", "confirm")
STEPS = (
    *("application", "first_talk", "activist_chosen", "activist_filed", "mentors_named", "cultivation"),
    *("prospect_chosen", "prospect_filed", "introducers_named", "political_review", "training", "committee_review"),
    *("pre_approval", "form_filled", "receiving_meeting", "superior_talk", "receiving_approval", "receiving_filed"),
    *("group_entered", "oath", "probation", "confirmation_asked", "confirming_meeting", "confirming_approval"),
    *("archiving", "closed"),
)
PAPERS = (
    *("talk", "members_recommend", "masses_recommend", "members_appraise", "masses_appraise", "mentor", "introducer"),
    *("check", "training", "publicity"),
)
JUDGED = ("transfer_year", "integrity_quarter", "profile_year")


def owned() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    create_developments()
    create_papers()
    create_plans()
    judge((*JUDGED, "development_year"))


def create_developments() -> None:
    op.create_table(
        "developments",
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("former_stage", sa.String(40), nullable=False),
        sa.Column("tag", sa.String(40), nullable=True),
        sa.Column("is_backbone", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("late_on", sa.Date(), nullable=True),
        sa.Column("activist_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_developments"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_developments_member_id_members"),
        sa.CheckConstraint(f"former_stage IN {MEMBER_STAGES}", name=op.f("ck_developments_memberstage_known")),
        sa.CheckConstraint(
            "tag IN ('three_pushes', 'two_pushes', 'two_cultivations', 'one_helps_one')",
            name=op.f("ck_developments_developmenttag_known"),
        ),
        sa.CheckConstraint(f"step IN {STEPS}", name=op.f("ck_developments_developmentstep_known")),
        sa.CheckConstraint("num_nulls(ended_on, ending_reason) IN (0, 2)", name=op.f("ck_developments_ended_whole")),
    )
    for columns in (["member_id"], ["organization_id"], ["applied_on", "id"]):
        op.create_index(f"ix_developments_{'_'.join(columns)}", "developments", columns)
    in_hand = sa.text("step <> 'closed' AND ended_on IS NULL AND void_reason IS NULL")
    op.create_index("uq_developments_member_id", "developments", ["member_id"], unique=True, postgresql_where=in_hand)


def create_papers() -> None:
    table = "development_papers"
    op.create_table(
        table,
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("development_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("hours", sa.Numeric(6, 2), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_development_papers"),
        sa.ForeignKeyConstraint(
            ["development_id"], ["developments.id"], name="fk_development_papers_development_id_developments"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["members.id"], name="fk_development_papers_person_id_members"),
        sa.CheckConstraint(f"stage IN {STAGES}", name=op.f("ck_development_papers_developmentstage_known")),
        sa.CheckConstraint(f"kind IN {PAPERS}", name=op.f("ck_development_papers_paperkind_known")),
        sa.CheckConstraint(
            "(kind IN ('mentor', 'introducer')) = (person_id IS NOT NULL)",
            name=op.f("ck_development_papers_guide_has_person"),
        ),
        sa.CheckConstraint(
            "(kind = 'training') = (hours IS NOT NULL)", name=op.f("ck_development_papers_training_has_hours")
        ),
        sa.CheckConstraint(
            "(kind = 'publicity') = (ends_on IS NOT NULL)", name=op.f("ck_development_papers_publicity_has_end")
        ),
    )
    for columns in (["development_id"], ["organization_id"], ["happened_on", "id"]):
        op.create_index(f"ix_development_papers_{'_'.join(columns)}", table, columns)


def create_plans() -> None:
    table = "development_plans"
    op.create_table(
        table,
        *owned(),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_development_plans"),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name="fk_development_plans_organization_id_party_organizations",
        ),
        sa.CheckConstraint("planned > 0", name=op.f("ck_development_plans_planned_something")),
    )
    for columns in (["organization_id"], ["year", "id"]):
        op.create_index(f"ix_development_plans_{'_'.join(columns)}", table, columns)
    op.create_index("uq_development_plans_organization_id_year", table, ["organization_id", "year"], unique=True)


def judge(kinds: tuple[str, ...]) -> None:
    """What may be judged; the rows there are stay allowed, so they are not read again under a lock."""
    check = "ck_judgements_judgementkind_known"
    op.execute(f"ALTER TABLE judgements DROP CONSTRAINT {check}")
    op.execute(f"ALTER TABLE judgements ADD CONSTRAINT {check} CHECK (kind IN {kinds}) NOT VALID")
    op.execute(f"ALTER TABLE judgements VALIDATE CONSTRAINT {check}")


def downgrade() -> None:
    op.execute("DELETE FROM judgements WHERE kind = 'development_year'")
    judge(JUDGED)
    for table in ("development_plans", "development_papers", "developments"):
        op.drop_table(table)
