"""Whoever keeps the server sees where a total and its entries part."""

import json
import os
import subprocess
import sys
from typing import Any

import psycopg
import pytest

from deploy.launcher.provision import conninfo
from tests.support.databases import Database, MakeDatabase

TOTAL = """
INSERT INTO point_totals (subject_id, points_year, indicator_code, subject_kind, root_id, granted, by_period)
VALUES (gen_random_uuid(), 2026, 'A', 'member', gen_random_uuid(), %s, %s)
"""


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    return make_database("scoring")


def add_total(database: Database, granted: int, by_period: list[int]) -> None:
    with psycopg.connect(conninfo(database.app_url)) as db:
        db.execute(TOTAL, (granted, by_period))


def run(database: Database, *options: str) -> str:
    environment = os.environ | {"SCORING_DATABASE_URL": database.app_url}
    command = [sys.executable, "-m", "scoring", "verify", *options]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def verified(database: Database) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(database, "--json"))
    return found


class TestVerification:
    def test_finds_nothing_where_nothing_is_booked(self, database: Database) -> None:
        add_total(database, 0, [0, 0])

        assert verified(database) == {"entries": 0, "subjects": 0, "points": "0", "differences": []}

    def test_names_indicator_and_period_of_each_difference(self, database: Database) -> None:
        """A total that says more than the entries, and one whose periods do not add up."""
        add_total(database, 3, [1, 1])

        assert [(one["period"], one["entries"], one["total"]) for one in verified(database)["differences"]] == [
            (-1, "2.00", "3.00"), (0, "0", "1.00"), (1, "0", "1.00")
        ]  # fmt: skip
        assert run(database).strip() == "0 个对象、0 条台账、0 分,不符 3 处"
