"""Random bearer secrets that are shown once and kept only as a hash."""

import base64
import hashlib
import hmac
import secrets

ENTROPY_BYTES = 32


def new_secret() -> str:
    return secrets.token_urlsafe(ENTROPY_BYTES)


def new_nonce() -> bytes:
    return secrets.token_bytes(ENTROPY_BYTES)


def successor_of(secret: str, nonce: bytes) -> str:
    """Derived, so that it can be told again; neither the old secret nor what the database keeps is enough for it."""
    digest = hmac.digest(nonce, secret.encode("utf-8", "replace"), "sha256")
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def secret_hash(secret: str) -> bytes:
    """A fast hash is enough for 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
