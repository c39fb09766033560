"""Keys and secrets of the installation on this machine: all in one folder, read by one user."""

from datetime import UTC, datetime
from pathlib import Path

from registry.identity.keys import installation


def make_credentials(keys: Path) -> None:
    """What exists stays: the data key of a filled database must never change."""
    installation.install_keys(lambda _: keys, now=datetime.now(UTC))


def client_secret(keys: Path, client: str) -> Path:
    return installation.client_secret(keys, client)
