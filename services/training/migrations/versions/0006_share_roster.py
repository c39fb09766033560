"""Keep registry's facts as the roster does: moves, paths of members, days of joining and leaving, affiliations.

Of members known so far the present organisation and stage hold for all days: registry told of no others.
"""

import sqlalchemy as sa
from alembic import op

from kit.database import C_TEXT

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)
MEMBER_PATHS = """
    UPDATE members SET path = organization.path FROM party_organizations AS organization
    WHERE organization.id = members.organization_id
"""
FIRST_AFFILIATIONS = """
    INSERT INTO affiliations (member_id, version, changed_on, organization_id, stage)
    SELECT id, version, DATE '0001-01-01', organization_id, stage FROM members
"""


def upgrade() -> None:
    for name in ("host_kind", "set_up_mode"):
        op.add_column("party_organizations", sa.Column(name, sa.Text(), nullable=True))
    for name in ("is_directly_managed", "is_joint"):
        flag: sa.Column[bool] = sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
        op.add_column("party_organizations", flag)
    op.create_table(
        "moves",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("old_path", C_TEXT, nullable=False),
        sa.Column("new_path", C_TEXT, nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "version", name=op.f("pk_moves")),
    )
    op.add_column("members", sa.Column("path", C_TEXT, server_default="", nullable=False))
    op.execute(MEMBER_PATHS)
    add_days()


def add_days() -> None:
    for name in ("joined_on", "left_on"):
        op.add_column("members", sa.Column(name, sa.Date(), nullable=True))
    op.create_table(
        "affiliations",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("member_id", "version", name=op.f("pk_affiliations")),
    )
    op.create_index(op.f("ix_affiliations_organization_id"), "affiliations", ["organization_id"])
    op.execute(FIRST_AFFILIATIONS)
    index("members", "path")


def index(table: str, column: str) -> None:
    """In the transaction: a concurrent build would wait for the migration that waits for this one, for ever."""
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.drop_table("affiliations")
    for name in ("left_on", "joined_on", "path"):
        op.drop_column("members", name)
    op.drop_table("moves")
    for name in ("is_joint", "set_up_mode", "is_directly_managed", "host_kind"):
        op.drop_column("party_organizations", name)
