"""Keys and secrets of one installation: made once, readable by its owner only."""

import hashlib
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path

from registry.keys.signing import write_signing_key
from sealing.keys import write_new_keys

CLIENTS = ("registry", "scoring", "training", "gateway")


def make_credentials(keys: Path) -> None:
    """What exists stays: the data key of a filled database must never change."""
    if not list((keys / "signing").glob("*.pem")):
        write_signing_key(keys / "signing", now=datetime.now(UTC))
    if not (keys / "data.json").exists():
        write_new_keys(keys / "data.json")
    _secret(keys / "attachments")
    hashes = {name: hashlib.sha256(_secret(client_secret(keys, name)).encode()).hexdigest() for name in CLIENTS}
    _write(keys / "clients.json", json.dumps(hashes, indent=1))


def client_secret(keys: Path, client: str) -> Path:
    return keys / f"client-{client}"


def _secret(path: Path) -> str:
    if not path.exists():
        _write(path, secrets.token_urlsafe(32))
    return path.read_text(encoding="ascii")


def _write(path: Path, content: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
