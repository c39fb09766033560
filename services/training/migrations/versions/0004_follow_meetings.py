"""A check-in code keeps the times its meeting had when it was issued, and the moment a later one voided it."""

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
    with op.get_context().autocommit_block():
        op.create_index(
            "uq_check_in_codes_meeting_id",
            "check_in_codes",
            ["meeting_id"],
            unique=True,
            postgresql_where="voided_at IS NULL",
            postgresql_concurrently=True,
        )


def downgrade() -> None:
    op.drop_index("uq_check_in_codes_meeting_id", table_name="check_in_codes")
    for name in MOMENTS:
        op.drop_column("check_in_codes", name)
