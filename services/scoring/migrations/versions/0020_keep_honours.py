"""Keep complaints about those who hold a star, how far an upheld one lowers it, what stars are rewarded with, and suggestions, whose adoption earns what was claimed by hand before."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from scoring.points.indicators.defaults import default_catalogues

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CODES = ("M15",)
KNOWN_POLICIES = ("diary_back_days", "claim_grace_days", "evaluation_due_days")
POLICIES = {
    "complaint_lowered_stars": 1,
    "advanced_stars": 3,
    "backward_stars": 1,
    "reward_three_stars": 0,
    "reward_four_stars": 0,
    "reward_five_stars": 0,
}


def owned() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("business_now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
    ]


def upgrade() -> None:
    know(*KNOWN_POLICIES, *POLICIES)
    for name, value in POLICIES.items():
        op.execute(f"INSERT INTO policies (name, effective_from, value) VALUES ('{name}', '2020-01-01', {value})")  # noqa: S608 - named above
    create_complaints()
    create_rewards()
    create_suggestions()
    create_upper_items()
    set_sources([(one["id"], one["earning"], one["triggers"]) for one in shipped()])


def create_complaints() -> None:
    op.create_table(
        "complaints",
        *owned(),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("complainant_id", sa.Uuid(), nullable=True),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("hearing", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("proposed_level", sa.SmallInteger(), nullable=True),
        sa.Column("lowered_star_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_complaints"),
        sa.ForeignKeyConstraint(["review_id"], ["reviews.id"], name=op.f("fk_complaints_review_id_reviews")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_complaints_cycle_id_cycles")),
        sa.ForeignKeyConstraint(["lowered_star_id"], ["stars.id"], name=op.f("fk_complaints_lowered_star_id_stars")),
        sa.CheckConstraint("subject_kind IN ('member', 'organization')", name=op.f("ck_complaints_subjectkind_known")),
        sa.CheckConstraint(
            "source IN ('own', 'public', 'inspection')", name=op.f("ck_complaints_complaintsource_known")
        ),
        sa.CheckConstraint(
            "state IN ('filed', 'heard', 'upheld', 'dismissed')", name=op.f("ck_complaints_complaintstate_known")
        ),
        sa.CheckConstraint(
            "(heard_on IS NULL) = (hearing IS NULL) AND (state = 'filed') = (hearing IS NULL)",
            name=op.f("ck_complaints_decided_only_when_heard"),
        ),
        sa.CheckConstraint(
            "(state IN ('upheld', 'dismissed')) = (decided_on IS NOT NULL) AND (decided_on IS NULL) = (reason IS NULL)",
            name=op.f("ck_complaints_decided_has_reason"),
        ),
        sa.CheckConstraint(
            "lowered_star_id IS NULL OR state = 'upheld'", name=op.f("ck_complaints_only_upheld_lowers")
        ),
    )
    op.create_index("uq_complaints_lowered_star_id", "complaints", ["lowered_star_id"], unique=True)
    index("complaints", ["organization_id"], ["subject_id"], ["filed_on", "id"])


def create_rewards() -> None:
    op.create_table(
        "rewards",
        *owned(),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("star_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rewards"),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_rewards_cycle_id_cycles")),
        sa.ForeignKeyConstraint(["star_id"], ["stars.id"], name=op.f("fk_rewards_star_id_stars")),
        sa.CheckConstraint("subject_kind IN ('member', 'organization')", name=op.f("ck_rewards_subjectkind_known")),
        sa.CheckConstraint("level BETWEEN 3 AND 5", name=op.f("ck_rewards_level_is_rewarded")),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_rewards_amount_not_negative")),
    )
    once = sa.text("void_reason IS NULL")
    op.create_index("uq_rewards_subject_id", "rewards", ["subject_id", "cycle_id"], unique=True, postgresql_where=once)
    index("rewards", ["organization_id"], ["cycle_id", "level", "id"])


def create_suggestions() -> None:
    op.create_table(
        "suggestions",
        *owned(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        sa.CheckConstraint("kind IN ('advice', 'saving')", name=op.f("ck_suggestions_suggestionkind_known")),
        sa.CheckConstraint(
            "state IN ('proposed', 'adopted', 'declined')", name=op.f("ck_suggestions_suggestionstate_known")
        ),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_on IS NULL) AND (state = 'proposed') = (reply IS NULL)",
            name=op.f("ck_suggestions_decided_has_reply"),
        ),
        sa.CheckConstraint("decided_on >= proposed_on", name=op.f("ck_suggestions_decided_after_proposing")),
    )
    index("suggestions", ["organization_id"], ["member_id"], ["proposed_on", "id"])


def create_upper_items() -> None:
    op.create_table(
        "upper_items",
        *owned(),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("maximum", sa.Numeric(12, 2), nullable=False),
        sa.Column("own_score", sa.Numeric(12, 2), nullable=True),
        sa.Column("upper_score", sa.Numeric(12, 2), nullable=True),
        sa.Column("evidence_link", sa.Text(), nullable=True),
        sa.Column("evidence_file_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_upper_items"),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"], ["evidence_files.id"], name=op.f("fk_upper_items_evidence_file_id_evidence_files")
        ),
        sa.CheckConstraint("maximum > 0", name=op.f("ck_upper_items_maximum_positive")),
        sa.CheckConstraint("own_score BETWEEN 0 AND maximum", name=op.f("ck_upper_items_own_score_within_maximum")),
        sa.CheckConstraint("upper_score BETWEEN 0 AND maximum", name=op.f("ck_upper_items_upper_score_within_maximum")),
    )
    op.create_index(
        "uq_upper_items_position",
        "upper_items",
        ["organization_id", "year", "position"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )
    index("upper_items", ["organization_id"], ["year", "position", "id"])


def shipped() -> list[dict[str, Any]]:
    return [one for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] in CODES]


def set_sources(indicators: list[tuple[Any, str, list[Any]]]) -> None:
    """A published catalogue is closed by a trigger; only its owner gives an indicator of it a source."""
    op.execute("ALTER TABLE indicators DISABLE TRIGGER USER")
    for indicator, earning, triggers in indicators:
        values = f"earning = '{earning}', triggers = '{json.dumps(triggers)}'"
        op.execute(f"UPDATE indicators SET {values} WHERE id = '{indicator}'")  # noqa: S608 - of the shipped catalogue
    op.execute("ALTER TABLE indicators ENABLE TRIGGER USER")


def index(table: str, *columns: list[str]) -> None:
    for names in columns:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)


def know(*names: str) -> None:
    op.drop_constraint("policyname_known", "policies", type_="check")
    listed = ", ".join(f"'{name}'" for name in names)
    op.create_check_constraint("policyname_known", "policies", f"name IN ({listed})")


def downgrade() -> None:
    set_sources([(one["id"], "claim", []) for one in shipped()])
    op.drop_table("upper_items")
    op.drop_table("suggestions")
    op.drop_table("rewards")
    op.drop_table("complaints")
    for name in POLICIES:
        op.execute(f"DELETE FROM policies WHERE name = '{name}'")  # noqa: S608 - named above
    know(*KNOWN_POLICIES)
