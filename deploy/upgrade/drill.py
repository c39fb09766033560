"""`python -m deploy.upgrade.drill`: migrates and exchanges a service under load, forth and back, and counts.

Databases, gateway and both releases of its own in a folder of its own. Ends with 1 when a request failed, an
acknowledged write is gone, or writing stood still longer than it does on this machine anyway.
"""

import asyncio
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from rich.console import Console

from deploy.bench.callers import administrator
from deploy.calling import REGISTRY, Caller, client
from deploy.launcher.credentials import make_credentials
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.processes import settings_of
from deploy.launcher.schemas import prepare_databases
from deploy.upgrade.callers import Callers
from deploy.upgrade.swapping import Release, next_release

PORT = 24700
PHASE_SECONDS = 5.0
MOST_STALL_MS = 500
console = Console(stderr=True, highlight=False)


class Drill:
    def __init__(self, folder: Path) -> None:
        self.layout = Layout(folder / "home", PORT)
        self.log = folder / "drill.log"
        self.next_code = folder / "next"
        self.phases: list[dict[str, Any]] = []

    async def run(self, server: LocalPostgres) -> dict[str, Any]:
        await prepare_databases(self.layout, server)
        settings = settings_of("registry", self.layout, server)
        settings |= {"REGISTRY_OWNER_DATABASE_URL": server.url("registry", "registry_owner")}
        old = Release("registry", settings, self.log)
        new = Release("registry", settings, self.log, next_release("registry", self.next_code))
        gateway = Release("gateway", settings_of("gateway", self.layout, server), self.log)
        port = self.layout.port_of("registry")
        try:
            old.start(port)
            gateway.start(self.layout.port)
            token = administrator(self.layout)
            callers = Callers(self.layout.address, token, await self.first_organization(token))
            working = asyncio.create_task(callers.work())
            await self.phase(callers, "old release")
            await self.phase(callers, "migration", new.migrate)
            await self.phase(callers, "old to new", lambda: exchange(old, new, port))
            again = Release("registry", settings, self.log)
            await self.phase(callers, "new back to old", lambda: exchange(new, again, port))
            callers.end()
            await working
            kept = await self.kept_codes(token)
        finally:
            for release in (gateway, old, new):
                release.stop()
        again.stop()
        return self.figures(callers, kept)

    async def phase(self, callers: Callers, name: str, act: Any = None) -> None:
        callers.forget_pauses()
        started, written, read = time.monotonic(), len(callers.acknowledged), callers.reads
        if act is not None:
            await asyncio.to_thread(act)
        acted = time.monotonic() - started
        await asyncio.sleep(PHASE_SECONDS)
        seconds = time.monotonic() - started
        figures = {
            "phase": name,
            "seconds": round(acted, 2),
            "writes": len(callers.acknowledged) - written,
            "reads": callers.reads - read,
            "per_second": round((len(callers.acknowledged) - written + callers.reads - read) / seconds),
            "slowest_write_ms": round(callers.slowest_write * 1000),
            "longest_stall_ms": round(callers.longest_pause * 1000),
            "failed": callers.failures.total(),
        }
        self.phases.append(figures)
        console.print(figures)

    async def first_organization(self, token: str) -> str:
        body = {"name": "演练区委", "kind": "district_committee", "founded_on": "2015-07-01", "division": "990100"}
        async with client(self.layout.address) as http:
            return str((await Caller(http, token=token).post(f"{REGISTRY}/organizations", body))["id"])

    async def kept_codes(self, token: str) -> set[str]:
        async with client(self.layout.address) as http:
            return {str(unit["code"]) async for unit in Caller(http, token=token).every(f"{REGISTRY}/units")}

    def figures(self, callers: Callers, kept: set[str]) -> dict[str, Any]:
        lost = len(set(callers.acknowledged) - kept)
        usual, *others = (phase["longest_stall_ms"] for phase in self.phases)
        added = max(0, max(others) - usual)
        return {
            "phases": self.phases,
            "writes": len(callers.acknowledged),
            "reads": callers.reads,
            "failures": dict(callers.failures),
            "acknowledged_but_lost": lost,
            "longest_stall_ms": max(others),
            "usual_stall_ms": usual,
            "added_stall_ms": added,
            "ok": not callers.failures and not lost and max(others) <= MOST_STALL_MS,
        }


def exchange(leaving: Release, coming: Release, port: int) -> None:
    """Both serve for a moment; the leaving one answers what it has begun."""
    coming.start(port)
    leaving.stop()


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="liangxin-upgrade-drill-"))
    folder.chmod(0o711)
    drill = Drill(folder)
    drill.layout.make_folders()
    make_credentials(drill.layout.keys)
    try:
        with LocalPostgres(drill.layout.postgres) as server:
            figures = asyncio.run(drill.run(server))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.stdout.write(json.dumps(figures, ensure_ascii=False, indent=1) + "\n")
    return 0 if figures["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
