"""`python -m deploy.backup.contained`: what the containers `backup` and `restore` do.

They are the database's own image: the standard library and Debian's cryptography are all there is. Ends with 2 and
one Chinese sentence when something cannot be done.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from deploy.backup.material import INCREMENTAL, Material
from deploy.backup.refusals import NotEmpty, ReplayFailed
from deploy.backup.repository import Repository
from deploy.backup.schedule import due
from deploy.launcher.refusals import Refusal

HOME = Path("/var/lib/liangxin")
CLUSTER = HOME / "database" / "cluster"
METRICS = HOME / "metrics" / "backup.prom"
SOURCES = Path("/material")
PASSPHRASE = Path("/run/keys/backup-passphrase")
SOCKETS = Path("/tmp")  # noqa: S108 - the container's own
HEALTHY = SOCKETS / "healthy"
REPOSITORY = Repository(HOME / "backup", Path("/etc/pgbackrest/pgbackrest.conf"))
MATERIAL = Material(HOME / "backup" / "material")
VERIFIED = HOME / "backup" / "verified"
NOT_DONE = 2
ROUND_SECONDS, AGAIN_SECONDS, LOOK_SECONDS = 60.0, 10.0, 0.5
VERIFY_EVERY = timedelta(days=7)
ALONE = f"-c archive_mode=off -c hot_standby=off -c listen_addresses='' -c unix_socket_directories={SOCKETS}"
RECOVERY = ("restore_command", "recovery_target_time", "recovery_target_action", "archive_mode")


def keep(hour: int, files_every: timedelta) -> None:
    """Until it is stopped; what fails is told and tried again."""
    is_created = False
    while True:
        pause = ROUND_SECONDS
        try:
            if not is_created:
                REPOSITORY.create()
                is_created = True
                HEALTHY.touch()
            work(hour, files_every)
            HEALTHY.touch()
        except (Refusal, OSError) as error:
            tell("backup.failed", reason=str(error))
            pause = AGAIN_SECONDS
        time.sleep(pause)


def work(hour: int, files_every: timedelta) -> None:
    now = datetime.now(UTC)
    if kind := due(now, REPOSITORY.backups(), hour):
        tell("backup.taken", **take(kind))
    elif (newest := MATERIAL.newest_at) is None or now - newest >= files_every:
        take_files()
    if verified_at() < (now - VERIFY_EVERY).timestamp():
        tell("backup.verified", **check())
    write_metrics()


def take(kind: str) -> dict[str, Any]:
    """Files are only ever added: the archive taken after the database holds all that it names."""
    backup = REPOSITORY.take(kind)
    take_files(kind)
    return backup.as_json()


def take_files(kind: str = INCREMENTAL) -> dict[str, Any]:
    folders = {folder.name: folder for folder in sorted(SOURCES.iterdir())}
    return {"archive": MATERIAL.take(folders, passphrase(), kind).name}


def check() -> dict[str, Any]:
    REPOSITORY.verify()
    archives = MATERIAL.check(passphrase())
    VERIFIED.touch()
    return {"archives": archives}


def restore(secret: bytes, at: str) -> None:
    """Keys, files and databases into volumes that hold nothing; the server is left stopped, as after any shutdown."""
    if CLUSTER.exists() and any(CLUSTER.iterdir()):
        raise NotEmpty(CLUSTER)
    MATERIAL.restore(SOURCES, secret)
    target = ("--type=time", f"--target={at}") if at else ()
    REPOSITORY.restore(CLUSTER, *target, archives=False)
    replay()


def replay() -> None:
    """Up to the moment asked for, without letting anybody in."""
    pg_ctl = ("pg_ctl", "-D", str(CLUSTER), "-w")
    ask = ("-h", str(SOCKETS), "-U", "postgres", "-d", "postgres")
    resets = [part for name in RECOVERY for part in ("-c", f"ALTER SYSTEM RESET {name}")]
    log = SOCKETS / "postgres.log"
    try:
        run(*pg_ctl, "-l", str(log), "-o", ALONE, "start")
        while not succeeds("pg_isready", "-q", *ask):
            run(*pg_ctl, "status")
            time.sleep(LOOK_SECONDS)
        run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *ask, *resets)
        run(*pg_ctl, "-m", "fast", "stop")
    except subprocess.CalledProcessError as error:
        raise ReplayFailed(log.read_text(encoding="utf-8", errors="replace")) from error


def run(*command: str) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def succeeds(*command: str) -> bool:
    return subprocess.run(command, check=False).returncode == 0


def passphrase() -> bytes:
    return PASSPHRASE.read_bytes().strip()


def verified_at() -> float:
    return VERIFIED.stat().st_mtime if VERIFIED.exists() else 0.0


def write_metrics() -> None:
    newest, files_at = REPOSITORY.newest(), MATERIAL.newest_at
    assert files_at is not None
    samples = {
        "finished_timestamp_seconds": newest.finished_at.timestamp(),
        "files_finished_timestamp_seconds": files_at.timestamp(),
        "verified_timestamp_seconds": verified_at(),
        "repository_bytes": newest.bytes_in_repository,
    }
    part = METRICS.with_suffix(".part")
    part.write_text("".join(f"liangxin_backup_{name} {value}\n" for name, value in samples.items()), encoding="ascii")
    part.replace(METRICS)


def tell(event: str, **values: object) -> None:
    print(json.dumps({"event": event, **values}, ensure_ascii=False), flush=True)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="backup")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("keep", "files", "check", "newest"):
        commands.add_parser(name)
    commands.add_parser("take").add_argument("--kind", choices=("full", "incr"), default="full")
    commands.add_parser("restore").add_argument("--at", default="")
    return parser.parse_args()


def settings(environment: Mapping[str, str]) -> tuple[int, timedelta]:
    """Hour of the day (China) and how often files are kept."""
    return int(environment["BACKUP_HOUR"]), timedelta(minutes=int(environment["BACKUP_FILES_MINUTES"]))


def main() -> None:
    given = arguments()
    match given.command:
        case "keep":
            keep(*settings(os.environ))
        case "take":
            print(json.dumps(take(given.kind)))
        case "files":
            print(json.dumps(take_files()))
        case "check":
            print(json.dumps(check()))
        case "newest":
            print(json.dumps(REPOSITORY.newest().as_json()))
        case "restore":
            restore(sys.stdin.buffer.readline().strip(), given.at)
            print("已恢复:密钥、附件与三个数据库")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        main()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(NOT_DONE)
