"""Continuous archiving of the database that `make run` keeps: pgBackRest's configuration and the server's settings."""

import os
import shutil

import psycopg
from psycopg import sql

from deploy.backup.refusals import NoPgBackRest
from deploy.backup.repository import STANZA, Repository
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import conninfo

ARCHIVE_SECONDS = 30
KEPT_FULL_BACKUPS = 2
CONFIGURATION = """[global]
repo1-path={folder}/repository
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass={passphrase}
repo1-retention-full={kept}
repo1-bundle=y
compress-type=zst
start-fast=y
exclude=.s.PGSQL.5432
exclude=.s.PGSQL.5432.lock
log-path={folder}/log
lock-path={folder}/lock

[{stanza}]
pg1-path={data}
pg1-socket-path={sockets}
pg1-user=postgres
"""


def configure(repository: Repository, server: LocalPostgres, passphrase: str) -> None:
    """`server` may be stopped, or not even exist yet: a restore needs its folder only."""
    if shutil.which("pgbackrest") is None:
        raise NoPgBackRest
    for name in ("repository", "log", "lock"):
        (repository.folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    content = CONFIGURATION.format(
        folder=repository.folder, passphrase=passphrase, kept=KEPT_FULL_BACKUPS,
        stanza=STANZA, data=server.data, sockets=server.sockets,
    )  # fmt: skip
    descriptor = os.open(repository.configuration, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)


def start_archiving(repository: Repository, server: LocalPostgres) -> bool:
    """Whether the server has to be started again before it archives."""
    command = f"pgbackrest --config={repository.configuration} --stanza={STANZA} archive-push %p"
    settings = {"archive_mode": "on", "archive_command": command, "archive_timeout": f"{ARCHIVE_SECONDS}s"}
    with psycopg.connect(conninfo(server.url()), autocommit=True) as db:
        for name, value in settings.items():
            db.execute(sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value)))
        db.execute("SELECT pg_reload_conf()")
        found = db.execute("SHOW archive_mode").fetchone()
    return found is None or found[0] != "on"
