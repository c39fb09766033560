"""Whoever deploys or shows the system asks a service by its commands or by HTTP; its tables are its own.

What walks PostgreSQL's catalogue knows no name, alembic's version table is no service's, and tests beside the code
arrange what no command may.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import registry.app
import scoring.app
import training.app
from kit.database import metadata as kit_metadata
from registry.database import Base as RegistryBase
from scoring.database import Base as ScoringBase
from tests.architecture.test_sizes import ROOT, named
from training.database import Base as TrainingBase

FILLED = (registry.app.DOMAINS, scoring.app.DOMAINS, training.app.DOMAINS)
METADATA = (RegistryBase.metadata, ScoringBase.metadata, TrainingBase.metadata, kit_metadata)
TABLES = sorted({table.name for one in METADATA for table in one.sorted_tables})
SQL = re.compile(rf'\b(FROM|JOIN|INTO|UPDATE|TABLE|TRUNCATE|COPY|ON|ONLY)\s+"?({"|".join(TABLES)})\b', re.IGNORECASE)
WRITTEN_AS_IT_IS = {".sql", ".sh", ".yml"}


def statements(path: Path) -> Iterator[str]:
    """What a file may send to a database: of Python the strings that are no docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix in WRITTEN_AS_IT_IS:
        yield text
        return
    tree = ast.parse(text)
    said = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said:
            yield node.value


def found_in(folder: Path) -> dict[str, set[str]]:
    paths = [path for path in folder.rglob("*") if path.suffix in WRITTEN_AS_IT_IS | {".py"}]
    found = {
        named(path): {match[2] for one in statements(path) for match in SQL.finditer(one)}
        for path in paths
        if "tests" not in path.parts
    }
    return {name: tables for name, tables in found.items() if tables}


@pytest.mark.parametrize("room", ["deploy", "demo"])
def test_no_statement_names_a_table_of_a_service(room: str) -> None:
    assert found_in(ROOT / room) == {}


def test_a_statement_would_be_seen() -> None:
    assert {"members", "event_log", "point_totals", "business_clock", "parked_events"} <= set(TABLES)
    assert set(found_in(ROOT / "services" / "registry" / "bench")) == {
        f"services/registry/bench/{name}.sql" for name in ("list", "read", "variables")
    }
    assert found_in(ROOT / "services" / "scoring" / "scoring" / "points" / "ledger")
