"""Keep posts, projects and contests of organisations, and give their indicators the sources they earn from."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from scoring.points.indicators.defaults import default_catalogues

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

CODES = ("O40", "O41", "O49", "M14", "M17")
POSTS = (
    *("model_post", "model_shop", "model_window", "model_vehicle", "four_good", "responsibility_area"),
    *("pioneer_post", "breakthrough"),
)
FORMS = (
    *("show_identity", "show_pledge", "show_duty", "contest_skill", "contest_conduct", "contest_result"),
    *("appraised_by_served", "appraised_by_members", "appraised_by_leader"),
)


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
    create_duty_posts()
    create_projects()
    create_contests()
    set_sources([(one["id"], one["earning"], one["triggers"]) for one in shipped()])


def create_duty_posts() -> None:
    op.create_table(
        "duty_posts",
        *owned(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("duties", sa.Text(), nullable=True),
        sa.Column("set_up_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("judged_year", sa.SmallInteger(), nullable=True),
        sa.Column("judged_on", sa.Date(), nullable=True),
        sa.Column("meets_standard", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_duty_posts"),
        sa.CheckConstraint(f"kind IN {POSTS}", name=op.f("ck_duty_posts_dutypostkind_known")),
        sa.CheckConstraint("ended_on >= set_up_on", name=op.f("ck_duty_posts_ends_after_setting_up")),
        sa.CheckConstraint(
            "(judged_year IS NULL) = (judged_on IS NULL) AND (judged_year IS NULL) = (meets_standard IS NULL)",
            name=op.f("ck_duty_posts_judged_whole"),
        ),
    )
    index("duty_posts", ["organization_id"], ["holder_id"], ["set_up_on", "id"])


def create_projects() -> None:
    op.create_table(
        "projects",
        *owned(),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("claimant_id", sa.Uuid(), nullable=True),
        sa.Column("participant_ids", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("effect", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
        sa.CheckConstraint(
            "kind IN ('breakthrough', 'improvement', 'secretary', 'party_building')",
            name=op.f("ck_projects_projectkind_known"),
        ),
        sa.CheckConstraint("state IN ('offered', 'under_way', 'closed')", name=op.f("ck_projects_projectstate_known")),
        sa.CheckConstraint("(state = 'offered') = (claimant_id IS NULL)", name=op.f("ck_projects_claimed_by_somebody")),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_on IS NOT NULL) AND (state = 'closed') = (effect IS NOT NULL)",
            name=op.f("ck_projects_closed_with_effect"),
        ),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_projects_closes_after_opening")),
    )
    index("projects", ["organization_id"], ["opened_on", "id"])


def create_contests() -> None:
    op.create_table(
        "contests",
        *owned(),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contests"),
        sa.CheckConstraint(f"form IN {FORMS}", name=op.f("ck_contests_contestform_known")),
        sa.CheckConstraint("participants >= 0", name=op.f("ck_contests_participants_not_negative")),
    )
    index("contests", ["organization_id"], ["held_on", "id"])


def index(table: str, *columns: list[str]) -> None:
    for names in columns:
        op.create_index(f"ix_{table}_{'_'.join(names)}", table, names)


def shipped() -> list[dict[str, Any]]:
    return [one for catalogue in default_catalogues() for one in catalogue.indicators if one["code"] in CODES]


def set_sources(indicators: list[tuple[Any, str, list[Any]]]) -> None:
    """A published catalogue is closed by a trigger; only its owner gives an indicator of it a source."""
    op.execute("ALTER TABLE indicators DISABLE TRIGGER USER")
    for indicator, earning, triggers in indicators:
        values = f"earning = '{earning}', triggers = '{json.dumps(triggers)}'"
        op.execute(f"UPDATE indicators SET {values} WHERE id = '{indicator}'")  # noqa: S608 - of the shipped catalogue
    op.execute("ALTER TABLE indicators ENABLE TRIGGER USER")


def downgrade() -> None:
    set_sources([(one["id"], "none", []) for one in shipped()])
    for table in ("contests", "projects", "duty_posts"):
        op.drop_table(table)
