"""A private PostgreSQL for one folder: on a socket only this user reaches, ending with whoever started it."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from deploy.launcher.accounts import account_for
from deploy.launcher.binaries import find_binaries
from deploy.launcher.parents import ending_with_parent
from deploy.launcher.refusals import Refusal

PORT = 5432
LONGEST_SOCKET_FOLDER = 80
START_SECONDS, STOP_SECONDS = 30.0, 20.0
LOOK_SECONDS = 0.02
READY_LINE = 7
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "400"}


class PostgresFailed(Refusal):
    def __init__(self, log: Path) -> None:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() if log.exists() else []
        super().__init__(f"PostgreSQL 未能启动({lines[-1] if lines else '没有输出'}),详见 {log}")


class PostgresBusy(Refusal):
    def __init__(self, data: Path, pid: int) -> None:
        super().__init__(f"数据目录 {data} 正被另一个 PostgreSQL(进程 {pid})使用:请先停止它")


def socket_folder(data: Path) -> Path:
    """Socket paths end at 107 bytes: a deep folder gets a short one of its own."""
    if len(os.fsencode(data)) < LONGEST_SOCKET_FOLDER:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"liangxin-{os.geteuid()}-{digest}"


class LocalPostgres:
    """`with LocalPostgres(folder) as server: server.url("registry")`; `durable=False` is for tests.

    `patience` in seconds: a restored folder replays its archive before it is ready.
    """

    def __init__(self, data: Path, *, durable: bool = True, patience: float = START_SECONDS) -> None:
        self.data = data.absolute()
        self.durable = durable
        self.patience = patience
        self.log = self.data.with_name(self.data.name + ".log")
        self.sockets = socket_folder(self.data)
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str = "postgres", role: str = "postgres") -> str:
        return f"postgresql+psycopg://{role}@/{database}?host={quote(str(self.sockets), safe='')}&port={PORT}"

    def start(self) -> None:
        binaries = find_binaries(self.data)
        self.data.parent.mkdir(parents=True, exist_ok=True)
        self._outlast_previous()
        self.data.mkdir(mode=0o700, exist_ok=True)
        run_as = account_for(self.data)
        if run_as.uid is not None and run_as.gid is not None:
            os.chown(self.data, run_as.uid, run_as.gid)
        self._make_socket_folder(run_as.uid, run_as.gid)
        with self.log.open("ab") as log:
            if not (self.data / "PG_VERSION").exists():
                subprocess.run(
                    [*run_as.prefix, binaries / "initdb", *self._initdb_arguments()],
                    user=run_as.uid, group=run_as.gid, stdout=log, stderr=log, check=False,
                )  # fmt: skip
            self.process = subprocess.Popen(
                [*run_as.prefix, binaries / "postgres", *self._server_arguments()],
                user=run_as.uid, group=run_as.gid, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, preexec_fn=ending_with_parent(signal.SIGINT),  # noqa: PLW1509 - no other thread runs yet
            )  # fmt: skip
        self._wait_until_ready(self.process)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.process is None:
            return
        for ending in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self.process.poll() is None:
                self.process.send_signal(ending)
            try:
                self.process.wait(STOP_SECONDS)
                break
            except subprocess.TimeoutExpired:
                continue
        self.process = None
        if self.sockets != self.data:
            shutil.rmtree(self.sockets, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _initdb_arguments(self) -> list[str]:
        locale = "C.UTF-8" if sys.platform == "linux" else "C"
        arguments = ["-D", str(self.data), "-U", "postgres", "--auth=trust", "-E", "UTF8", f"--locale={locale}"]
        return arguments if self.durable else [*arguments, "--no-sync"]

    def _server_arguments(self) -> list[str]:
        options = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "timezone": "UTC",
            "log_error_verbosity": "terse",  # the long form quotes the row
            **({} if self.durable else NOT_DURABLE),
        }
        return ["-D", str(self.data), *(part for name, value in options.items() for part in ("-c", f"{name}={value}"))]

    def _make_socket_folder(self, uid: int | None, gid: int | None) -> None:
        """Whoever can reach the socket is the database's superuser, so nobody else may own or enter its folder."""
        if self.sockets == self.data:
            return
        shutil.rmtree(self.sockets, ignore_errors=True)
        self.sockets.mkdir(mode=0o700)
        if uid is not None and gid is not None:
            os.chown(self.sockets, uid, gid)

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")
        except OSError:
            return []

    def _outlast_previous(self) -> None:
        """A killed launcher's database is still closing; a number left from before a reboot means nothing."""
        deadline = time.monotonic() + STOP_SECONDS
        while lines := self._pid_file():
            pid = int(lines[0]) if lines[0].isdecimal() else 0
            if not _is_postgres(pid):
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                return
            if time.monotonic() > deadline:
                raise PostgresBusy(self.data, pid)
            time.sleep(LOOK_SECONDS)

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + self.patience
        while process.poll() is None and time.monotonic() < deadline:
            lines = self._pid_file()
            if len(lines) > READY_LINE and lines[0] == str(process.pid) and lines[READY_LINE].strip() == "ready":
                return
            time.sleep(LOOK_SECONDS)
        self.stop()
        raise PostgresFailed(self.log)


def _is_postgres(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    command = Path(f"/proc/{pid}/comm")
    return not command.exists() or command.read_text(encoding="utf-8").strip() == "postgres"
