"""Files and keys as one encrypted archive: a tar in pieces of AES-256-GCM under a key made from the passphrase.

Every piece is authenticated with its number and whether it is the last, so a changed, swapped or cut
archive is refused; nothing of it is believed before its piece was checked. ADR 24 describes it byte by byte.
"""

import io
import os
import struct
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from deploy.backup.refusals import ArchiveBroken, NotEmpty

MAGIC = b"liangxin-sealed-1\n"
SALT_BYTES, KEY_BYTES, TAG_BYTES = 16, 32, 16
PIECE_BYTES = 1024 * 1024
COST, BLOCK, PARALLEL = 2**15, 8, 1


def seal(folders: Mapping[str, Path], target: Path, passphrase: bytes, *, since: float = 0.0) -> None:
    """`folders` by the name they get in the archive, without files older than `since` (Unix seconds)."""

    def wanted(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        return None if member.isfile() and member.mtime < since else member

    with sealing(target, passphrase) as tar:
        for name, folder in folders.items():
            tar.add(folder, name, filter=wanted)


@contextmanager
def sealing(target: Path, passphrase: bytes) -> Iterator[tarfile.TarFile]:
    """What is added stands in the target when the block ends well; the target appears whole or not at all."""
    part = target.with_name(f".{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            writer = _Sealing(file, passphrase)
            with tarfile.open(fileobj=writer, mode="w|") as tar:  # type: ignore[call-overload] # a tar stream only writes
                yield tar
            writer.finish()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def unseal(sources: Sequence[Path], target: Path, passphrase: bytes) -> None:
    """One after the other, the later over the earlier, into a folder that is missing or holds no file."""
    if any(path.is_file() for path in target.rglob("*")):
        raise NotEmpty(target)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for source in sources:
        with opened(source, passphrase) as tar:
            tar.extraction_filter = getattr(tarfile, "data_filter", None)  # Debian 12's own Python has none
            tar.extractall(target)  # noqa: S202 - nothing gets here that our key did not authenticate


def check(source: Path, passphrase: bytes) -> int:
    """Reads all of it; the number of files it holds."""
    with opened(source, passphrase) as tar:
        return sum(1 for member in tar if member.isfile())


@contextmanager
def opened(source: Path, passphrase: bytes) -> Iterator[tarfile.TarFile]:
    """Read to its very end, whatever the tar in it left unread."""
    with source.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ArchiveBroken(source.name)
        pieces = _pieces(file, source, _cipher(passphrase, file.read(SALT_BYTES)))
        reader = io.BufferedReader(_Opened(pieces), PIECE_BYTES)
        with tarfile.open(fileobj=reader, mode="r|") as tar:
            yield tar
        while reader.read(PIECE_BYTES):
            pass


def _cipher(passphrase: bytes, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=KEY_BYTES, n=COST, r=BLOCK, p=PARALLEL).derive(passphrase))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">QI", number, is_last)


class _Sealing:
    """Holds one piece back, because only the end knows which is the last."""

    def __init__(self, file: BinaryIO, passphrase: bytes) -> None:
        salt = os.urandom(SALT_BYTES)
        file.write(MAGIC + salt)
        self._file, self._cipher = file, _cipher(passphrase, salt)
        self._held, self._number = bytearray(), 0

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) > PIECE_BYTES:
            self._put(bytes(self._held[:PIECE_BYTES]), is_last=False)
            del self._held[:PIECE_BYTES]
        return len(data)

    def finish(self) -> None:
        self._put(bytes(self._held), is_last=True)

    def _put(self, piece: bytes, *, is_last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, is_last=is_last), piece, MAGIC))
        self._number += 1


class _Opened(io.RawIOBase):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type] # the buffer that BufferedReader hands over
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        taken = self._left[: len(view)]
        view[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def _pieces(file: BinaryIO, source: Path, cipher: AESGCM) -> Iterator[bytes]:
    number, sealed = 0, file.read(PIECE_BYTES + TAG_BYTES)
    while True:
        following = file.read(PIECE_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, is_last=not following), sealed, MAGIC)
        except (InvalidTag, ValueError) as error:
            raise ArchiveBroken(source.name) from error
        if not following:
            return
        number, sealed = number + 1, following
