"""A policy belongs to a district, or is the default of the whole installation, as everything that stood before."""

import sqlalchemy as sa
from alembic import op
from alembic.op import f

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("policies", sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False))
    op.add_column("policies", sa.Column("root_id", sa.Uuid(), nullable=True))
    op.drop_constraint("pk_policies", "policies", type_="primary")
    op.create_primary_key(f("pk_policies"), "policies", ["id"])
    op.create_unique_constraint(
        f("uq_policies_root_id_name_effective_from"),
        "policies",
        ["root_id", "name", "effective_from"],
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.execute("DELETE FROM policies WHERE root_id IS NOT NULL")
    op.drop_constraint(f("uq_policies_root_id_name_effective_from"), "policies", type_="unique")
    op.drop_constraint(f("pk_policies"), "policies", type_="primary")
    op.drop_column("policies", "root_id")
    op.drop_column("policies", "id")
    op.create_primary_key(f("pk_policies"), "policies", ["name", "effective_from"])
