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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import IO
from zoneinfo import ZoneInfo

from psycopg import sql

from deploy.backup import fingerprints, sealed
from deploy.backup.fingerprints import Fingerprint
from deploy.backup.refusals import ArchiveBroken
from deploy.launcher.layout import ROOT
from deploy.launcher.refusals import Refusal
from deploy.operator import maintenance
from deploy.operator.installations import SERVICES, CommandFailed, Installation
from deploy.operator.places import AUTHORITY, FILES, KEYS, Command, Place

NOTICED_SECONDS, QUIET_SECONDS = 2.0, 5.0
PIECE_BYTES = 8 * 2**20
CONTENTS = "contents.json"
PARTS = (*KEYS, FILES, AUTHORITY, *SERVICES)
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
ROLES = """
SELECT DISTINCT rolname AS role FROM pg_shdepend JOIN pg_roles ON pg_roles.oid = refobjid
WHERE refclassid = 'pg_authid'::regclass AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
ORDER BY role
"""


class ArrivedDifferent(Refusal):
    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"迁入的内容与迁出时不同:{'、'.join(tables[:5])};这套安装不会放人进入,请清空后重新迁入")


class StillWritten(Refusal):
    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"迁出期间仍有写入:{'、'.join(tables[:5])}。后台任务或导出还没有做完,请稍后再试")


class NoDistrict(Refusal):
    def __init__(self, file: Path) -> None:
        super().__init__(f"{file.name} 不是 liangxin export 迁出的文件;备份请用 restore 恢复")


class OlderPostgres(Refusal):
    def __init__(self, left: int, here: int) -> None:
        super().__init__(f"迁出的是 PostgreSQL {left},这里是 {here}:只能迁往同一版本或更高的版本")


class TargetExists(Refusal):
    def __init__(self, target: Path) -> None:
        super().__init__(f"{target} 已经存在:请另取一个文件名")


@dataclass(frozen=True, slots=True)
class District:
    """What left: the contents of its tables, the server's major version, the databases by role that is not ours."""

    tables: Contents
    postgres: int
    roles: dict[str, list[str]]

    @property
    def rows(self) -> int:
        return sum(table.rows for tables in self.tables.values() for table in tables.values())

    @classmethod
    def read(cls, written: bytes) -> "District":
        read = json.loads(written)
        tables = {
            service: {name: Fingerprint(*found) for name, found in tables.items()}
            for service, tables in read["tables"].items()
        }
        return cls(tables, read["postgres"], read["roles"])


def export(place: Place, target: Path, passphrase: bytes, tell: Tell) -> District:
    if target.exists():
        raise TargetExists(target)
    installation = place.installation
    with sealed.sealing(target, passphrase) as tar, _closed_to_writers(installation.maintenance_file) as go_on:
        before = District(_contents(installation), _major(installation), _foreign_roles(installation))
        _add(tar, CONTENTS, json.dumps(asdict(before)).encode())
        for part in PARTS:
            go_on()
            if command := place.giving(part):
                tell(f"读出{NAMES[part]}")
                _add_output(tar, part, command)
        if written := list(_differences(before.tables, _contents(installation))):
            raise StillWritten(written)
    return before


def import_into(place: Place, source: Path, passphrase: bytes, tell: Tell) -> District:
    """All compared; the system there is not started. Every byte is read before the first is used."""
    place.refuse_filled()
    expected = _what_left(source, passphrase)
    # Without them the place would make its own. Nothing else arrives before nobody can sign in.
    _deliver(place, source, passphrase, KEYS, tell)
    with place.arriving():
        _admit(place, "NOLOGIN", OWNER, WORKER)
        if (here := _major(place.installation)) < expected.postgres:
            raise OlderPostgres(expected.postgres, here)
        _add_roles(place, expected.roles)
        _deliver(place, source, passphrase, [part for part in PARTS if part not in KEYS], tell)
        tell("逐表核对")
        if wrong := list(_differences(expected.tables, _contents(place.installation))):
            raise ArrivedDifferent(wrong)
        _admit(place, "LOGIN", OWNER)
        for service in SERVICES:
            place.installation.run(service, "events", "new-epoch", as_owner=True)
        _admit(place, "LOGIN", WORKER)
    return expected


@contextmanager
def _closed_to_writers(file: Path) -> Iterator[Callable[[], None]]:
    """What it yields puts off the moment people are told to come back."""
    was_closed = file.exists()

    def announce() -> None:
        if not was_closed:
            maintenance.begin(file, datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=10))

    announce()
    try:
        time.sleep(max(0.0, file.stat().st_mtime + NOTICED_SECONDS + QUIET_SECONDS - time.time()))
        yield announce
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


def _major(installation: Installation) -> int:
    query = "SELECT current_setting('server_version_num')::int / 10000 AS major"
    return int(installation.rows("postgres", query)[0]["major"])


def _foreign_roles(installation: Installation) -> dict[str, list[str]]:
    """Whom the operator gave rights besides ours, such as one that reads for the audit."""
    found: dict[str, list[str]] = {}
    for service in SERVICES:
        for row in installation.rows(service, ROLES):
            if row["role"] not in {f"{service}_{OWNER}", f"{service}_{WORKER}", "postgres"}:
                found.setdefault(row["role"], []).append(service)
    return found


def _add_roles(place: Place, roles: Mapping[str, list[str]]) -> None:
    """Without password and login: those the operator gives them again."""
    known = {row["rolname"] for row in place.installation.rows("postgres", "SELECT rolname FROM pg_roles")}
    for role, services in roles.items():
        name = sql.Identifier(role).as_string()
        statements = [] if role in known else [f"CREATE ROLE {name} NOLOGIN"]
        _run_sql(place, [*statements, *(f"GRANT CONNECT ON DATABASE {service} TO {name}" for service in services)])


def _what_left(source: Path, passphrase: bytes) -> District:
    with sealed.opened(source, passphrase) as tar:
        first = tar.next()
        file = tar.extractfile(first) if first and first.name == CONTENTS else None
        if file is None:
            raise NoDistrict(source)
        return District.read(file.read())


def _differences(expected: Contents, found: Contents) -> Iterator[str]:
    for service in SERVICES:
        for table in fingerprints.differences(expected[service], found[service]):
            yield f"{service}.{table}"


def _admit(place: Place, admission: str, *roles: str) -> None:
    """LOGIN or NOLOGIN."""
    _run_sql(place, [f"ALTER ROLE {service}_{role} {admission}" for service in SERVICES for role in roles])


def _run_sql(place: Place, statements: Sequence[str]) -> None:
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
    streams = {"stdin": subprocess.DEVNULL, **pipes}
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(command, cwd=ROOT, stderr=said, **streams) as process:  # type: ignore[call-overload] # pipes are stdin or stdout
            yield process
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").splitlines()
            raise CommandFailed(
                " ".join(command[:5]), next((one for one in lines if "error:" in one), "\n".join(lines))
            )


def _piped(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise AssertionError("asked for a pipe")
    return stream
