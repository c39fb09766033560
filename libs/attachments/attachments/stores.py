import asyncio
import datetime
import hashlib
import hmac
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from attachments.errors import FileMissingError, FileTooLargeError, LinkError, StorageFullError
from attachments.inspection import MEDIA_TYPES, Limits, inspect, safe_name

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}\.(jpg|png|pdf|xlsx|docx)")
LINK = re.compile(
    r"(?P<key>[0-9a-f]{2}/[0-9a-f]{64}\.[a-z]{3,4})\?expires=(?P<expires>\d{1,12})&signature=(?P<mac>[0-9a-f]{64})"
    r"&file_name=(?P<name>\S+)"
)
# As the store tells the operating system's reasons: EFBIG, ENOSPC, EDQUOT.
NO_ROOM = re.compile(r"\(os error (27|28|122)\)")
SHORTEST_KEY = 32
DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class StoredFile:
    """`size` and `sha256` are of what is kept, which for images is not what was sent."""

    key: str
    name: str
    media_type: str
    size: int
    sha256: str


class Store:
    """Files by the digest of their content, so that storing one twice changes nothing.

    `root` is a directory, or the URL of a bucket (s3://…) whose credentials come from the environment."""

    def __init__(
        self, root: Path | str, signing_key: bytes, *, limits: Limits = DEFAULT_LIMITS, threads: int = 2
    ) -> None:
        if len(signing_key) < SHORTEST_KEY:
            raise ValueError("链接签名密钥至少 32 字节")
        self._objects = _objects(root)
        self._signing_key = signing_key
        self._limits = limits
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="attachments")

    async def put(self, data: bytes, filename: str) -> StoredFile:
        if len(data) > self._limits.file_bytes:
            raise FileTooLargeError(f"文件超过 {self._limits.file_bytes // 1024**2} MiB")
        loop = asyncio.get_running_loop()
        kept = await loop.run_in_executor(self._threads, inspect, data, filename, self._limits)
        digest = hashlib.sha256(kept.data).hexdigest()
        key = f"{digest[:2]}/{digest}.{kept.extension}"
        try:
            await obstore.put_async(self._objects, key, kept.data)
        except BaseError as error:
            if NO_ROOM.search(str(error)):
                raise StorageFullError("存储空间已满,文件没有保存") from error
            raise
        return StoredFile(key, safe_name(filename), kept.media_type, len(kept.data), digest)

    async def get(self, key: str) -> bytes:
        if not KEY.fullmatch(key):
            raise FileMissingError("文件不存在")
        try:
            found = await obstore.get_async(self._objects, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError as error:
            raise FileMissingError("文件不存在") from error

    def link(self, key: str, expires: datetime.datetime, name: str) -> str:
        """A relative reference anyone may follow until `expires` (an aware instant, real time); it carries the name."""
        if expires.tzinfo is None:
            raise ValueError("到期时刻须带时区")
        moment = int(expires.timestamp())
        signature = self._signature(key, moment, name)
        return f"{key}?expires={moment}&signature={signature}&file_name={quote(name, safe='')}"

    def open_link(self, link: str, now: datetime.datetime) -> tuple[str, str]:
        """The key the link stands for, and the name of the file; raises LinkError when forged or over."""
        match = LINK.fullmatch(link)
        if match is None:
            raise LinkError("链接无效或已过期")
        key, moment, name = match["key"], int(match["expires"]), unquote(match["name"])
        if not hmac.compare_digest(match["mac"], self._signature(key, moment, name)) or now.timestamp() >= moment:
            raise LinkError("链接无效或已过期")
        return key, name

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _signature(self, key: str, moment: int, name: str) -> str:
        return hmac.new(self._signing_key, f"{key}\n{moment}\n{name}".encode(), "sha256").hexdigest()


def media_type_of(key: str) -> str:
    return MEDIA_TYPES[key.rpartition(".")[2]]


def _objects(root: Path | str) -> ObjectStore:
    if isinstance(root, str) and "://" in root:
        return from_url(root)
    return LocalStore(Path(root), mkdir=True)
