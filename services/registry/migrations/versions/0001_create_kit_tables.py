"""Create the tables every service has: event log, inbox, cursors, idempotency keys and the business clock."""

from kit.migrations import drop_kit_tables, install_kit_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    install_kit_tables()


def downgrade() -> None:
    drop_kit_tables()
