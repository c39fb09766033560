"""Keep elections, posts in units, what is known and planned of units, and judge form and leadership of a year."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JUDGED = ("transfer_year", "integrity_quarter", "profile_year", "development_year")
JUDGED_SINCE = ("form_year", "leadership_year")
SUBJECTS = ("organization", "unit", "member", "post", "instructor", "appeal", "project", "mass_organization_head")
HOSTS = ("park", "town", "association", "industry", "office", "enterprise", "chamber", "market")
ROLES = (
    *("system_administrator", "security_administrator", "audit_administrator", "district_officer", "town_officer"),
    *("branch_secretary", "member", "instructor", "partner", "convener"),
)
SIZES = ("large", "medium", "small", "micro")
TABLES = (
    *("mass_organization_heads", "survey_checks", "survey_rounds", "unit_notices", "unit_plans"),
    "investment_projects",
    *("frozen_ledgers", "ledger_entries", "unit_posts", "elections"),
)


def upgrade() -> None:
    create_elections()
    create_unit_posts()
    create_ledger_entries()
    create_frozen_ledgers()
    create_unit_plans()
    create_unit_notices()
    create_survey_rounds()
    create_investment_projects()
    create_survey_checks()
    create_mass_organization_heads()
    extend_organizations()
    extend_units()
    know("judgements", "ck_judgements_judgementkind_known", "kind", (*JUDGED, *JUDGED_SINCE))
    know("findings", "findingsubject_known", "subject_kind", SUBJECTS)
    know("party_organizations", "hostkind_known", "host_kind", HOSTS)
    know("grants", "role_known", "role", ROLES)


def owned() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def create_elections() -> None:

    op.create_table(
        "elections",
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("term_ends_on", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        *owned(),
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
        *owned(),
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


def create_ledger_entries() -> None:

    op.create_table(
        "ledger_entries",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "block",
            sa.Enum(
                "operation",
                "staff",
                "members",
                "owner",
                "reason_unbuilt",
                name="ledgerblock_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_ledger_entries_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_index("ix_ledger_entries_checked_on_id", "ledger_entries", ["checked_on", "id"], unique=False)
    op.create_index(op.f("ix_ledger_entries_organization_id"), "ledger_entries", ["organization_id"], unique=False)
    op.create_index(
        "ix_ledger_entries_unit_id_block_checked_on", "ledger_entries", ["unit_id", "block", "checked_on"], unique=False
    )


def create_frozen_ledgers() -> None:

    op.create_table(
        "frozen_ledgers",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("quarter_ends_on", sa.Date(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("blocks", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_blocks", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("stale_blocks", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_frozen_ledgers_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_ledgers")),
    )
    op.create_index(op.f("ix_frozen_ledgers_organization_id"), "frozen_ledgers", ["organization_id"], unique=False)
    op.create_index("ix_frozen_ledgers_quarter_ends_on_id", "frozen_ledgers", ["quarter_ends_on", "id"], unique=False)
    op.create_index("uq_frozen_ledgers_unit_id", "frozen_ledgers", ["unit_id", "quarter_ends_on"], unique=True)


def create_unit_plans() -> None:

    op.create_table(
        "unit_plans",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("due_on >= planned_on AND ended_on >= planned_on", name=op.f("ck_unit_plans_days_follow")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_plans_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_plans")),
    )
    op.create_index(op.f("ix_unit_plans_organization_id"), "unit_plans", ["organization_id"], unique=False)
    op.create_index("ix_unit_plans_planned_on_id", "unit_plans", ["planned_on", "id"], unique=False)
    op.create_index(
        "uq_unit_plans_unit_id",
        "unit_plans",
        ["unit_id"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_unit_notices() -> None:

    op.create_table(
        "unit_notices",
        sa.Column("event_number", sa.Text(collation="C"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "registration",
                "inspection",
                "evaluation",
                name="noticekind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("formal_members", sa.Integer(), nullable=True),
        sa.Column("is_new_unit", sa.Boolean(), nullable=False),
        *owned(),
        sa.CheckConstraint("formal_members >= 0", name=op.f("ck_unit_notices_formal_members_not_negative")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_notices_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_notices")),
        sa.UniqueConstraint("event_number", name=op.f("uq_unit_notices_event_number")),
    )
    op.create_index("ix_unit_notices_occurred_on_id", "unit_notices", ["occurred_on", "id"], unique=False)
    op.create_index(op.f("ix_unit_notices_organization_id"), "unit_notices", ["organization_id"], unique=False)
    op.create_index("ix_unit_notices_unit_id_occurred_on", "unit_notices", ["unit_id", "occurred_on"], unique=False)


def create_survey_rounds() -> None:

    op.create_table(
        "survey_rounds",
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_rounds")),
    )
    op.create_index("ix_survey_rounds_opened_on_id", "survey_rounds", ["opened_on", "id"], unique=False)
    op.create_index(op.f("ix_survey_rounds_organization_id"), "survey_rounds", ["organization_id"], unique=False)


def create_survey_checks() -> None:

    op.create_table(
        "survey_checks",
        sa.Column("survey_round_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["survey_round_id"], ["survey_rounds.id"], name=op.f("fk_survey_checks_survey_round_id_survey_rounds")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_survey_checks_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_checks")),
    )
    op.create_index("ix_survey_checks_checked_on_id", "survey_checks", ["checked_on", "id"], unique=False)
    op.create_index(op.f("ix_survey_checks_organization_id"), "survey_checks", ["organization_id"], unique=False)
    op.create_index(op.f("ix_survey_checks_unit_id"), "survey_checks", ["unit_id"], unique=False)
    op.create_index(
        "uq_survey_checks_survey_round_id_unit_id",
        "survey_checks",
        ["survey_round_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def create_mass_organization_heads() -> None:

    op.create_table(
        "mass_organization_heads",
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "union",
                "league",
                "women",
                name="massorganizationkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("ended_on > valid_from", name=op.f("ck_mass_organization_heads_ended_after_start")),
        sa.ForeignKeyConstraint(
            ["member_id"], ["members.id"], name=op.f("fk_mass_organization_heads_member_id_members")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_mass_organization_heads_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mass_organization_heads")),
    )
    op.create_index(
        op.f("ix_mass_organization_heads_member_id"), "mass_organization_heads", ["member_id"], unique=False
    )
    op.create_index(
        op.f("ix_mass_organization_heads_organization_id"), "mass_organization_heads", ["organization_id"], unique=False
    )
    op.create_index(
        "ix_mass_organization_heads_valid_from_id", "mass_organization_heads", ["valid_from", "id"], unique=False
    )
    op.create_index(
        "uq_mass_organization_heads_unit_id_kind",
        "mass_organization_heads",
        ["unit_id", "kind"],
        unique=True,
        postgresql_where=sa.text("ended_on IS NULL AND void_reason IS NULL"),
    )


def create_investment_projects() -> None:
    op.create_table(
        "investment_projects",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("checks", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_investment_projects_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investment_projects")),
    )
    for column in ("organization_id", "unit_id"):
        op.create_index(op.f(f"ix_investment_projects_{column}"), "investment_projects", [column], unique=False)
    op.create_index("ix_investment_projects_signed_on_id", "investment_projects", ["signed_on", "id"], unique=False)


def extend_organizations() -> None:
    op.add_column("party_organizations", sa.Column("carrier_id", sa.Uuid(), nullable=True))
    scope: sa.Column[Any] = sa.Column(
        "guided_scope", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
    )
    op.add_column("party_organizations", scope)
    refer("party_organizations", "carrier_id")
    check("party_organizations", "ck_party_organizations_carried_by_another", "carrier_id <> id")


def extend_units() -> None:
    op.add_column("units", sa.Column("size", sa.String(length=40), nullable=True))
    scale: sa.Column[Any] = sa.Column("is_above_scale", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    op.add_column("units", scale)
    op.add_column("units", sa.Column("line_organization_id", sa.Uuid(), nullable=True))
    refer("units", "line_organization_id")
    check("units", "ck_units_unitsize_known", f"size IN {SIZES}")


def refer(table: str, column: str) -> None:
    """To an organisation, and so that its rows are found."""
    name = f"fk_{table}_{column}_party_organizations"
    target = f"FOREIGN KEY ({column}) REFERENCES party_organizations (id)"
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {target} NOT VALID")
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")
    op.create_index(f"ix_{table}_{column}", table, [column])


def check(table: str, name: str, condition: str) -> None:
    op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition}) NOT VALID")
    op.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}")


def know(table: str, name: str, column: str, values: tuple[str, ...]) -> None:
    """What a column may hold."""
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    check(table, name, f"{column} IN {values}")


def downgrade() -> None:
    op.execute(f"DELETE FROM judgements WHERE kind IN {JUDGED_SINCE}")  # noqa: S608 - of this file
    op.execute(f"DELETE FROM findings WHERE subject_kind IN {SUBJECTS[-2:]}")  # noqa: S608 - of this file
    op.execute(f"UPDATE party_organizations SET host_kind = NULL WHERE host_kind IN {HOSTS[-2:]}")  # noqa: S608 - of this file
    op.execute(f"DELETE FROM grants WHERE role = '{ROLES[-1]}'")  # noqa: S608 - of this file
    know("grants", "role_known", "role", ROLES[:-1])
    know("judgements", "ck_judgements_judgementkind_known", "kind", JUDGED)
    know("findings", "findingsubject_known", "subject_kind", SUBJECTS[:-2])
    know("party_organizations", "hostkind_known", "host_kind", HOSTS[:-2])
    for name in ("line_organization_id", "is_above_scale", "size"):
        op.drop_column("units", name)
    for name in ("guided_scope", "carrier_id"):
        op.drop_column("party_organizations", name)
    for table in TABLES:
        op.drop_table(table)
