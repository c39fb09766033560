"""Keep elections and posts in units, and judge the form, the committee and the leadership of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JUDGED = ("transfer_year", "integrity_quarter", "profile_year", "development_year")
JUDGED_SINCE = ("form_year", "leadership_year")


def upgrade() -> None:
    create_elections()
    create_unit_posts()
    judge((*JUDGED, *JUDGED_SINCE))


def create_elections() -> None:

    op.create_table(
        "elections",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("present * 5 >= entitled * 4", name=op.f("ck_elections_four_fifths_present")),
        sa.CheckConstraint("present <= entitled", name=op.f("ck_elections_no_more_present_than_entitled")),
        sa.CheckConstraint("term_ends_on > held_on", name=op.f("ck_elections_term_ends_after_election")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elections")),
    )
    op.create_index("ix_elections_held_on_id", "elections", ["held_on", "id"], unique=False)
    op.create_index(op.f("ix_elections_organization_id"), "elections", ["organization_id"], unique=False)


def create_unit_posts() -> None:

    op.create_table(
        "unit_posts",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ended_on > valid_from", name=op.f("ck_unit_posts_ended_after_start")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_unit_posts_member_id_members")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_posts_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_posts")),
    )
    op.create_index(op.f("ix_unit_posts_member_id"), "unit_posts", ["member_id"], unique=False)
    op.create_index(op.f("ix_unit_posts_organization_id"), "unit_posts", ["organization_id"], unique=False)
    op.create_index(op.f("ix_unit_posts_unit_id"), "unit_posts", ["unit_id"], unique=False)
    op.create_index("ix_unit_posts_valid_from_id", "unit_posts", ["valid_from", "id"], unique=False)
    op.create_index(
        "uq_unit_posts_member_id_unit_id_title",
        "unit_posts",
        ["member_id", "unit_id", "title"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def judge(kinds: tuple[str, ...]) -> None:
    """What may be judged."""
    check = "ck_judgements_judgementkind_known"
    op.execute(f"ALTER TABLE judgements DROP CONSTRAINT {check}")
    op.execute(f"ALTER TABLE judgements ADD CONSTRAINT {check} CHECK (kind IN {kinds}) NOT VALID")
    op.execute(f"ALTER TABLE judgements VALIDATE CONSTRAINT {check}")


def downgrade() -> None:
    op.execute(f"DELETE FROM judgements WHERE kind IN {JUDGED_SINCE}")  # noqa: S608 - of this file
    judge(JUDGED)
    for table in ("unit_posts", "elections"):
        op.drop_table(table)
