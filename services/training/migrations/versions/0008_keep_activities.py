"""Keep activities among the meetings, who spoke at them, the plans of a year, and which organisations are examples."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

FORMER_KINDS = (
    "branch_assembly", "branch_committee", "group_meeting", "party_lecture", "theme_day", "life_meeting",
    "democratic_appraisal", "heart_talk", "class", "branch_study",
)  # fmt: skip
COUNTING_HOURS = {
    "volunteering": False,
    "mass_activity": False,
    "culture_sport": False,
    "micro_lecture": True,
    "discipline_study": True,
    "joint_study": True,
    "skill_course": False,
    "open_lecture": True,
    "site_visit": True,
    "exchange": True,
}
KINDS = (*FORMER_KINDS, *COUNTING_HOURS)
CLASS_KINDS = ("expert", "routine", "evening", "rotation", "central")
FORMER_AUDIENCES = ("members", "subtree_members", "committee", "secretaries", "leaders", "chosen")
HEADS = ("teams", "guests", "enterprise_heads", "enterprises")
CHECKS = {
    "direction_known": "direction IN ('going_out', 'inviting_in')",
    "direction_of_exchanges": "(kind = 'exchange') = (direction IS NOT NULL)",
    "host_of_exchanges": "(kind = 'exchange') = (host_name IS NOT NULL)",
    "visited_of_visits": "(kind = 'site_visit') = (visited_organization_id IS NOT NULL)",
    "heads_not_negative": "least(teams, guests, enterprises) >= 0",
    "enterprise_heads_of_guests": "enterprise_heads BETWEEN 0 AND guests",
}


def among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(one) for one in values)})"


def upgrade() -> None:
    know("meetings", "kind", "meetingkind", KINDS)
    for table in ("meetings", "rotations"):
        know(table, "audience", "audience", (*FORMER_AUDIENCES, "public", "candidates"))
    know("meetings", "class_kind", "classkind", (*CLASS_KINDS, "development"))
    know("meeting_kind_rules", "kind", "meetingkind", KINDS)
    extend_meetings()
    spoke: sa.Column[bool] = sa.Column("spoke", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("participants", spoke)
    lay_down_rules()
    create_training_plans()
    create_demonstration_points()


def know(table: str, column: str, name: str, values: tuple[str, ...]) -> None:
    constraint = op.f(f"{name}_known")
    op.drop_constraint(constraint, table, type_="check")
    op.create_check_constraint(constraint, table, among(column, values))


def extend_meetings() -> None:
    op.add_column("meetings", sa.Column("series", sa.Uuid(), nullable=True))
    op.add_column("meetings", sa.Column("direction", sa.String(length=40), nullable=True))
    op.add_column("meetings", sa.Column("host_name", sa.Text(), nullable=True))
    op.add_column("meetings", sa.Column("visited_organization_id", sa.Uuid(), nullable=True))
    for name in HEADS:
        op.add_column("meetings", sa.Column(name, sa.BigInteger(), server_default="0", nullable=False))
    op.create_foreign_key(
        op.f("fk_meetings_visited_organization_id_party_organizations"),
        "meetings",
        "party_organizations",
        ["visited_organization_id"],
        ["id"],
    )
    for name, condition in CHECKS.items():
        op.create_check_constraint(op.f(f"ck_meetings_{name}"), "meetings", condition)
    is_of_series = sa.text("series IS NOT NULL")
    op.create_index(op.f("ix_meetings_series"), "meetings", ["series"], postgresql_where=is_of_series)


def lay_down_rules() -> None:
    """Nobody owes an activity: no cadence, and no absence to make up."""
    for kind, counts_hours in COUNTING_HOURS.items():
        values = f"gen_random_uuid(), DATE '2000-01-01', '{kind}', {str(counts_hours).lower()}, false"
        columns = "id, effective_from, kind, counts_hours, needs_make_up"
        op.execute(f"INSERT INTO meeting_kind_rules ({columns}) VALUES ({values})")  # noqa: S608 - of this file


def create_training_plans() -> None:
    op.create_table(
        "training_plans",
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("quarter", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("planned", sa.SmallInteger(), nullable=False),
        *owned(),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(among("kind", KINDS), name=op.f("ck_training_plans_meetingkind_known")),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_training_plans_quarter_of_a_year")),
        sa.CheckConstraint("planned >= 1", name=op.f("ck_training_plans_planned_counted")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_plans")),
    )
    op.create_index(op.f("ix_training_plans_organization_id"), "training_plans", ["organization_id"])
    op.create_index("ix_training_plans_year_id", "training_plans", ["year", "id"])
    op.create_index(
        "uq_training_plans_organization_id",
        "training_plans",
        ["organization_id", "year", "quarter", "kind"],
        unique=True,
        postgresql_where=sa.text("void_reason IS NULL"),
    )


def owned() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def create_demonstration_points() -> None:
    """Registry has told of them before: its events are read from the beginning, and what was read once is passed."""
    op.create_table(
        "demonstration_points",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_demonstration_points")),
    )
    op.execute("DELETE FROM feed_cursor WHERE source = 'registry'")


def downgrade() -> None:
    op.drop_table("demonstration_points")
    op.drop_table("training_plans")
    op.execute(f"DELETE FROM meeting_kind_rules WHERE NOT {among('kind', FORMER_KINDS)}")  # noqa: S608 - of this file
    op.drop_column("participants", "spoke")
    op.drop_index(op.f("ix_meetings_series"), "meetings")
    for name in reversed(CHECKS):
        op.drop_constraint(op.f(f"ck_meetings_{name}"), "meetings", type_="check")
    for name in (*reversed(HEADS), "visited_organization_id", "host_name", "direction", "series"):
        op.drop_column("meetings", name)
    know("meetings", "class_kind", "classkind", (*CLASS_KINDS, "development"))
    know("meeting_kind_rules", "kind", "meetingkind", FORMER_KINDS)
    for table in ("meetings", "rotations"):
        know(table, "audience", "audience", FORMER_AUDIENCES)
    know("meetings", "kind", "meetingkind", FORMER_KINDS)
