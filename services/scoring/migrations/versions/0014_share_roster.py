"""Keep registry's facts as the roster does: parents that follow moves, days of joining and leaving, affiliations.

Of members known so far the present organisation and stage hold for all days: registry told of no others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

PARENTS = """
    UPDATE party_organizations AS organization SET parent_id = above.id FROM party_organizations AS above
    WHERE above.path = regexp_replace(organization.path, '[^/]+/$', '') AND above.id <> organization.id
      AND organization.parent_id IS DISTINCT FROM above.id
"""
PARENTS_OF_MOVES = """
    UPDATE moves SET parent_id = organization.parent_id FROM party_organizations AS organization
    WHERE organization.id = moves.organization_id
"""
MEMBER_PATHS = """
    UPDATE members SET path = organization.path FROM party_organizations AS organization
    WHERE organization.id = members.organization_id AND members.path <> organization.path
"""
FIRST_AFFILIATIONS = """
    INSERT INTO affiliations (member_id, version, changed_on, organization_id, stage)
    SELECT id, version, DATE '0001-01-01', organization_id, stage FROM members
"""


def upgrade() -> None:
    op.execute(PARENTS)
    for name in ("is_directly_managed", "is_joint"):
        op.alter_column("party_organizations", name, server_default=sa.false())
    op.add_column("moves", sa.Column("parent_id", sa.Uuid(), nullable=True))
    op.execute(PARENTS_OF_MOVES)
    op.execute(MEMBER_PATHS)
    op.alter_column("members", "path", server_default="")
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
    index("party_organizations", "parent_id")


def index(table: str, column: str) -> None:
    """In the transaction: a concurrent build would wait for the migration that waits for this one, for ever."""
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    op.drop_table("affiliations")
    for name in ("left_on", "joined_on"):
        op.drop_column("members", name)
    op.drop_column("moves", "parent_id")
    op.alter_column("members", "path", server_default=None)
    for name in ("is_joint", "is_directly_managed"):
        op.alter_column("party_organizations", name, server_default=None)
    op.drop_index(op.f("ix_party_organizations_parent_id"), "party_organizations")
