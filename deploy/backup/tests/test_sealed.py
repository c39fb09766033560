"""The archive of files and keys gives back what went in, or says that it cannot."""

import hashlib
import io
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from deploy.backup import sealed
from deploy.backup.refusals import ArchiveBroken, NotEmpty

PASSPHRASE = b"correct horse"
WRITTEN_FIRST = Path(__file__).parent / "written" / "first.sealed"
HEAD, WHOLE = 34, 2**20 + 16


def parted(content: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the pieces, and the pieces."""
    places = range(HEAD, len(content), WHOLE)
    return content[:HEAD], [content[place : place + WHOLE] for place in places]


def read_as_described(content: bytes, passphrase: bytes) -> Iterator[bytes]:
    """By what docs/adr says of the format alone."""
    head, pieces = parted(content)
    key = hashlib.scrypt(passphrase, salt=head[18:], n=32768, r=8, p=1, maxmem=2**26, dklen=32)
    for number, piece in enumerate(pieces):
        is_last = number == len(pieces) - 1
        nonce = number.to_bytes(8, "big") + is_last.to_bytes(4, "big")
        yield AESGCM(key).decrypt(nonce, piece, b"liangxin-sealed-1\n")


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

    @pytest.mark.parametrize(
        "order", [(1, 0, 2, 3), (0, 2, 1, 3), (0, 1, 3, 2), (0, 2, 3), (0, 1, 1, 2, 3), (1, 2, 3), (0, 1, 2)]
    )
    def test_shows_pieces_that_change_places_or_go(self, archive: Path, order: tuple[int, ...]) -> None:
        head, pieces = parted(archive.read_bytes())
        archive.write_bytes(head + b"".join(pieces[number] for number in order))
        with pytest.raises(ArchiveBroken):
            sealed.check(archive, PASSPHRASE)

    def test_shows_a_piece_of_another_archive(self, archive: Path, folder: Path, tmp_path: Path) -> None:
        sealed.seal({"files": folder}, tmp_path / "other", PASSPHRASE)
        head, pieces = parted(archive.read_bytes())
        pieces[1] = parted((tmp_path / "other").read_bytes())[1][1]
        archive.write_bytes(head + b"".join(pieces))
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

    def test_opens_what_the_first_release_wrote(self, tmp_path: Path) -> None:
        sealed.unseal([WRITTEN_FIRST], tmp_path / "back", b"written by the first release")

        back = tmp_path / "back"
        assert (back / "keys" / "data.json").read_bytes() == b'{"current": 1}\n'
        assert (back / "files" / "scoring" / "photo.jpg").read_bytes() == bytes(range(256))

    def test_is_written_as_it_is_described(self, archive: Path, folder: Path) -> None:
        content = b"".join(read_as_described(archive.read_bytes(), PASSPHRASE))

        with tarfile.open(fileobj=io.BytesIO(content)) as tar:
            photo = tar.extractfile("files/deep/photo")
            assert photo is not None
            assert photo.read() == (folder / "deep" / "photo").read_bytes()
