"""Keep the branches' places on the net: sites, columns, who tends them, what is written, checked in and published."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_branch_sites()
    create_site_check_ins()
    create_site_columns()
    create_site_months()
    create_site_moderators()
    create_site_participations()
    create_site_posts()


def create_branch_sites() -> None:
    op.create_table(
        "branch_sites",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied",
                "nurtured",
                "online",
                "withdrawn",
                name="sitestate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("met", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("online_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "withdrawal",
            sa.Enum(
                "stale",
                "last_place",
                "failed_check",
                name="withdrawalreason_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("is_exemplary", sa.Boolean(), nullable=False),
        sa.Column("monthly_check_ins", sa.SmallInteger(), nullable=False),
        sa.Column("monthly_posts", sa.SmallInteger(), nullable=False),
        sa.Column("stale_days", sa.SmallInteger(), nullable=False),
        sa.Column("reply_hours", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(state = 'online') <= (online_on IS NOT NULL)", name=op.f("ck_branch_sites_online_has_day")
        ),
        sa.CheckConstraint("(state = 'online') >= is_exemplary", name=op.f("ck_branch_sites_exemplary_is_online")),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawal IS NOT NULL)", name=op.f("ck_branch_sites_withdrawn_has_reason")
        ),
        sa.CheckConstraint(
            "least(monthly_check_ins, monthly_posts) >= 0", name=op.f("ck_branch_sites_quotas_not_negative")
        ),
        sa.CheckConstraint("least(stale_days, reply_hours) >= 1", name=op.f("ck_branch_sites_deadlines_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_sites")),
    )
    op.create_index("ix_branch_sites_applied_on_id", "branch_sites", ["applied_on", "id"], unique=False)
    op.create_index(op.f("ix_branch_sites_organization_id"), "branch_sites", ["organization_id"], unique=False)
    op.create_index(
        "uq_branch_sites_organization_id",
        "branch_sites",
        ["organization_id"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_site_check_ins() -> None:
    op.create_table(
        "site_check_ins",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("checked_in_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_site_check_ins_branch_site_id_branch_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_check_ins")),
        sa.UniqueConstraint(
            "branch_site_id",
            "member_id",
            "checked_in_on",
            name=op.f("uq_site_check_ins_branch_site_id_member_id_checked_in_on"),
        ),
    )


def create_site_columns() -> None:
    op.create_table(
        "site_columns",
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "study",
                "talk",
                "information",
                "leisure",
                name="columnkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_moderated", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_site_columns_branch_site_id_branch_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_columns")),
    )
    op.create_index(op.f("ix_site_columns_organization_id"), "site_columns", ["organization_id"], unique=False)
    op.create_index(
        "uq_site_columns_name",
        "site_columns",
        ["branch_site_id", "name"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def create_site_months() -> None:
    op.create_table(
        "site_months",
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=False),
        sa.Column("check_ins", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("expected_posts", sa.Integer(), nullable=False),
        sa.Column("met", sa.Integer(), nullable=False),
        sa.Column("is_kept", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("met BETWEEN 0 AND members", name=op.f("ck_site_months_met_of_members")),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_site_months_branch_site_id_branch_sites")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_months")),
    )
    op.create_index(op.f("ix_site_months_organization_id"), "site_months", ["organization_id"], unique=False)
    op.create_index("ix_site_months_root_id_month_posts", "site_months", ["root_id", "month", "posts"], unique=False)
    op.create_index("uq_site_months_branch_site_id", "site_months", ["branch_site_id", "month"], unique=True)


def create_site_moderators() -> None:
    op.create_table(
        "site_moderators",
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("site_column_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "webmaster", "moderator", name="siteoffice_known", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(office = 'moderator') = (site_column_id IS NOT NULL)",
            name=op.f("ck_site_moderators_column_of_moderators"),
        ),
        sa.CheckConstraint("ended_on >= valid_from", name=op.f("ck_site_moderators_ended_after_start")),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_site_moderators_branch_site_id_branch_sites")
        ),
        sa.ForeignKeyConstraint(
            ["site_column_id"], ["site_columns.id"], name=op.f("fk_site_moderators_site_column_id_site_columns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_moderators")),
    )
    op.create_index("ix_site_moderators_branch_site_id", "site_moderators", ["branch_site_id"], unique=False)
    op.create_index(op.f("ix_site_moderators_organization_id"), "site_moderators", ["organization_id"], unique=False)
    op.create_index(
        "uq_site_moderators_member_id",
        "site_moderators",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL"),
    )


def create_site_participations() -> None:
    op.create_table(
        "site_participations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("site_month_id", sa.Uuid(), nullable=False),
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("check_ins", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("study_minutes", sa.Integer(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_site_participations_branch_site_id_branch_sites")
        ),
        sa.ForeignKeyConstraint(
            ["site_month_id"],
            ["site_months.id"],
            name=op.f("fk_site_participations_site_month_id_site_months"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_participations")),
        sa.UniqueConstraint("site_month_id", "member_id", name=op.f("uq_site_participations_site_month_id_member_id")),
    )
    op.create_index(
        "ix_site_participations_member_id_ends_on", "site_participations", ["member_id", "ends_on"], unique=False
    )
    op.create_index("ix_site_participations_month_id", "site_participations", ["month", "id"], unique=False)


def create_site_posts() -> None:
    op.create_table(
        "site_posts",
        sa.Column("branch_site_id", sa.Uuid(), nullable=False),
        sa.Column("site_column_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("author_member_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("gist", sa.Text(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("study_minutes", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "shown",
                "hidden",
                name="poststate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'hidden') = (hidden_reason IS NOT NULL)", name=op.f("ck_site_posts_hidden_has_reason")
        ),
        sa.CheckConstraint("study_minutes BETWEEN 0 AND 120", name=op.f("ck_site_posts_minutes_bounded")),
        sa.ForeignKeyConstraint(
            ["branch_site_id"], ["branch_sites.id"], name=op.f("fk_site_posts_branch_site_id_branch_sites")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["site_posts.id"], name=op.f("fk_site_posts_parent_id_site_posts")),
        sa.ForeignKeyConstraint(
            ["site_column_id"], ["site_columns.id"], name=op.f("fk_site_posts_site_column_id_site_columns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_posts")),
    )
    op.create_index(
        "ix_site_posts_branch_site_id_posted_on", "site_posts", ["branch_site_id", "posted_on"], unique=False
    )
    op.create_index(op.f("ix_site_posts_organization_id"), "site_posts", ["organization_id"], unique=False)
    op.create_index("ix_site_posts_parent_id", "site_posts", ["parent_id"], unique=False)
    op.create_index("ix_site_posts_posted_at_id", "site_posts", ["posted_at", "id"], unique=False)
    op.create_index(
        "ix_site_posts_site_column_id_posted_at", "site_posts", ["site_column_id", "posted_at"], unique=False
    )


def downgrade() -> None:
    op.drop_table("site_posts")
    op.drop_table("site_participations")
    op.drop_table("site_moderators")
    op.drop_table("site_months")
    op.drop_table("site_columns")
    op.drop_table("site_check_ins")
    op.drop_table("branch_sites")
