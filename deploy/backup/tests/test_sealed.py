"""The archive of files and keys gives back what went in, or says that it cannot."""

import stat
from pathlib import Path

import pytest

from deploy.backup import sealed
from deploy.backup.refusals import ArchiveBroken, NotEmpty

PASSPHRASE = b"correct horse"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    (source / "deep").mkdir(parents=True)
    (source / "key").write_bytes(b"secret")
    (source / "key").chmod(0o600)
    (source / "deep" / "photo").write_bytes(bytes(range(256)) * 13_000)
    return source


@pytest.fixture
def archive(tmp_path: Path, folder: Path) -> Path:
    target = tmp_path / "archive"
    sealed.seal({"files": folder}, target, PASSPHRASE)
    return target


class TestSealedArchive:
    @pytest.mark.parametrize("place", [0, 20, 40, 1_500_000, -1])
    def test_shows_a_changed_byte(self, archive: Path, place: int) -> None:
        content = bytearray(archive.read_bytes())
        content[place] ^= 1
        archive.write_bytes(content)
        with pytest.raises(ArchiveBroken):
            sealed.check(archive, PASSPHRASE)

    @pytest.mark.parametrize("kept", [10, 34, 100, sealed.PIECE_BYTES + 50, 2 * (sealed.PIECE_BYTES + 16) + 34])
    def test_shows_a_cut_tail(self, archive: Path, kept: int) -> None:
        archive.write_bytes(archive.read_bytes()[:kept])
        with pytest.raises(ArchiveBroken):
            sealed.check(archive, PASSPHRASE)

    def test_refuses_another_passphrase(self, archive: Path) -> None:
        with pytest.raises(ArchiveBroken):
            sealed.check(archive, b"other")

    def test_is_never_unpacked_over_something(self, archive: Path, folder: Path) -> None:
        with pytest.raises(NotEmpty):
            sealed.unseal([archive], folder, PASSPHRASE)

    def test_gives_back_contents_and_rights(self, archive: Path, folder: Path, tmp_path: Path) -> None:
        sealed.unseal([archive], tmp_path / "back", PASSPHRASE)

        assert sealed.check(archive, PASSPHRASE) == 2
        back = tmp_path / "back" / "files"
        assert (back / "deep" / "photo").read_bytes() == (folder / "deep" / "photo").read_bytes()
        assert stat.S_IMODE((back / "key").stat().st_mode) == 0o600

    def test_holds_nothing_readable(self, archive: Path) -> None:
        assert b"secret" not in archive.read_bytes()
        assert stat.S_IMODE(archive.stat().st_mode) == 0o600
