"""`python -m tests.support.server <folder>`: one PostgreSQL for all workers of a test run.

The run's first process holds a lock on `<folder>/alive`; when it ends, in whatever way, the server stops
and its folder goes.
"""

import fcntl
import shutil
import sys
from pathlib import Path

from deploy.launcher.postgres import LocalPostgres


def serve(folder: Path) -> None:
    alive = folder / "alive"
    try:
        with LocalPostgres(folder / "postgres", durable=False) as server, alive.open("rb") as held:
            address = folder / "address.new"
            address.write_text(server.url(), encoding="utf-8")
            address.rename(folder / "address")
            fcntl.flock(held, fcntl.LOCK_EX)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
