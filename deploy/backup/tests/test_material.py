"""A chain of archives gives back the newest of everything, and old chains make room."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.backup import material
from deploy.backup.material import Material
from deploy.backup.refusals import ArchiveBroken, NoBackup, NotEmpty

PASSPHRASE = b"chain"
LONG_AGO = time.time() - 7 * 86400


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    write(folder / "old.jpg", b"old" * 100_000, LONG_AGO)
    write(folder / "key", b"first", LONG_AGO)
    return folder


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Material:
    """Archives are named by the second; here by a hundredth of it."""
    monkeypatch.setattr(material, "NAME", "%Y%m%dT%H%M%S%fZ")
    return Material(tmp_path / "material")


def write(path: Path, content: bytes, modified: float | None = None) -> None:
    path.write_bytes(content)
    if modified is not None:
        os.utime(path, (modified, modified))


class TestMaterial:
    def test_gives_back_the_newest_of_everything(self, kept: Material, files: Path, tmp_path: Path) -> None:
        kept.take({"files": files}, PASSPHRASE, "incr")
        write(files / "key", b"second")
        write(files / "new.jpg", b"new")
        kept.take({"files": files}, PASSPHRASE, "incr")
        first, second = kept.archives

        kept.restore(tmp_path / "back", PASSPHRASE)

        back = tmp_path / "back" / "files"
        assert {path.name: path.read_bytes() for path in back.iterdir()} == {
            path.name: path.read_bytes() for path in files.iterdir()
        }
        assert (first.stem[-4:], second.stem[-4:]) == ("full", "incr")
        assert second.stat().st_size < first.stat().st_size / 10
        assert kept.check(PASSPHRASE) == 2

    def test_forgets_a_chain_when_a_newer_one_reaches_far_enough_back(
        self, kept: Material, files: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for kind in ("full", "incr", "full", "incr"):
            kept.take({"files": files}, PASSPHRASE, kind)
        assert len(kept.archives) == 4

        monkeypatch.setattr(material, "KEPT", timedelta(0))
        kept.take({"files": files}, PASSPHRASE, "full")

        assert [path.stem[-4:] for path in kept.archives] == ["full", "incr", "full"]

    def test_begins_anew_when_the_clock_was_a_year_ahead(self, kept: Material, files: Path, tmp_path: Path) -> None:
        kept.take({"files": files}, PASSPHRASE, "full")
        (ahead,) = kept.archives
        ahead.rename(ahead.with_name(ahead.name.replace("-2", "-3", 1)))
        write(files / "new.jpg", b"new", LONG_AGO)

        kept.take({"files": files}, PASSPHRASE, "incr")
        kept.restore(tmp_path / "back", PASSPHRASE)

        assert [path.stem[-4:] for path in kept.archives] == ["full", "full"]
        assert (tmp_path / "back" / "files" / "new.jpg").read_bytes() == b"new"

    def test_clears_away_what_a_killed_one_left(self, kept: Material, files: Path) -> None:
        kept.folder.mkdir()
        (kept.folder / ".000001-20261124T000000Z-full.sealed.part").write_bytes(b"half")

        kept.take({"files": files}, PASSPHRASE, "incr")

        assert len(list(kept.folder.iterdir())) == 1

    def test_damaged_at_its_end_writes_nothing(self, kept: Material, files: Path, tmp_path: Path) -> None:
        for kind in ("full", "incr"):
            write(files / f"{kind}.jpg", os.urandom(2_000_000))
            kept.take({"files": files}, PASSPHRASE, kind)
        content = bytearray(kept.archives[-1].read_bytes())
        content[-100] ^= 0xFF
        kept.archives[-1].write_bytes(content)

        with pytest.raises(ArchiveBroken):
            kept.restore(tmp_path / "back", PASSPHRASE)

        assert not (tmp_path / "back").exists()

    def test_refuses_nothing_and_something_there(self, kept: Material, files: Path, tmp_path: Path) -> None:
        with pytest.raises(NoBackup):
            kept.restore(tmp_path / "back", PASSPHRASE)
        kept.take({"files": files}, PASSPHRASE, "full")
        with pytest.raises(NotEmpty):
            kept.restore(files, PASSPHRASE)
        with pytest.raises(ArchiveBroken):
            kept.restore(tmp_path / "back", b"another")
