"""Passwords of the demonstration: whatever chance or a digest gives, no profile of the registry refuses them."""

import hashlib
import secrets

BYTES = 12


def password_of(source: str) -> str:
    """The same for the same source."""
    return spelled(hashlib.sha256(source.encode()).digest()[:BYTES])


def new_password() -> str:
    return spelled(secrets.token_bytes(BYTES))


def spelled(chance: bytes) -> str:
    """All four classes; a "+" at every third place, so that no run and no user name can arise in it."""
    return "+".join(["Zq", "7k", *(f"{byte:02x}" for byte in chance)])
