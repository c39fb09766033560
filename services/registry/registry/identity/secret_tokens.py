"""Random bearer secrets that are shown once and kept only as a hash."""

import hashlib
import secrets

ENTROPY_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(ENTROPY_BYTES)


def secret_hash(secret: str) -> bytes:
    """A fast hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
