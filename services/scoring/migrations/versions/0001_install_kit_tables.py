"""Kit's own tables, the job queue and the rights of the application role."""

from hosting.migrations import install_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_kit_tables()


def downgrade() -> None:
    raise RuntimeError("the first revision is undone by dropping the database")
