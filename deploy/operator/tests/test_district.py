"""A district that moves house: all of it arrives, or nothing is believed."""

import asyncio
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from deploy.backup import sealed
from deploy.backup.fingerprints import Fingerprint
from deploy.backup.refusals import ArchiveBroken, NotEmpty
from deploy.launcher.credentials import make_credentials
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo
from deploy.launcher.schemas import prepare_databases
from deploy.operator import district
from deploy.operator.installations import CommandFailed
from deploy.operator.places import FolderPlace

PASSPHRASE = b"moving"
WRITTEN_FIRST = Path(__file__).parent / "written" / "district.sealed"
AUDITOR = "audit_reader"
CAN = """
SELECT rolcanlogin, has_database_privilege(%s, 'registry', 'CONNECT'), has_table_privilege(%s, 'event_log', 'SELECT')
FROM pg_roles WHERE rolname = %s
"""
EVENT = "INSERT INTO event_log (id, type, subject, subject_version, data) VALUES (%s, 'kit.moved.v1', %s, 1, '{}')"


def tell(_: str) -> None:
    pass


def write_event(server: LocalPostgres, service: str) -> None:
    with psycopg.connect(conninfo(server.url(service, f"{service}_app"))) as db:
        db.execute(EVENT, (uuid4(), uuid4()))


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else writes here."""
    monkeypatch.setattr(district, "QUIET_SECONDS", 0.0)
    monkeypatch.setattr(district, "NOTICED_SECONDS", 0.0)


@pytest.fixture(scope="module")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    layout = Layout(tmp_path_factory.mktemp("district") / "home", 59000)
    layout.make_folders()
    make_credentials(layout.keys)
    (layout.files / "scoring").mkdir()
    (layout.files / "scoring" / "photo.jpg").write_bytes(b"photo")
    return layout


@pytest.fixture(scope="module")
def server(layout: Layout) -> Iterator[LocalPostgres]:
    with LocalPostgres(layout.postgres, durable=False) as server:
        asyncio.run(prepare_databases(layout, server))
        for service in SERVICES:
            write_event(server, service)
        with psycopg.connect(conninfo(server.url("registry"))) as db:
            db.execute(f"CREATE ROLE {AUDITOR} LOGIN; GRANT CONNECT ON DATABASE registry TO {AUDITOR}")
            db.execute(f"GRANT USAGE ON SCHEMA public TO {AUDITOR}; GRANT SELECT ON event_log TO {AUDITOR}")
        yield server


@pytest.fixture
def moved(layout: Layout, server: LocalPostgres, tmp_path: Path) -> Path:
    file = tmp_path / "district.sealed"
    district.export(FolderPlace(layout), file, PASSPHRASE, tell)
    return file


@pytest.fixture
def new(tmp_path: Path) -> FolderPlace:
    return FolderPlace(Layout(tmp_path / "new", 59000))


def rewrite(moved: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """The same archive with one member changed."""
    with sealed.opened(moved, PASSPHRASE) as old:
        members = [(member, old.extractfile(member).read()) for member in old]  # type: ignore[union-attr] # all files
    with sealed.sealing(moved, PASSPHRASE) as tar:
        for member, was in members:
            now = tarfile.TarInfo(member.name)
            written = change(was) if member.name == name else was
            now.size = len(written)
            tar.addfile(now, io.BytesIO(written))


class TestExport:
    def test_lets_writers_in_again(self, layout: Layout, moved: Path) -> None:
        assert moved.stat().st_mode & 0o777 == 0o600
        assert not layout.maintenance.exists()

    def test_leaves_maintenance_on_that_was_on(self, layout: Layout, server: LocalPostgres, tmp_path: Path) -> None:  # noqa: ARG002 - it runs
        layout.maintenance.write_text("2026-11-25T12:00", encoding="utf-8")

        district.export(FolderPlace(layout), tmp_path / "moved", PASSPHRASE, tell)

        assert layout.maintenance.exists()
        layout.maintenance.unlink()

    def test_replaces_no_file(self, layout: Layout, server: LocalPostgres, moved: Path) -> None:  # noqa: ARG002 - it runs
        with pytest.raises(district.TargetExists):
            district.export(FolderPlace(layout), moved, PASSPHRASE, tell)

    def test_while_somebody_still_writes_gives_nothing(
        self, layout: Layout, server: LocalPostgres, tmp_path: Path
    ) -> None:
        def write_meanwhile(step: str) -> None:
            if "登记库" in step:
                write_event(server, "scoring")

        with pytest.raises(district.StillWritten, match=r"scoring\.event_log"):
            district.export(FolderPlace(layout), tmp_path / "moved", PASSPHRASE, write_meanwhile)

        assert list(tmp_path.iterdir()) == []


class TestImport:
    def test_arrives_whole(self, layout: Layout, moved: Path, new: FolderPlace) -> None:
        left = district.import_into(new, moved, PASSPHRASE, tell)

        home = new.layout.home
        assert left.rows > len(SERVICES)
        assert (home / "files" / "scoring" / "photo.jpg").read_bytes() == b"photo"
        assert (home / "keys" / "data.json").read_bytes() == (layout.keys / "data.json").read_bytes()
        assert (home / "keys" / "clients.json").read_bytes() != (layout.keys / "clients.json").read_bytes()
        with LocalPostgres(home / "postgres") as server:
            for service in SERVICES:
                with psycopg.connect(conninfo(server.url(service, f"{service}_app"))) as db:
                    count, tx = db.execute("SELECT count(*), max(tx::text) FROM event_log").fetchone() or (0, "")
                    assert (count > 0, tx) == (True, "0")
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        db.execute("DELETE FROM event_log")

    def test_believes_no_byte_under_another_passphrase(self, moved: Path, new: FolderPlace) -> None:
        with pytest.raises(ArchiveBroken):
            district.import_into(new, moved, b"wrong", tell)

        assert not new.layout.home.exists()

    def test_takes_nothing_but_a_district(self, layout: Layout, new: FolderPlace, tmp_path: Path) -> None:
        sealed.seal({"keys": layout.keys}, tmp_path / "backup.sealed", PASSPHRASE)

        with pytest.raises(district.NoDistrict):
            district.import_into(new, tmp_path / "backup.sealed", PASSPHRASE, tell)

    def test_that_the_first_release_wrote_is_understood(self) -> None:
        with sealed.opened(WRITTEN_FIRST, b"written by the first release") as tar:
            content = {member.name: file.read() for member in tar if (file := tar.extractfile(member))}

        left = district.District.read(content.pop(district.CONTENTS))
        assert left.tables["scoring"] == {"ledger_entries": Fingerprint(2, "-7")}
        assert (left.postgres, left.roles, left.rows) == (18, {"audit": ["registry"]}, 5)
        assert {name.partition("/")[0] for name in content} <= set(district.PARTS)

    def test_goes_into_nothing_that_is_filled(self, layout: Layout, moved: Path) -> None:
        with pytest.raises(NotEmpty):
            district.import_into(FolderPlace(layout), moved, PASSPHRASE, tell)

    def test_that_arrived_different_lets_nobody_in(self, moved: Path, new: FolderPlace) -> None:
        def add_a_row(contents: bytes) -> bytes:
            read = json.loads(contents)
            read["tables"]["training"]["event_log"][0] += 1
            return json.dumps(read).encode()

        rewrite(moved, district.CONTENTS, add_a_row)

        with pytest.raises(district.ArrivedDifferent, match=r"training\.event_log"):
            district.import_into(new, moved, PASSPHRASE, tell)

        with (
            LocalPostgres(new.layout.postgres) as server,
            pytest.raises(psycopg.OperationalError, match="not permitted"),
        ):
            psycopg.connect(conninfo(server.url("registry", "registry_app")))

    def test_brings_roles_that_are_not_ours_without_a_way_in(self, moved: Path, new: FolderPlace) -> None:
        left = district.import_into(new, moved, PASSPHRASE, tell)

        assert left.roles == {AUDITOR: ["registry"]}
        with LocalPostgres(new.layout.postgres) as server, psycopg.connect(conninfo(server.url("registry"))) as db:
            assert db.execute(CAN, [AUDITOR, AUDITOR, AUDITOR]).fetchone() == (False, True, True)

    def test_of_a_newer_server_is_refused(self, moved: Path, new: FolderPlace) -> None:
        rewrite(moved, district.CONTENTS, lambda contents: json.dumps(json.loads(contents) | {"postgres": 99}).encode())

        with pytest.raises(district.OlderPostgres, match="PostgreSQL 99"):
            district.import_into(new, moved, PASSPHRASE, tell)

    @pytest.mark.parametrize(("part", "program"), [("files", "tar"), ("scoring", "pg_restore")])
    def test_of_what_nobody_reads_says_so_and_lets_nobody_in(
        self, moved: Path, new: FolderPlace, part: str, program: str
    ) -> None:
        rewrite(moved, f"{part}/000000", lambda _: b"nothing of that kind")

        with pytest.raises(CommandFailed, match=program):
            district.import_into(new, moved, PASSPHRASE, tell)

        with (
            LocalPostgres(new.layout.postgres) as server,
            pytest.raises(psycopg.OperationalError, match="not permitted"),
        ):
            psycopg.connect(conninfo(server.url("registry", "registry_owner")))
