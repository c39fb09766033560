"""ES256 keys as files: the newest name signs, all of them verify, so a key is rotated by adding a file.

Everybody fetches the public keys once a minute: a new one verifies at once and signs two minutes later.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from kit.calendar import real_now
from kit.refusals import Refusal

ALGORITHM = "ES256"
CURVE = "P-256"
NAME_FORMAT = "%Y%m%dT%H%M%S%fZ"
FETCHED_AFTER = timedelta(minutes=2)
TOKEN_TYPE = "at+jwt"  # noqa: S105 - the media type of RFC 9068, not a secret


class SigningKeyError(Refusal):
    """The directory holds no usable key; the service must not start."""


class SigningKeys:
    """Read once at start; kid is the RFC 7638 thumbprint."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    @cached_property
    def keys(self) -> tuple[ECKey, ...]:
        """Oldest first."""
        found = tuple(_read(path) for path in sorted(self._directory.glob("*.pem")))
        if not found:
            raise SigningKeyError(f"{self._directory} 中没有签名密钥(*.pem):请执行 python -m registry signing-key")
        return found

    @cached_property
    def key_set(self) -> KeySet:
        return KeySet(list(self.keys))

    def public(self) -> dict[str, Any]:
        published = [{**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM} for key in self.keys]
        return {"keys": published}

    @cached_property
    def _made_at(self) -> tuple[datetime, ...]:
        return tuple(_moment_of(path) for path in sorted(self._directory.glob("*.pem")))

    def signing_at(self, now: datetime) -> ECKey:
        """The newest that everybody has had time to fetch; an installation's first key signs at once."""
        known = [key for key, made_at in zip(self.keys, self._made_at, strict=True) if made_at + FETCHED_AFTER <= now]
        return known[-1] if known else self.keys[0]

    def sign(self, claims: dict[str, Any]) -> str:
        key = self.signing_at(real_now())
        header = {"alg": ALGORITHM, "kid": key.thumbprint(), "typ": TOKEN_TYPE}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM])


def _moment_of(path: Path) -> datetime:
    """Of a file named by `write_signing_key`; one that somebody else made has been there for ever."""
    try:
        return datetime.strptime(path.stem, NAME_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _read(path: Path) -> ECKey:
    key = ECKey.import_key(path.read_bytes())
    if key.curve_name != CURVE or not key.is_private:
        raise SigningKeyError(f"{path} 不是 {CURVE} 曲线上的私钥")
    return ECKey.import_key(key.as_dict(private=True, kid=key.thumbprint()))


def write_signing_key(directory: Path, *, now: datetime) -> Path:
    """A new key readable by the owner only, named so that it sorts after the older ones."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{now.strftime(NAME_FORMAT)}.pem"
    key = ECKey.generate_key(CURVE, private=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.as_pem(private=True))
    return path
