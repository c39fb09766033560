"""What squawk is asked to refuse, and what it must let through."""

import csv
from pathlib import Path

import pytest

from deploy.launcher.schemas import revisions_of
from deploy.upgrade import check, statements


def judged(folder: Path, sql: str) -> int:
    file = folder / "registry_0099.sql"
    file.write_text(sql, encoding="utf-8")
    return check.judge([file])


class TestMigrationCheck:
    @pytest.mark.parametrize(
        "sql",
        [
            "ALTER TABLE units DROP COLUMN name;",
            "ALTER TABLE units RENAME COLUMN name TO title;",
            "ALTER TABLE units ADD COLUMN note text NOT NULL;",
            "ALTER TABLE units ALTER COLUMN name SET NOT NULL;",
            "ALTER TABLE units ALTER COLUMN name TYPE bigint USING name::bigint;",
            "CREATE INDEX ix_units_note ON units (note);",
            "ALTER TABLE units ADD CONSTRAINT ck_units_note CHECK (note <> '');",
            "DROP TABLE units;",
        ],
    )
    def test_refuses_what_locks_or_takes_away(self, tmp_path: Path, sql: str) -> None:
        assert judged(tmp_path, sql) != 0

    @pytest.mark.parametrize(
        "sql",
        [
            "ALTER TABLE units ADD COLUMN note text;",
            "CREATE TABLE notes (id uuid NOT NULL, note text, CONSTRAINT pk_notes PRIMARY KEY (id));\n"
            "CREATE INDEX ix_notes_note ON notes (note);",
            "ALTER TABLE units ADD CONSTRAINT ck_units_note CHECK (note <> '') NOT VALID;",
        ],
    )
    def test_lets_additions_through(self, tmp_path: Path, sql: str) -> None:
        assert judged(tmp_path, sql) == 0

    def test_begins_at_a_revision_that_exists(self) -> None:
        assert all(revision in revisions_of(service) for service, revision in statements.released().items())

    def test_accepts_a_broken_rule_only_where_its_migration_and_reason_are_named(self, tmp_path: Path) -> None:
        with statements.ACCEPTED.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        sql = "ALTER TABLE surveys ALTER COLUMN sheet_file_id DROP NOT NULL;"

        assert all(row["revision"] in revisions_of(row["service"]) and row["reason"] for row in rows)
        assert judged(tmp_path, statements.accepted("scoring", "0008") + sql) == 0
        assert judged(tmp_path, statements.accepted("scoring", "0009") + sql) != 0
