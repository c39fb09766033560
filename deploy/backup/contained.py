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
from datetime import timedelta
from pathlib import Path

from deploy.backup.keeping import Keeper
from deploy.backup.material import Material
from deploy.backup.refusals import NotEmpty, ReplayFailed
from deploy.backup.repository import Repository
from deploy.launcher.refusals import Refusal

HOME = Path("/var/lib/liangxin")
CLUSTER = HOME / "database" / "cluster"
SOURCES = Path("/material")
SOCKETS = Path("/tmp")  # noqa: S108 - the container's own
REPOSITORY = Repository(HOME / "backup", Path("/etc/pgbackrest/pgbackrest.conf"))
MATERIAL = Material(HOME / "backup" / "material")
NOT_DONE = 2
LOOK_SECONDS, REPLAY_SECONDS = 0.5, 3600
ALONE = f"-c archive_mode=off -c hot_standby=off -c listen_addresses='' -c unix_socket_directories={SOCKETS}"
RECOVERY = ("restore_command", "recovery_target_time", "recovery_target_action", "archive_mode")


def keeper() -> Keeper:
    return Keeper(
        folder=HOME / "backup",
        repository=REPOSITORY,
        material=MATERIAL,
        sources=SOURCES,
        passphrase=Path("/run/keys/backup-passphrase").read_bytes().strip(),
        begun=HOME / "database" / "archiving",
        metrics=HOME / "metrics" / "backup.prom",
        healthy=SOCKETS / "healthy",
        hour=int(os.environ["BACKUP_HOUR"]),
        files_every=timedelta(minutes=int(os.environ["BACKUP_FILES_MINUTES"])),
    )


def restore(passphrase: bytes, at: str) -> None:
    """Keys, files and databases into volumes that hold nothing; the server is left stopped, as after any shutdown."""
    if CLUSTER.exists() and any(CLUSTER.iterdir()):
        raise NotEmpty(CLUSTER)
    MATERIAL.restore(SOURCES, passphrase)
    target = ("--type=time", f"--target={at}") if at else ()
    REPOSITORY.restore(CLUSTER, *target, archives=False)
    replay()


def replay() -> None:
    """Up to the moment asked for, without letting anybody in."""
    pg_ctl = ("pg_ctl", "-D", str(CLUSTER), "-w", "-t", str(REPLAY_SECONDS))
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


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="backup")
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("keep", "files", "check", "newest"):
        commands.add_parser(name)
    commands.add_parser("take").add_argument("--kind", choices=("full", "incr"), default="full")
    commands.add_parser("restore").add_argument("--at", default="")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    # Keeping has no end of its own; everything else that is told to stop is not done.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0 if given.command == "keep" else NOT_DONE))
    match given.command:
        case "keep":
            keeper().keep()
        case "take":
            print(json.dumps(keeper().take(given.kind)))
        case "files":
            print(json.dumps(keeper().take_files()))
        case "check":
            print(json.dumps(keeper().check()))
        case "newest":
            print(json.dumps(REPOSITORY.newest().as_json()))
        case "restore":
            restore(sys.stdin.buffer.readline().strip(), given.at)
            print("已恢复:密钥、附件与三个数据库")


if __name__ == "__main__":
    try:
        main()
    except (Refusal, OSError) as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(NOT_DONE)
