"""Keep who changed what of each row, void what was a mistake, and correct ID numbers in two hands.

What was told of members, units, posts and grants before becomes the beginning of their history.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hosting.migrations import application_role

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

VOIDABLE = ("posts", "demonstration_points", "instructor_assignments", "coverage_links", "grants", "members")
TOLD_OF = {
    "members": (("registry.member.changed.v1", "registry.member.changed.v2"), ("name", "organization_id", "stage", "is_active")),
    "units": (("registry.unit.changed.v1",), ("name", "kind", "jurisdiction_id", "is_active")),
    "posts": (("registry.post.changed.v1",), ("valid_to",)),
    "grants": (("registry.grant.changed.v1",), ("valid_to",)),
}
TOLD_BEFORE = sa.text("""
INSERT INTO field_changes (register, row_id, root_id, version, changed_at, changed_by, field, old, new)
SELECT :register, subject, root_id, subject_version, time, actor, field, old, new
FROM (
    SELECT log.subject, log.root_id, log.subject_version, log.time, log.actor, log.epoch, log.tx, log.seq,
           told.key AS field, nullif(told.value, 'null'::jsonb) AS new,
           lag(nullif(told.value, 'null'::jsonb)) OVER one AS old, row_number() OVER one AS number
    FROM event_log AS log, jsonb_each(log.data) AS told
    WHERE log.type = ANY (:kinds) AND told.key = ANY (:fields)
    WINDOW one AS (PARTITION BY log.subject, told.key ORDER BY log.epoch, log.tx, log.seq)
) AS lines
WHERE number > 1 AND old IS DISTINCT FROM new
ORDER BY epoch, tx, seq
""")


def upgrade() -> None:
    create_changes()
    for register, (kinds, fields) in TOLD_OF.items():
        told = TOLD_BEFORE.bindparams(
            sa.bindparam("kinds", type_=postgresql.ARRAY(sa.Text())),
            sa.bindparam("fields", type_=postgresql.ARRAY(sa.Text())),
        )
        op.get_bind().execute(told, {"register": register, "kinds": list(kinds), "fields": list(fields)})
    for table in VOIDABLE:
        op.add_column(table, sa.Column("void_reason", sa.Text(), nullable=True))
    replace_check(
        "left_is_inactive", "left_or_void_is_inactive", "is_active = (left_on IS NULL AND void_reason IS NULL)"
    )
    create_corrections()


def create_changes() -> None:
    op.create_table(
        "field_changes",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", postgresql.JSONB(), nullable=True),
        sa.Column("new", postgresql.JSONB(), nullable=True),
        sa.Column("old_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("new_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_field_changes"),
    )
    op.create_index("ix_field_changes_row_id_id", "field_changes", ["row_id", "id"])
    role = application_role()
    op.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON field_changes FROM "{role}"')
    op.execute(f'GRANT UPDATE (old_sealed, new_sealed) ON field_changes TO "{role}"')


def replace_check(old: str, new: str, condition: str) -> None:
    op.execute(f"ALTER TABLE members ADD CONSTRAINT ck_members_{new} CHECK ({condition}) NOT VALID")
    op.execute(f"ALTER TABLE members VALIDATE CONSTRAINT ck_members_{new}")
    op.execute(f"ALTER TABLE members DROP CONSTRAINT ck_members_{old}")


def create_corrections() -> None:
    op.create_table(
        "id_number_corrections",
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("old_id_number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("new_id_number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'approved', 'rejected')", name=op.f("ck_id_number_corrections_correctionstate_known")
        ),
        sa.CheckConstraint(
            "num_nulls(decided_on, decided_by) IN (0, 2)", name=op.f("ck_id_number_corrections_decided_whole")
        ),
        sa.CheckConstraint(
            "(state = 'asked') = (decided_on IS NULL)", name=op.f("ck_id_number_corrections_decided_has_day")
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name="fk_id_number_corrections_member_id_members"),
        sa.PrimaryKeyConstraint("id", name="pk_id_number_corrections"),
    )
    for columns in (["member_id"], ["organization_id"], ["asked_on", "id"]):
        op.create_index(f"ix_id_number_corrections_{'_'.join(columns)}", "id_number_corrections", columns)
    op.create_index(
        "uq_id_number_corrections_member_id",
        "id_number_corrections",
        ["member_id"],
        unique=True,
        postgresql_where=sa.text("state = 'asked'"),
    )


def downgrade() -> None:
    op.drop_table("id_number_corrections")
    op.execute("ALTER TABLE members ADD CONSTRAINT ck_members_left_is_inactive CHECK (is_active = (left_on IS NULL))")
    op.execute("ALTER TABLE members DROP CONSTRAINT ck_members_left_or_void_is_inactive")
    for table in VOIDABLE:
        op.drop_column(table, "void_reason")
    op.drop_table("field_changes")
