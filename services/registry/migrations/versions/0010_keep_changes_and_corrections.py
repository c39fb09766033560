"""Keep who changed what of each row, void what was a mistake, and correct ID numbers in two hands.

What was told of members, units, posts and grants before becomes the beginning of their history. Ethnicity, education
and degree get their codes beside the text of before.
"""

from collections.abc import Iterable

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
    "members": (
        ("registry.member.changed.v1", "registry.member.changed.v2"),
        ("name", "organization_id", "stage", "is_active"),
    ),
    "units": (("registry.unit.changed.v1",), ("name", "kind", "jurisdiction_id", "is_active")),
    "posts": (("registry.post.changed.v1",), ("valid_to",)),
    "grants": (("registry.grant.changed.v1",), ("valid_to",)),
}
ETHNICITIES = {
    "汉族": "01",
    "蒙古族": "02",
    "回族": "03",
    "藏族": "04",
    "维吾尔族": "05",
    "苗族": "06",
    "彝族": "07",
    "壮族": "08",
    "布依族": "09",
    "朝鲜族": "10",
    "满族": "11",
    "侗族": "12",
    "瑶族": "13",
    "白族": "14",
    "土家族": "15",
    "哈尼族": "16",
    "哈萨克族": "17",
    "傣族": "18",
    "黎族": "19",
    "傈僳族": "20",
    "佤族": "21",
    "畲族": "22",
    "高山族": "23",
    "拉祜族": "24",
    "水族": "25",
    "东乡族": "26",
    "纳西族": "27",
    "景颇族": "28",
    "柯尔克孜族": "29",
    "土族": "30",
    "达斡尔族": "31",
    "仫佬族": "32",
    "羌族": "33",
    "布朗族": "34",
    "撒拉族": "35",
    "毛南族": "36",
    "仡佬族": "37",
    "锡伯族": "38",
    "阿昌族": "39",
    "普米族": "40",
    "塔吉克族": "41",
    "怒族": "42",
    "乌孜别克族": "43",
    "俄罗斯族": "44",
    "鄂温克族": "45",
    "德昂族": "46",
    "保安族": "47",
    "裕固族": "48",
    "京族": "49",
    "塔塔尔族": "50",
    "独龙族": "51",
    "鄂伦春族": "52",
    "赫哲族": "53",
    "门巴族": "54",
    "珞巴族": "55",
    "基诺族": "56",
    "其他": "97",
    "外国血统中国籍人士": "98",
}
EDUCATIONS = {
    "研究生教育": "10",
    "博士研究生毕业": "11",
    "博士研究生结业": "12",
    "博士研究生肄业": "13",
    "硕士研究生毕业": "14",
    "硕士研究生结业": "15",
    "硕士研究生肄业": "16",
    "研究生班毕业": "17",
    "研究生班结业": "18",
    "研究生班肄业": "19",
    "大学本科教育": "20",
    "大学本科毕业": "21",
    "大学本科结业": "22",
    "大学本科肄业": "23",
    "大学普通班毕业": "28",
    "大学专科教育": "30",
    "大学专科毕业": "31",
    "大学专科结业": "32",
    "大学专科肄业": "33",
    "中等职业教育": "40",
    "中等专科毕业": "41",
    "中等专科结业": "42",
    "中等专科肄业": "43",
    "职业高中毕业": "44",
    "职业高中结业": "45",
    "职业高中肄业": "46",
    "技工学校毕业": "47",
    "技工学校结业": "48",
    "技工学校肄业": "49",
    "普通高级中学教育": "60",
    "普通高中毕业": "61",
    "普通高中结业": "62",
    "普通高中肄业": "63",
    "初级中学教育": "70",
    "初中毕业": "71",
    "初中肄业": "73",
    "小学教育": "80",
    "小学毕业": "81",
    "小学肄业": "83",
    "其他": "90",
    "研究生": "10",
    "博士研究生": "11",
    "硕士研究生": "14",
    "大学本科": "20",
    "本科": "20",
    "大学": "20",
    "大学专科": "30",
    "大专": "30",
    "专科": "30",
    "中专": "41",
    "职高": "44",
    "技校": "47",
    "高中": "60",
    "初中": "70",
    "小学": "80",
}
DEGREES = {
    "名誉博士": "1",
    "博士": "2",
    "硕士": "3",
    "学士": "4",
}
TOLD_BEFORE = """
INSERT INTO field_changes (register, row_id, root_id, version, changed_at, changed_by, field, old, new)
SELECT '{register}', subject, root_id, subject_version, time, actor, field, old, new
FROM (
    SELECT log.subject, log.root_id, log.subject_version, log.time, log.actor, log.epoch, log.tx, log.seq,
           told.key AS field, nullif(told.value, 'null'::jsonb) AS new,
           lag(nullif(told.value, 'null'::jsonb)) OVER one AS old, row_number() OVER one AS number
    FROM event_log AS log, jsonb_each(log.data) AS told
    WHERE log.type = ANY (ARRAY[{kinds}]) AND told.key = ANY (ARRAY[{fields}])
    WINDOW one AS (PARTITION BY log.subject, told.key ORDER BY log.epoch, log.tx, log.seq)
) AS lines
WHERE number > 1 AND old IS DISTINCT FROM new
ORDER BY epoch, tx, seq
"""


def listed(texts: Iterable[str]) -> str:
    return ", ".join(f"'{one}'" for one in texts)


def upgrade() -> None:
    create_changes()
    for register, (kinds, fields) in TOLD_OF.items():
        op.execute(TOLD_BEFORE.format(register=register, kinds=listed(kinds), fields=listed(fields)))
    for table in VOIDABLE:
        op.add_column(table, sa.Column("void_reason", sa.Text(), nullable=True))
    replace_check(
        "left_is_inactive", "left_or_void_is_inactive", "is_active = (left_on IS NULL AND void_reason IS NULL)"
    )
    create_corrections()
    code_members()


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


def code_members() -> None:
    """What was written as text is coded where it is a name of the list; the text stays, for the release before."""
    for column, codes in (("ethnicity", ETHNICITIES), ("education", EDUCATIONS), ("degree", DEGREES)):
        known = listed(dict.fromkeys(codes.values()))
        op.add_column("members", sa.Column(f"{column}_code", sa.String(length=40), nullable=True))
        if column != "degree":
            names, values = listed(codes), listed(codes.values())
            coded = f"UPDATE members SET {column}_code = list.code"  # noqa: S608 - no name from outside
            source = f"unnest(ARRAY[{names}], ARRAY[{values}]) AS list (name, code)"
            op.execute(f"{coded} FROM {source} WHERE list.name = members.{column}")
        check = f"ck_members_{column}_known"
        op.execute(f"ALTER TABLE members ADD CONSTRAINT {check} CHECK ({column}_code IN ({known})) NOT VALID")
        op.execute(f"ALTER TABLE members VALIDATE CONSTRAINT {check}")


def downgrade() -> None:
    for column in ("degree_code", "education_code", "ethnicity_code"):
        op.drop_column("members", column)
    op.drop_table("id_number_corrections")
    op.execute("ALTER TABLE members ADD CONSTRAINT ck_members_left_is_inactive CHECK (is_active = (left_on IS NULL))")
    op.execute("ALTER TABLE members DROP CONSTRAINT ck_members_left_or_void_is_inactive")
    for table in VOIDABLE:
        op.drop_column(table, "void_reason")
    op.drop_table("field_changes")
