import os
from collections.abc import Mapping
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from sealing.errors import BrokenSealError, UnknownKeyError

AES_KEY_BYTES = 32
SM4_KEY_BYTES = 16
NONCE_BYTES = 12
TAG_BYTES = 16
HIGHEST_VERSION = 255


class _Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes: ...


class Sm4Gcm:
    """SM4 (GB/T 32907) in GCM, with the shape of AESGCM: the tag follows the ciphertext."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        encryptor = BlockCipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes) -> bytes:
        tag = data[-TAG_BYTES:]
        decryptor = BlockCipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


def _algorithm_for(key: bytes) -> _Aead:
    """The key's length decides: 32 bytes AES-256-GCM, 16 bytes SM4-GCM. A change of algorithm is a new key version."""
    if len(key) == AES_KEY_BYTES:
        return AESGCM(key)
    if len(key) == SM4_KEY_BYTES:
        return Sm4Gcm(key)
    raise ValueError("密钥长度只能是 32 字节(AES-256-GCM)或 16 字节(SM4-GCM)")


class Cipher:
    """Seals texts as version byte, nonce, ciphertext, tag; the column's name is authenticated with them."""

    def __init__(self, keys: Mapping[int, bytes], current: int) -> None:
        if current not in keys:
            raise UnknownKeyError(f"当前密钥版本 {current} 不在密钥表中")
        if any(not 0 <= version <= HIGHEST_VERSION for version in keys):
            raise ValueError("密钥版本只能是 0 至 255")
        self._algorithms = {version: _algorithm_for(key) for version, key in keys.items()}
        self._sealing = self._algorithms[current]
        self._prefix = bytes([current])

    def seal(self, text: str, column: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return self._prefix + nonce + self._sealing.encrypt(nonce, text.encode(), column.encode())

    def open(self, sealed: bytes, column: str) -> str:
        if len(sealed) < 1 + NONCE_BYTES + TAG_BYTES:
            raise BrokenSealError("密文不完整")
        algorithm = self._algorithms.get(sealed[0])
        if algorithm is None:
            raise UnknownKeyError(f"没有版本 {sealed[0]} 的密钥")
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return algorithm.decrypt(nonce, body, column.encode()).decode()
        except InvalidTag as error:
            raise BrokenSealError("密文被改动,或不属于这一列") from error

    def is_current(self, sealed: bytes) -> bool:
        """False for what an older key sealed and a rotation should seal again."""
        return sealed[:1] == self._prefix
