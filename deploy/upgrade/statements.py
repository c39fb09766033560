"""The SQL that migrations after the last release would run, one file each, for squawk to judge."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Engine, event

from deploy.launcher.layout import ROOT
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, provision
from deploy.launcher.schemas import revisions_of
from hosting import migrations

RELEASED = Path(__file__).with_name("released.csv")
QUIET = ("SELECT", "SET ", "BEGIN", "UPDATE ALEMBIC_VERSION", "INSERT INTO ALEMBIC_VERSION", "WITH ", "SHOW ")
TIMEOUTS = (
    f"SET lock_timeout = '{migrations.LOCK_TIMEOUT}';\nSET statement_timeout = '{migrations.STATEMENT_TIMEOUT}';\n"
)


def released() -> dict[str, str]:
    """The newest revision of each service that runs somewhere; a release renews the file."""
    with RELEASED.open(encoding="utf-8", newline="") as file:
        return {row["service"]: row["revision"] for row in csv.DictReader(file)}


def write(server: LocalPostgres, folder: Path) -> list[Path]:
    """Migrates empty databases for real, so that every statement is the one PostgreSQL would see."""
    written = []
    for service in SERVICES:
        provision(server.url(), service)
        config = migrations.config(ROOT / "services" / service / "migrations", server.url(service, f"{service}_owner"))
        base = released()[service]
        command.upgrade(config, base)
        for revision in (one for one in revisions_of(service) if one > base):
            with recorded() as statements:
                command.upgrade(config, revision)
            target = folder / f"{service}_{revision}.sql"
            target.write_text(TIMEOUTS + "".join(f"{one.rstrip(';')};\n" for one in statements), encoding="utf-8")
            written.append(target)
    return written


@contextmanager
def recorded() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.lstrip().upper().startswith(QUIET):
            statements.append(statement.strip())

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", note)
