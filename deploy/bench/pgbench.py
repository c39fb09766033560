"""The baseline of P1: PostgreSQL's own pgbench with the statement of the request, on the same database."""

import os
import re
import subprocess
from functools import cache
from pathlib import Path

import psycopg
from psycopg.rows import dict_row

from deploy.bench.loads import CONNECTIONS, Load, statements
from deploy.bench.system import database_url
from deploy.launcher.accounts import account_for
from deploy.launcher.binaries import find_binaries
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import PORT, socket_folder
from deploy.launcher.refusals import Refusal

THREADS = 2
_RATE = re.compile(r"tps = ([0-9.]+)")


class NoPgbench(Refusal):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} 中没有 pgbench:请安装 postgresql-contrib,或用 PG_BIN 指明带有 pgbench 的目录")


@cache
def program(layout: Layout) -> Path:
    found = find_binaries(layout.postgres) / "pgbench"
    if not found.exists():
        raise NoPgbench(found.parent)
    return found


def per_second(layout: Layout, load: Load, seconds: float, *, whole: bool = False) -> float:
    """Prepared statements, as the services' driver uses them."""
    script = load.whole if whole and load.whole else load.script
    answer = subprocess.run(  # noqa: S603 - our own scripts
        [
            *account_for(layout.postgres).prefix, program(layout), "-n", "-M", "prepared",
            "-c", str(CONNECTIONS), "-j", str(THREADS), "-T", str(round(seconds)), "-f", script,
            *(part for name, value in variables(layout).items() for part in ("-D", f"{name}={value}")),
            "-h", socket_folder(layout.postgres), "-p", str(PORT), "-U", f"{load.service}_app", load.service,
        ],
        env=os.environ | {"PGOPTIONS": "-c timezone=UTC"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rate = _RATE.search(answer.stdout)
    return float(rate[1]) if rate else 0.0


@cache
def variables(layout: Layout) -> dict[str, str]:
    """What the scripts name: the district's path range, and a member and catalogue for a claim."""
    found: dict[str, str] = {}
    for service in ("registry", "scoring"):
        query = statements(service, "variables").read_bytes()
        with psycopg.connect(database_url(layout, service), row_factory=dict_row) as db:
            found |= db.execute(query).fetchone() or {}
    return found
