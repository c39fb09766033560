"""A check-in code keeps the times its meeting had when it was issued, and the moment a later one voided it.

That one code of a meeting is good at a time needs no unique index: whoever issues one holds the lock on its meeting.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENTS = ("meeting_starts_at", "meeting_ends_at", "voided_at")


def upgrade() -> None:
    for name in MOMENTS:
        op.add_column("check_in_codes", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute(
        "UPDATE check_in_codes AS code SET meeting_starts_at = meeting.starts_at, meeting_ends_at = meeting.ends_at, "
        "voided_at = CASE WHEN code.id <> (SELECT max(later.id::text)::uuid FROM check_in_codes AS later "
        "WHERE later.meeting_id = code.meeting_id) THEN now() END FROM meetings AS meeting "
        "WHERE meeting.id = code.meeting_id"
    )


def downgrade() -> None:
    for name in MOMENTS:
        op.drop_column("check_in_codes", name)
