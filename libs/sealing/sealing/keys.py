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
    content = {
        "current": ring.current,
        "keys": {"1": base64.b64encode(key).decode()},
        "index_key": base64.b64encode(ring.index_key).decode(),
    }
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise KeyFileError(f"不能新建密钥文件 {path.name}:{error.strerror}") from error
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
    return ring
