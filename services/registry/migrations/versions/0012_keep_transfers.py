"""Keep transfers with their letters, integrity cards, and what was judged of periods that are over."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATES = ("asked", "issued", "received", "refused", "withdrawn")


def owned() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=True),
    ]


def upgrade() -> None:
    create_transfers()
    create_integrity_entries()
    create_judgements()


def create_transfers() -> None:
    op.create_table(
        "transfers",
        *owned(),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("to_organization_id", sa.Uuid(), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("letter_number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("first_valid_until", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("former_arrived_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_transfers"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_transfers_member_id_members"),
        sa.ForeignKeyConstraint(
            ["to_organization_id"],
            ["party_organizations.id"],
            name="fk_transfers_to_organization_id_party_organizations",
        ),
        sa.CheckConstraint("origin IN ('old_branch', 'new_branch')", name=op.f("ck_transfers_transferorigin_known")),
        sa.CheckConstraint(f"state IN {STATES}", name=op.f("ck_transfers_transferstate_known")),
        sa.CheckConstraint("organization_id <> to_organization_id", name=op.f("ck_transfers_two_organizations")),
        sa.CheckConstraint(
            "num_nulls(letter_number, issued_on, valid_until, first_valid_until) IN (0, 4)",
            name=op.f("ck_transfers_letter_whole"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('issued', 'received') OR issued_on IS NOT NULL", name=op.f("ck_transfers_issued_has_letter")
        ),
        sa.CheckConstraint(
            "(state = 'received') = (received_on IS NOT NULL)", name=op.f("ck_transfers_received_has_day")
        ),
        sa.CheckConstraint(
            "received_on BETWEEN issued_on AND valid_until", name=op.f("ck_transfers_received_while_valid")
        ),
        sa.CheckConstraint("num_nulls(closed_on, closing_reason) IN (0, 2)", name=op.f("ck_transfers_closed_whole")),
    )
    for columns in (["member_id"], ["organization_id"], ["to_organization_id"], ["asked_on", "id"]):
        op.create_index(f"ix_transfers_{'_'.join(columns)}", "transfers", columns)
    under_way = sa.text("state IN ('asked', 'issued') AND void_reason IS NULL")
    op.create_index("uq_transfers_member_id", "transfers", ["member_id"], unique=True, postgresql_where=under_way)


def create_integrity_entries() -> None:
    op.create_table(
        "integrity_entries",
        *owned(),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_integrity_entries"),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_integrity_entries_member_id_members"),
        sa.CheckConstraint(
            "kind IN ('trustworthy', 'dishonest', 'star')", name=op.f("ck_integrity_entries_integritykind_known")
        ),
    )
    for columns in (["organization_id"], ["member_id", "happened_on"], ["happened_on", "id"]):
        op.create_index(f"ix_integrity_entries_{'_'.join(columns)}", "integrity_entries", columns)


def create_judgements() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("period_ends_on", sa.Date(), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("outcome", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_judgements"),
        sa.CheckConstraint(
            "kind IN ('transfer_year', 'integrity_quarter', 'profile_year')",
            name=op.f("ck_judgements_judgementkind_known"),
        ),
    )
    key = ["kind", "period_ends_on", "organization_id"]
    op.create_index("uq_judgements_kind_period_ends_on", "judgements", key, unique=True)


def downgrade() -> None:
    for table in ("judgements", "integrity_entries", "transfers"):
        op.drop_table(table)
