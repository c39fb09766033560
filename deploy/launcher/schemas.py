"""Bringing the three databases to the structure this version knows, or refusing what is newer."""

import asyncio
import os
import sys
from collections.abc import Sequence

import psycopg

from deploy.launcher.layout import ROOT, Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.processes import settings_of
from deploy.launcher.provision import SERVICES, conninfo, provision
from deploy.launcher.refusals import Refusal


class SchemaNewer(Refusal):
    def __init__(self, service: str, revision: str) -> None:
        super().__init__(f"{service} 的数据库结构({revision})比本程序新:请换用更新的程序,或先备份再执行 make reset")


class MigrationFailed(Refusal):
    def __init__(self, service: str, log: object) -> None:
        super().__init__(f"{service} 的数据库升级没有成功,数据未变,原因见 {log}")


async def prepare_databases(layout: Layout, server: LocalPostgres) -> None:
    for service in SERVICES:
        provision(server.url(), service)
    behind = [service for service in SERVICES if is_behind(service, server)]
    await upgrade(behind, layout, server)


def revisions_of(service: str) -> list[str]:
    """Migrations are named NNNN_verb_object.py after their revision: reading names is ten times faster than loading."""
    versions = ROOT / "services" / service / "migrations" / "versions"
    return sorted(path.name.partition("_")[0] for path in versions.glob("[0-9]*_*.py"))


def is_behind(service: str, server: LocalPostgres) -> bool:
    revisions = revisions_of(service)
    with psycopg.connect(conninfo(server.url(service, f"{service}_owner"))) as db:
        known = db.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
        found = db.execute("SELECT version_num FROM alembic_version").fetchone() if known and known[0] else None
    if found is None:
        return True
    if found[0] not in revisions:
        raise SchemaNewer(service, found[0])
    return bool(found[0] != revisions[-1])


async def upgrade(services: Sequence[str], layout: Layout, server: LocalPostgres) -> None:
    with layout.log.open("ab") as log:
        started = [
            await asyncio.create_subprocess_exec(
                sys.executable, "-m", service, "migrate",
                env=os.environ
                | settings_of(service, layout, server)
                | {f"{service.upper()}_OWNER_DATABASE_URL": server.url(service, f"{service}_owner")},
                cwd=ROOT, stdout=log, stderr=log,
            )
            for service in services
        ]  # fmt: skip
        codes = await asyncio.gather(*(process.wait() for process in started))
    for service, code in zip(services, codes, strict=True):
        if code:
            raise MigrationFailed(service, layout.log)
