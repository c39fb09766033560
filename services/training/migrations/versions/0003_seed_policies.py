"""Lay down the default policies of rules.md §3–4, each with the day it holds from."""

import uuid
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BEGINNING = date(2000, 1, 1)
REGULATION_OF_2019 = date(2019, 5, 6)
KINDS = (
    ("branch_assembly", "quarter", False, True),
    ("branch_committee", "month", False, False),
    ("group_meeting", "month", False, True),
    ("party_lecture", "quarter", True, True),
    ("theme_day", "month", True, True),
    ("life_meeting", "year", False, True),
    ("democratic_appraisal", "year", False, True),
    ("heart_talk", "year", False, False),
    ("class", None, True, True),
    ("branch_study", None, True, True),
)
REQUIREMENTS = (
    ("member", BEGINNING, 16, 0, "两新组织党员教育培训旧规划"),
    ("leader", BEGINNING, 24, 0, "两新组织党员教育培训旧规划"),
    ("member", REGULATION_OF_2019, 32, 0, "《中国共产党党员教育管理工作条例》"),
    ("leader", REGULATION_OF_2019, 56, 1, "《中国共产党党员教育管理工作条例》"),
)


def policy(name: str, *columns: sa.ColumnClause[Any]) -> sa.TableClause:
    return sa.table(name, sa.column("id", sa.Uuid()), sa.column("effective_from", sa.Date()), *columns)


kind_rules = policy(
    "meeting_kind_rules",
    sa.column("kind"),
    sa.column("cadence"),
    sa.column("counts_hours", sa.Boolean()),
    sa.column("needs_make_up", sa.Boolean()),
)
requirements = policy(
    "study_hour_requirements",
    sa.column("group"),
    sa.column("hours", sa.Numeric()),
    sa.column("superior_classes", sa.SmallInteger()),
    sa.column("source"),
)
limits = policy(
    "training_limits",
    sa.column("full_day_hours", sa.Numeric()),
    sa.column("half_day_hours", sa.Numeric()),
    sa.column("make_up_days", sa.SmallInteger()),
    sa.column("confirmation_days", sa.SmallInteger()),
    sa.column("check_in_opens_minutes", sa.SmallInteger()),
)


def upgrade() -> None:
    op.bulk_insert(
        kind_rules,
        [
            {
                "id": uuid.uuid4(),
                "effective_from": BEGINNING,
                "kind": kind,
                "cadence": cadence,
                "counts_hours": counts_hours,
                "needs_make_up": needs_make_up,
            }
            for kind, cadence, counts_hours, needs_make_up in KINDS
        ],
    )
    op.bulk_insert(
        requirements,
        [
            {
                "id": uuid.uuid4(),
                "effective_from": effective_from,
                "group": group,
                "hours": hours,
                "superior_classes": superior_classes,
                "source": source,
            }
            for group, effective_from, hours, superior_classes, source in REQUIREMENTS
        ],
    )
    op.bulk_insert(
        limits,
        [
            {
                "id": uuid.uuid4(),
                "effective_from": BEGINNING,
                "full_day_hours": 8,
                "half_day_hours": 4,
                "make_up_days": 30,
                "confirmation_days": 90,
                "check_in_opens_minutes": 30,
            }
        ],
    )


def downgrade() -> None:
    for table in (kind_rules, requirements, limits):
        op.execute(sa.delete(table).where(sa.column("root_id", sa.Uuid()).is_(None)))
