"""Keep menus of mutual help with their votes, provisions and essays, and question banks, exams and contests."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_essays()
    create_service_items()
    create_service_votes()
    create_essay_comments()
    create_essay_versions()
    create_service_candidates()
    create_service_provisions()
    create_service_voters()


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


def downgrade() -> None:
    op.drop_table("service_voters")
    op.drop_table("service_provisions")
    op.drop_table("service_candidates")
    op.drop_table("essay_versions")
    op.drop_table("essay_comments")
    op.drop_table("service_votes")
    op.drop_table("service_items")
    op.drop_table("essays")
