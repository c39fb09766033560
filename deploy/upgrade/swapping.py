"""One service as two releases: the one that runs, and the next one with a further, additive migration."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from deploy.launcher.layout import ROOT
from deploy.launcher.parents import ending_with_parent
from deploy.launcher.refusals import Refusal
from deploy.launcher.schemas import revisions_of

START_SECONDS, STOP_SECONDS, LOOK_SECONDS = 60.0, 30.0, 0.05
LISTENING = "0A"
NEXT_RELEASE = '''"""A column, a table and an index more, which the previous release does not know."""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{previous}"


def upgrade() -> None:
    op.add_column("units", sa.Column("drill_note", sa.Text(), nullable=True))
    op.create_table("drill_notes", sa.Column("id", sa.Uuid(), primary_key=True), sa.Column("note", sa.Text()))
    op.create_index("ix_drill_notes_note", "drill_notes", ["note"])


def downgrade() -> None:
    op.drop_table("drill_notes")
    op.drop_column("units", "drill_note")
'''


class NotStarted(Refusal):
    def __init__(self, name: str, log: Path) -> None:
        super().__init__(f"{name} 没有启动,原因见 {log}")


def next_release(service: str, folder: Path) -> Path:
    """A copy of the service's code to be put on PYTHONPATH."""
    source = ROOT / "services" / service
    for part in (service, "migrations"):
        shutil.copytree(source / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    previous = revisions_of(service)[-1]
    revision = f"{int(previous) + 1:04}"
    content = NEXT_RELEASE.format(revision=revision, previous=previous)
    (folder / "migrations" / "versions" / f"{revision}_add_drill_note.py").write_text(content, encoding="utf-8")
    return folder


class Release:
    """`code` None is the checkout itself."""

    def __init__(self, service: str, environment: Mapping[str, str], log: Path, code: Path | None = None) -> None:
        self._service, self._log = service, log
        self._environment = os.environ | environment | ({"PYTHONPATH": str(code)} if code else {})
        self._process: subprocess.Popen[bytes] | None = None

    def migrate(self) -> float:
        started = time.monotonic()
        self._launch("migrate").wait()
        return time.monotonic() - started

    def start(self, port: int) -> None:
        """Returns when this very process takes connections, whoever else listens on the port."""
        self._process = self._launch("serve")
        deadline = time.monotonic() + START_SECONDS
        while not _listens(self._process.pid, port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise NotStarted(self._service, self._log)
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(STOP_SECONDS)
            self._process = None

    def _launch(self, command: str) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", self._service, command],
                cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=ending_with_parent(signal.SIGKILL),  # noqa: PLW1509 - it ends with us
            )  # fmt: skip


def _listens(pid: int, port: int) -> bool:
    try:
        lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        opened = {str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()}
    except OSError:
        return False
    fields = (line.split() for line in lines)
    inodes = {one[9] for one in fields if one[3] == LISTENING and int(one[1].rpartition(":")[2], 16) == port}
    return any(f"socket:[{inode}]" in opened for inode in inodes)
