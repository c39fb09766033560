"""Create what every service has and nothing else: the database of kit's own tests."""

from hosting.migrations import install_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_kit_tables()
