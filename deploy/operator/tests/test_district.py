"""A district that moves house: all of it arrives, or nothing is believed."""

import asyncio
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from deploy.backup.refusals import ArchiveBroken, NotEmpty
from deploy.launcher.credentials import make_credentials
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import SERVICES, conninfo
from deploy.launcher.schemas import prepare_databases
from deploy.operator import district

PASSPHRASE = b"moving"
EVENT = "INSERT INTO event_log (id, type, subject, subject_version, data) VALUES (%s, 'kit.moved.v1', %s, 1, '{}')"


def tell(_: str) -> None:
    pass


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    layout = Layout(tmp_path / "home", 59000)
    layout.make_folders()
    make_credentials(layout.keys)
    (layout.files / "photo.jpg").write_bytes(b"photo")
    return layout


class TestDistrict:
    def test_arrives_whole_or_not_at_all(self, layout: Layout, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """One story, because the first start makes three databases."""
        monkeypatch.setattr(district, "QUIET_SECONDS", 0.0)
        monkeypatch.setattr(district, "NOTICED_SECONDS", 0.0)
        moved, home = tmp_path / "district.sealed", tmp_path / "new"
        with LocalPostgres(layout.postgres, durable=False) as server:
            asyncio.run(prepare_databases(layout, server))
            for service in SERVICES:
                with psycopg.connect(conninfo(server.url(service, f"{service}_app"))) as db:
                    db.execute(EVENT, (uuid4(), uuid4()))
            rows = district.export(layout, moved, PASSPHRASE, tell)
        assert not layout.maintenance.exists()

        with pytest.raises(NotEmpty):
            district.import_into(layout.home, moved, PASSPHRASE, tell)
        with pytest.raises(ArchiveBroken):
            district.import_into(tmp_path / "other", moved, b"wrong", tell)

        assert district.import_into(home, moved, PASSPHRASE, tell) == rows
        assert (home / "files" / "photo.jpg").read_bytes() == b"photo"
        assert (home / "keys" / "data.json").read_bytes() == (layout.keys / "data.json").read_bytes()
        with LocalPostgres(home / "postgres") as server:
            for service in SERVICES:
                with psycopg.connect(conninfo(server.url(service, f"{service}_app"))) as db:
                    assert db.execute("SELECT count(*), max(tx::text) FROM event_log").fetchone() == (1, "0")
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        db.execute("DELETE FROM event_log")
