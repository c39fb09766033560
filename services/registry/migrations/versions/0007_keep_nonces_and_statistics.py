"""Keep the nonce a used refresh token's successor is derived from, and let an import refresh the planner's statistics.

The service owns no table and so may not ANALYZE one: a function of the owner does this one thing for it. (MAINTAIN
would do as well, from PostgreSQL 17 on, and allow VACUUM FULL, CLUSTER and LOCK besides.)
"""

import sqlalchemy as sa
from alembic import op

from hosting.migrations import application_role

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ANALYZE_IMPORTED = """
CREATE FUNCTION analyze_imported() RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE public.party_organizations, public.organization_revisions, public.placements,
            public.demonstration_points, public.units, public.unit_jurisdictions, public.coverage_links,
            public.unit_mass_organizations, public.members, public.posts, public.instructor_assignments;
END $$
"""


def upgrade() -> None:
    op.add_column("refresh_tokens", sa.Column("successor_nonce", sa.LargeBinary(), nullable=True))
    op.execute(ANALYZE_IMPORTED)
    op.execute("REVOKE EXECUTE ON FUNCTION analyze_imported() FROM PUBLIC")
    op.execute(f'GRANT EXECUTE ON FUNCTION analyze_imported() TO "{application_role()}"')


def downgrade() -> None:
    op.execute("DROP FUNCTION analyze_imported()")
    op.drop_column("refresh_tokens", "successor_nonce")
