"""Create the tables every service has: event log, inbox, cursors, idempotency keys and the business clock."""

from hosting.migrations import install_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_kit_tables()
