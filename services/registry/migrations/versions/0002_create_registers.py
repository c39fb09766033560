"""Create the registers: tree of Party organisations, units, members, posts, coverage, imports."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from hosting.migrations import append_only

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = (
    "instructor_assignments",
    "posts",
    "instructors",
    "unit_mass_organizations",
    "unit_jurisdictions",
    "members",
    "coverage_links",
    "units",
    "placements",
    "organization_revisions",
    "import_rows",
    "import_problems",
    "demonstration_points",
    "coverage_reports",
    "party_organizations",
    "imports",
)


def upgrade() -> None:
    op.execute(sa.schema.CreateSequence(sa.Sequence("party_organization_root_steps")))
    op.create_table(
        "imports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "organizations",
                "units",
                "members",
                "posts",
                name="importkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "mode",
            sa.Enum(
                "all_or_nothing",
                "valid_rows",
                name="importmode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_dry_run", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "checking",
                "checked",
                "published",
                "refused",
                "failed",
                name="importstate_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_digest", sa.LargeBinary(), nullable=False),
        sa.Column("file_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("reach_paths", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("checked_count", sa.Integer(), nullable=False),
        sa.Column("wrong_count", sa.Integer(), nullable=False),
        sa.Column("published_count", sa.Integer(), nullable=False),
        sa.CheckConstraint("published_count <= row_count", name=op.f("ck_imports_published_within_rows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index("ix_imports_created_at_id", "imports", ["created_at", "id"], unique=False)
    op.create_index(op.f("ix_imports_created_by"), "imports", ["created_by"], unique=False)
    op.create_index(
        "uq_imports_kind_file_digest",
        "imports",
        ["kind", "file_digest"],
        unique=True,
        postgresql_where=sa.text("NOT is_dry_run AND state IN ('queued', 'checking', 'published')"),
    )
    op.create_table(
        "party_organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_no", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.Text(collation="C"), nullable=False),
        sa.Column("external_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "district_committee",
                "work_committee",
                "committee",
                "general_branch",
                "branch",
                "joint_branch",
                "project_branch",
                "party_group",
                "project_group",
                name="organizationkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column(
            "host_kind",
            sa.Enum(
                "park",
                "town",
                "association",
                "industry",
                "office",
                "enterprise",
                name="hostkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "set_up_mode",
            sa.Enum(
                "single",
                "joint",
                "attached",
                "regional",
                "industry",
                "dispatched",
                "led",
                "one_plus_n",
                "one_plus_x",
                name="setupmode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("joint_reasons", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(collation="C"), nullable=False),
        sa.Column("children_counter", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("is_directly_managed", sa.Boolean(), nullable=False),
        sa.Column("founded_on", sa.Date(), nullable=False),
        sa.Column("term_ends_on", sa.Date(), nullable=True),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{13}$'", name=op.f("ck_party_organizations_code_is_13_digits")),
        sa.CheckConstraint("path ~ '^([0-9A-Z]{4}/)+$'", name=op.f("ck_party_organizations_path_steps")),
        sa.CheckConstraint(
            "(parent_id IS NULL) = (level = 1)", name=op.f("ck_party_organizations_only_the_root_has_no_parent")
        ),
        sa.CheckConstraint("(parent_id IS NULL) = (root_id = id)", name=op.f("ck_party_organizations_root_is_itself")),
        sa.CheckConstraint("dissolved_on >= founded_on", name=op.f("ck_party_organizations_dissolved_after_founding")),
        sa.CheckConstraint(
            "is_active = (dissolved_on IS NULL)", name=op.f("ck_party_organizations_dissolved_is_inactive")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_party_organizations_level_known")),
        sa.CheckConstraint("term_ends_on > founded_on", name=op.f("ck_party_organizations_term_ends_after_founding")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["party_organizations.id"], name=op.f("fk_party_organizations_parent_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_party_organizations_root_id_party_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_organizations")),
        sa.UniqueConstraint("code", name=op.f("uq_party_organizations_code")),
        sa.UniqueConstraint("organization_no", name=op.f("uq_party_organizations_organization_no")),
        sa.UniqueConstraint("path", name=op.f("uq_party_organizations_path")),
    )
    op.create_index(op.f("ix_party_organizations_parent_id"), "party_organizations", ["parent_id"], unique=False)
    op.create_index(op.f("ix_party_organizations_root_id"), "party_organizations", ["root_id"], unique=False)
    op.create_index(
        "ix_party_organizations_search_keys",
        "party_organizations",
        ["search_keys"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "coverage_reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("denominator_scope", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("stated_by", sa.Uuid(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "denominator_scope ?& ARRAY['organization_id', 'as_of', 'units']",
            name=op.f("ck_coverage_reports_scope_is_stated"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_coverage_reports_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage_reports")),
    )
    op.create_index("ix_coverage_reports_as_of_id", "coverage_reports", ["as_of", "id"], unique=False)
    op.create_index(op.f("ix_coverage_reports_organization_id"), "coverage_reports", ["organization_id"], unique=False)
    op.create_table(
        "demonstration_points",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_no", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "city",
                "district",
                "town",
                name="demonstrationlevel_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(organization_no, organization_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL"),
            using="gist",
            name="ex_demonstration_points_organization_no",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_demonstration_points_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_demonstration_points_root_id_party_organizations")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_demonstration_points")),
    )
    op.create_index(
        op.f("ix_demonstration_points_organization_id"), "demonstration_points", ["organization_id"], unique=False
    )
    op.create_index(
        "uq_demonstration_points_id",
        "demonstration_points",
        ["id"],
        unique=True,
        postgresql_where=sa.text("recorded_to IS NULL"),
    )
    op.create_table(
        "import_problems",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("problem_no", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("column_heading", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_problems_import_id_imports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "problem_no", name=op.f("pk_import_problems")),
    )
    op.create_table(
        "import_rows",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("row_no", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_index", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_wrong", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_import_rows_import_id_imports"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("import_id", "row_no", name=op.f("pk_import_rows")),
    )
    op.create_table(
        "organization_revisions",
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("state", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_organization_revisions_organization_id_party_organizations"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "version", name=op.f("pk_organization_revisions")),
    )
    op.create_table(
        "placements",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_no", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(collation="C"), nullable=False),
        sa.Column("is_directly_managed", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(organization_no, organization_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL"),
            using="gist",
            name="ex_placements_organization_no",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_placements_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["party_organizations.id"], name=op.f("fk_placements_parent_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_placements_root_id_party_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placements")),
    )
    op.create_index("ix_placements_organization_id", "placements", ["organization_id"], unique=False)
    op.create_index("ix_placements_path", "placements", ["path"], unique=False)
    op.create_table(
        "units",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("code", sa.Text(collation="C"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "non_public_enterprise",
                "farmers_cooperative",
                "individual_business",
                "social_group",
                "private_non_enterprise",
                "foundation",
                name="unitkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("staff_count", sa.Integer(), nullable=True),
        sa.Column("jurisdiction_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'", name=op.f("ck_units_code_alphabet")),
        sa.CheckConstraint("is_active = (closed_on IS NULL)", name=op.f("ck_units_closed_is_inactive")),
        sa.CheckConstraint("staff_count >= 0", name=op.f("ck_units_staff_count_not_negative")),
        sa.ForeignKeyConstraint(
            ["jurisdiction_id"], ["party_organizations.id"], name=op.f("fk_units_jurisdiction_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_units_root_id_party_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
        sa.UniqueConstraint("unit_no", name=op.f("uq_units_unit_no")),
    )
    op.create_index(op.f("ix_units_jurisdiction_id"), "units", ["jurisdiction_id"], unique=False)
    op.create_index("ix_units_search_keys", "units", ["search_keys"], unique=False, postgresql_using="gin")
    op.create_table(
        "coverage_links",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_no", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "single",
                "joint",
                "attached",
                "regional",
                "industry",
                "dispatched",
                "led",
                "one_plus_n",
                "one_plus_x",
                name="setupmode_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("serves_without_members", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (sa.text("int4range(organization_no, organization_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL"),
            using="gist",
            name="ex_coverage_links_unit_no_organization_no",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_coverage_links_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_coverage_links_unit_id_units")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_coverage_links")),
    )
    op.create_index(op.f("ix_coverage_links_organization_id"), "coverage_links", ["organization_id"], unique=False)
    op.create_index(op.f("ix_coverage_links_unit_id"), "coverage_links", ["unit_id"], unique=False)
    op.create_index(
        "uq_coverage_links_id", "coverage_links", ["id"], unique=True, postgresql_where=sa.text("recorded_to IS NULL")
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_no", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id_number_index", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("birth_on", sa.Date(), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("male", "female", name="sex_known", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column(
            "stage",
            sa.Enum(
                "formal",
                "probationary",
                "prospect",
                "activist",
                "applicant",
                name="memberstage_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("confirmed_on >= joined_on", name=op.f("ck_members_confirmed_after_joining")),
        sa.CheckConstraint("is_active = (left_on IS NULL)", name=op.f("ck_members_left_is_inactive")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["party_organizations.id"], name=op.f("fk_members_organization_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_members_root_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_members_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("id_number_index", name=op.f("uq_members_id_number_index")),
        sa.UniqueConstraint("member_no", name=op.f("uq_members_member_no")),
    )
    op.create_index("ix_members_name_id", "members", ["name", "id"], unique=False)
    op.create_index(op.f("ix_members_organization_id"), "members", ["organization_id"], unique=False)
    op.create_index("ix_members_search_keys", "members", ["search_keys"], unique=False, postgresql_using="gin")
    op.create_index(op.f("ix_members_unit_id"), "members", ["unit_id"], unique=False)
    op.create_table(
        "unit_jurisdictions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL"),
            using="gist",
            name="ex_unit_jurisdictions_unit_no",
        ),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_unit_jurisdictions_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_jurisdictions_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_jurisdictions")),
    )
    op.create_index(
        op.f("ix_unit_jurisdictions_organization_id"), "unit_jurisdictions", ["organization_id"], unique=False
    )
    op.create_index(op.f("ix_unit_jurisdictions_unit_id"), "unit_jurisdictions", ["unit_id"], unique=False)
    op.create_table(
        "unit_mass_organizations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "union",
                "league",
                "women",
                name="massorganizationkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL AND kind = 'league'"),
            using="gist",
            name="ex_unit_mass_organizations_league",
        ),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL AND kind = 'union'"),
            using="gist",
            name="ex_unit_mass_organizations_union",
        ),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL AND kind = 'women'"),
            using="gist",
            name="ex_unit_mass_organizations_women",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_mass_organizations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_mass_organizations")),
    )
    op.create_index(op.f("ix_unit_mass_organizations_unit_id"), "unit_mass_organizations", ["unit_id"], unique=False)
    op.create_table(
        "instructors",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instructor_no", sa.Integer(), sa.Identity(always=True), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search_keys", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("id_number_index", sa.LargeBinary(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "sent",
                "elected",
                "engaged",
                "picked",
                "recruited",
                name="appointmentsource_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("engaged_on", sa.Date(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("released_on > engaged_on", name=op.f("ck_instructors_released_after_engaged")),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_instructors_member_id_members")),
        sa.ForeignKeyConstraint(
            ["organization_id"],
            ["party_organizations.id"],
            name=op.f("fk_instructors_organization_id_party_organizations"),
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_instructors_root_id_party_organizations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instructors")),
        sa.UniqueConstraint("id_number_index", name=op.f("uq_instructors_id_number_index")),
        sa.UniqueConstraint("instructor_no", name=op.f("uq_instructors_instructor_no")),
        sa.UniqueConstraint("member_id", name=op.f("uq_instructors_member_id")),
    )
    op.create_index(op.f("ix_instructors_organization_id"), "instructors", ["organization_id"], unique=False)
    op.create_index("ix_instructors_search_keys", "instructors", ["search_keys"], unique=False, postgresql_using="gin")
    op.create_table(
        "posts",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("organization_no", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "secretary",
                "deputy_secretary",
                "committee_member",
                "organization_officer",
                "publicity_officer",
                "discipline_officer",
                name="postkind_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum(
                "sent",
                "elected",
                "engaged",
                "picked",
                "recruited",
                name="appointmentsource_known",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(organization_no, organization_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL AND kind = 'secretary'"),
            using="gist",
            name="ex_posts_secretary",
        ),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_posts_member_id_members")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["party_organizations.id"], name=op.f("fk_posts_organization_id_party_organizations")
        ),
        sa.ForeignKeyConstraint(
            ["root_id"], ["party_organizations.id"], name=op.f("fk_posts_root_id_party_organizations")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_member_id"), "posts", ["member_id"], unique=False)
    op.create_index(op.f("ix_posts_organization_id"), "posts", ["organization_id"], unique=False)
    op.create_index("uq_posts_id", "posts", ["id"], unique=True, postgresql_where=sa.text("recorded_to IS NULL"))
    op.create_index(
        "uq_posts_member_id_organization_id_kind",
        "posts",
        ["member_id", "organization_id", "kind", "valid_from"],
        unique=True,
        postgresql_where=sa.text("recorded_to IS NULL"),
    )
    op.create_table(
        "instructor_assignments",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instructor_id", sa.Uuid(), nullable=False),
        sa.Column("instructor_no", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("unit_no", sa.Integer(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("recorded_from", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.Column("recorded_to", sa.DateTime(timezone=True), nullable=True),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(instructor_no, instructor_no, '[]')"), "&&"),
            (sa.text("int4range(unit_no, unit_no, '[]')"), "&&"),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            where=sa.text("recorded_to IS NULL"),
            using="gist",
            name="ex_instructor_assignments_instructor_no_unit_no",
        ),
        sa.ForeignKeyConstraint(
            ["instructor_id"], ["instructors.id"], name=op.f("fk_instructor_assignments_instructor_id_instructors")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_instructor_assignments_unit_id_units")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_instructor_assignments")),
    )
    op.create_index(
        op.f("ix_instructor_assignments_instructor_id"), "instructor_assignments", ["instructor_id"], unique=False
    )
    op.create_index(op.f("ix_instructor_assignments_unit_id"), "instructor_assignments", ["unit_id"], unique=False)
    op.create_index(
        "uq_instructor_assignments_id",
        "instructor_assignments",
        ["id"],
        unique=True,
        postgresql_where=sa.text("recorded_to IS NULL"),
    )
    append_only("organization_revisions")
    append_only("coverage_reports")


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.execute(sa.schema.DropSequence(sa.Sequence("party_organization_root_steps")))
