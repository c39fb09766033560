import base64
import binascii
import json
import os
import secrets
from pathlib import Path
from typing import NamedTuple

from sealing.ciphers import AES_KEY_BYTES, SM4_KEY_BYTES, Cipher
from sealing.errors import KeyFileError
from sealing.indexes import SHORTEST_KEY, BlindIndex

OTHERS_MAY_READ = 0o077


class KeyRing(NamedTuple):
    keys: dict[int, bytes]
    current: int
    index_key: bytes

    def cipher(self) -> Cipher:
        return Cipher(self.keys, self.current)

    def blind_index(self) -> BlindIndex:
        return BlindIndex(self.index_key)


def load_keys(path: Path) -> KeyRing:
    """Reads `{"current": 1, "keys": {"1": base64}, "index_key": base64}`; a 16-byte key means SM4-GCM."""
    try:
        mode = path.stat().st_mode
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise KeyFileError(f"读不到密钥文件 {path.name}:{error.strerror}") from error
    except ValueError as error:
        raise KeyFileError(f"密钥文件 {path.name} 不是 JSON") from error
    if mode & OTHERS_MAY_READ:
        raise KeyFileError(f"密钥文件 {path.name} 的权限过宽,应为 600")
    ring = _parse(content, path.name)
    try:
        ring.cipher(), ring.blind_index()
    except ValueError as error:
        raise KeyFileError(f"密钥文件 {path.name} 不能用:{error}") from error
    return ring


def _parse(content: object, name: str) -> KeyRing:
    try:
        assert isinstance(content, dict)
        keys = {int(version): base64.b64decode(key, validate=True) for version, key in content["keys"].items()}
        ring = KeyRing(keys, int(content["current"]), base64.b64decode(content["index_key"], validate=True))
    except (AssertionError, KeyError, TypeError, AttributeError, ValueError, binascii.Error) as error:
        raise KeyFileError(f"密钥文件 {name} 缺少 current、keys 或 index_key,或其内容不是 base64") from error
    if ring.current not in ring.keys:
        raise KeyFileError(f"密钥文件 {name} 的当前版本 {ring.current} 不在 keys 中")
    return ring


def write_new_keys(path: Path, *, sm4: bool = False) -> KeyRing:
    """Creates a key file readable by its owner only; an existing file is never overwritten."""
    key = secrets.token_bytes(SM4_KEY_BYTES if sm4 else AES_KEY_BYTES)
    ring = KeyRing({1: key}, 1, secrets.token_bytes(SHORTEST_KEY))
    content: dict[str, object] = {
        "current": ring.current,
        "keys": {"1": base64.b64encode(key).decode()},
        "index_key": base64.b64encode(ring.index_key).decode(),
    }
    _write(path, content)
    return ring


def add_key(path: Path) -> int:
    """A further version of the same algorithm, which opens from now on; `use_key` lets it seal."""
    ring = load_keys(path)
    version = max(ring.keys) + 1
    key = secrets.token_bytes(len(ring.keys[ring.current]))
    _replace(path, ring._replace(keys={**ring.keys, version: key}))
    return version


def use_key(path: Path, version: int) -> None:
    """Only after every process has read the file with that version in it."""
    ring = load_keys(path)
    if version not in ring.keys:
        raise KeyFileError(f"密钥文件 {path.name} 中没有版本 {version}")
    _replace(path, ring._replace(current=version))


def _replace(path: Path, ring: KeyRing) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    encoded = {str(version): base64.b64encode(key).decode() for version, key in ring.keys.items()}
    index_key = base64.b64encode(ring.index_key).decode()
    _write(part, {"current": ring.current, "keys": encoded, "index_key": index_key})
    load_keys(part)
    part.replace(path)


def _write(path: Path, content: dict[str, object]) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyFileError(f"不能新建密钥文件 {path.name}:{error.strerror}") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
