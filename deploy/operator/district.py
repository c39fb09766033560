"""A whole district as one sealed file, and from it a new installation: in a folder or in containers, also on another
major version of PostgreSQL.

Nothing is written while it is taken, so the three databases stand at one moment; what arrives is compared table by
table with what left. It goes as streams: no part of it ever lies open on a disk. Until all of it has arrived nobody can
sign in to the databases, so half a district cannot be started.
"""

import io
import json
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from deploy.backup import fingerprints, sealed
from deploy.backup.fingerprints import Fingerprint
from deploy.backup.refusals import ArchiveBroken
from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal
from deploy.operator import maintenance
from deploy.operator.installations import SERVICES, CommandFailed, Installation
from deploy.operator.places import MATERIAL, Command, Place

NOTICED_SECONDS, QUIET_SECONDS = 2.0, 5.0
PIECE_BYTES = 8 * 2**20
CONTENTS = "contents.json"
WORKING = ("procrastinate_", "feed_cursor")
OWNER, WORKER = "owner", "app"
NAMES = {
    "registry-keys": "登记服务的密钥",
    "scoring-keys": "附件的密钥",
    "files": "附件",
    "authority": "入口的证书签发者",
    "registry": "登记库",
    "scoring": "积分库",
    "training": "培训库",
}
Contents = dict[str, dict[str, Fingerprint]]
Tell = Callable[[str], None]


class ArrivedDifferent(Refusal):
    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"迁入的内容与迁出时不同:{'、'.join(tables[:5])};这套安装不会放人进入,请清空后重新迁入")


class StillWritten(Refusal):
    def __init__(self) -> None:
        super().__init__("迁出期间仍有写入(后台任务未结束),请稍后再试")


class NoDistrict(Refusal):
    def __init__(self, file: Path) -> None:
        super().__init__(f"{file.name} 不是 liangxin export 迁出的文件;备份请用 restore 恢复")


def export(place: Place, target: Path, passphrase: bytes, tell: Tell) -> int:
    """The number of rows in it."""
    with _closed_to_writers(place.installation.maintenance_file):
        before = _contents(place.installation)
        with sealed.sealing(target, passphrase) as tar:
            _add(tar, CONTENTS, json.dumps(before).encode())
            for part in (*MATERIAL, *SERVICES):
                if command := place.giving(part):
                    tell(f"读出{NAMES[part]}")
                    _add_output(tar, part, command)
            if _contents(place.installation) != before:
                raise StillWritten
    return _rows(before)


def import_into(place: Place, source: Path, passphrase: bytes, tell: Tell) -> int:
    """The number of rows, all compared; the system there is not started.

    Every byte is read before the first is used.
    """
    sealed.check(source, passphrase)
    expected = _contents_of(source, passphrase)
    place.refuse_filled()
    _deliver(place, source, passphrase, MATERIAL, tell)
    with place.arriving():
        _admit(place, "NOLOGIN", OWNER, WORKER)
        _deliver(place, source, passphrase, SERVICES, tell)
        tell("逐表核对")
        found = _contents(place.installation)
        if wrong := list(_differences(expected, found)):
            raise ArrivedDifferent(wrong)
        _admit(place, "LOGIN", OWNER)
        for service in SERVICES:
            place.installation.run(service, "events", "new-epoch", as_owner=True)
        _admit(place, "LOGIN", WORKER)
    return _rows(expected)


@contextmanager
def _closed_to_writers(file: Path) -> Iterator[None]:
    was_closed = file.exists()
    if not was_closed:
        maintenance.begin(file, datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=10))
        time.sleep(NOTICED_SECONDS + QUIET_SECONDS)
    try:
        yield
    finally:
        if not was_closed:
            maintenance.end(file)


def _contents(installation: Installation) -> Contents:
    return {service: _tables(installation, service) for service in SERVICES}


def _tables(installation: Installation, service: str) -> dict[str, Fingerprint]:
    names = [row["relname"] for row in installation.rows(service, fingerprints.TABLES)]
    lasting = [name for name in names if not name.startswith(WORKING)]
    found = installation.rows(service, fingerprints.of_tables(lasting))
    return {row["name"]: Fingerprint(row["rows"], row["digest"]) for row in found}


def _contents_of(source: Path, passphrase: bytes) -> Contents:
    with sealed.opened(source, passphrase) as tar:
        first = tar.next()
        file = tar.extractfile(first) if first and first.name == CONTENTS else None
        if file is None:
            raise NoDistrict(source)
        read = json.load(file)
    return {
        service: {table: Fingerprint(*found) for table, found in tables.items()} for service, tables in read.items()
    }


def _differences(expected: Contents, found: Contents) -> Iterator[str]:
    for service in SERVICES:
        for table in fingerprints.differences(expected[service], found[service]):
            yield f"{service}.{table}"


def _rows(contents: Contents) -> int:
    return sum(table.rows for tables in contents.values() for table in tables.values())


def _admit(place: Place, admission: str, *roles: str) -> None:
    """LOGIN or NOLOGIN."""
    statements = [f"ALTER ROLE {service}_{role} {admission}" for service in SERVICES for role in roles]
    command = place.program("psql", "postgres", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", ";".join(statements))
    with _running(command):
        pass


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    tar.addfile(member, io.BytesIO(content))


def _add_output(tar: tarfile.TarFile, part: str, command: Command) -> None:
    """In pieces, because a tar wants to know lengths beforehand."""
    with _running(command, stdout=subprocess.PIPE) as process:
        output = _piped(process.stdout)
        for number, piece in enumerate(iter(lambda: output.read(PIECE_BYTES), b"")):
            _add(tar, f"{part}/{number:06d}", piece)


def _deliver(place: Place, source: Path, passphrase: bytes, parts: Iterable[str], tell: Tell) -> None:
    with sealed.opened(source, passphrase) as tar:
        for part, pieces in groupby(tar, lambda member: member.name.partition("/")[0]):
            if part in parts and (command := place.taking(part)):
                tell(f"写入{NAMES[part]}")
                _feed(command, (_content(tar, piece, source) for piece in pieces))


def _content(tar: tarfile.TarFile, piece: tarfile.TarInfo, source: Path) -> bytes:
    file = tar.extractfile(piece)
    if file is None:
        raise ArchiveBroken(source.name)
    return file.read()


def _feed(command: Command, pieces: Iterable[bytes]) -> None:
    with (
        _running(command, stdin=subprocess.PIPE) as process,
        suppress(BrokenPipeError),
        _piped(process.stdin) as entrance,
    ):
        for piece in pieces:
            entrance.write(piece)


@contextmanager
def _running(command: Command, **pipes: int) -> Iterator[subprocess.Popen[bytes]]:
    """Until it has ended well; raises CommandFailed with its last words."""
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, cwd=ROOT, stderr=said, **pipes) as process:  # type: ignore[call-overload] # pipes are stdin or stdout
            yield process
        if process.returncode:
            said.seek(0)
            raise CommandFailed(" ".join(command[:5]), said.read().decode(errors="replace"))


def _piped(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise AssertionError("asked for a pipe")
    return stream
