"""Logins may also end because their account was disabled."""

from alembic import op
from alembic.op import f

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None
NAME = "loginend_known"
BEFORE = ("logged_out", "token_reused", "password_changed", "password_reset")
DISABLED = "account_disabled"


def upgrade() -> None:
    _allow(*BEFORE, DISABLED)


def downgrade() -> None:
    op.execute(f"UPDATE logins SET end_reason = 'logged_out' WHERE end_reason = '{DISABLED}'")  # noqa: S608 - a constant
    _allow(*BEFORE)


def _allow(*reasons: str) -> None:
    listed = ", ".join(f"'{one}'" for one in reasons)
    op.drop_constraint(f(NAME), "logins", type_="check")
    op.create_check_constraint(f(NAME), "logins", f"end_reason IN ({listed})")
