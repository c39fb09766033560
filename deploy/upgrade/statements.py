"""The SQL that migrations after the last release would run, one file a transaction, for squawk to judge."""

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
ACCEPTED = Path(__file__).with_name("accepted.csv")
QUIET = ("SELECT", "SET ", "BEGIN", "UPDATE ALEMBIC_VERSION", "INSERT INTO ALEMBIC_VERSION", "WITH ", "SHOW ")
TIMEOUTS = (
    f"SET lock_timeout = '{migrations.LOCK_TIMEOUT}';\nSET statement_timeout = '{migrations.STATEMENT_TIMEOUT}';\n"
)


def released() -> dict[str, str]:
    """The newest revision of each service that runs somewhere; a release renews the file."""
    with RELEASED.open(encoding="utf-8", newline="") as file:
        return {row["service"]: row["revision"] for row in csv.DictReader(file)}


def accepted(service: str, revision: str) -> str:
    """The rules a migration may break, each with its reason in the file."""
    with ACCEPTED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rules = [row["rule"] for row in rows if (row["service"], row["revision"]) == (service, revision)]
    return f"-- squawk-ignore-file {', '.join(rules)}\n" if rules else ""


def write(server: LocalPostgres, folder: Path) -> list[Path]:
    """Migrates empty databases for real, so that every statement is the one PostgreSQL would see."""
    written = []
    for service in SERVICES:
        provision(server.url(), service)
        config = migrations.config(ROOT / "services" / service / "migrations", server.url(service, f"{service}_owner"))
        base = released()[service]
        command.upgrade(config, base)
        for revision in (one for one in revisions_of(service) if one > base):
            with recorded() as transactions:
                command.upgrade(config, revision)
            for number, statements in enumerate(filter(None, transactions), start=1):
                target = folder / f"{service}_{revision}_{number}.sql"
                body = "".join(f"{one.rstrip(';')};\n" for one in statements)
                target.write_text(accepted(service, revision) + TIMEOUTS + body, encoding="utf-8")
                written.append(target)
    return written


@contextmanager
def recorded() -> Iterator[list[list[str]]]:
    """The statements of each transaction."""
    transactions: list[list[str]] = [[]]

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        if not statement.lstrip().upper().startswith(QUIET):
            transactions[-1].append(statement.strip())

    def end(_: Any) -> None:
        transactions.append([])

    event.listen(Engine, "before_cursor_execute", note)
    event.listen(Engine, "commit", end)
    try:
        yield transactions
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        event.remove(Engine, "commit", end)
