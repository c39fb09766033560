"""Keys and secrets of one installation: made once, never overwritten, each service its own folder."""

import hashlib
import json
import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from kit.refusals import Refusal
from registry.identity.keys.signing import SigningKeys, write_signing_key
from sealing.keys import write_new_keys

CLIENTS = ("registry", "scoring", "training", "gateway")
WITH_DATABASE = ("registry", "scoring", "training")
POSTGRES, MIGRATIONS, GRAFANA = "postgres", "migrations", "grafana"
SECRET_BYTES = 32
FolderOf = Callable[[str], Path]


class KeysLost(Refusal):
    """The database is there, the keys that open it are not: new ones would make its contents unreadable for good."""

    def __init__(self) -> None:
        super().__init__("数据库已有数据而密钥不在:请先从备份恢复密钥,不会另造新的")


def install_keys(folder_of: FolderOf, *, now: datetime) -> None:
    """What every process needs; `folder_of` answers where a service looks for its own files."""
    registry = folder_of("registry")
    for client in CLIENTS:
        folder_of(client).mkdir(mode=0o700, parents=True, exist_ok=True)
    if not list((registry / "signing").glob("*.pem")):
        write_signing_key(registry / "signing", now=now)
    if not (registry / "data.json").exists():
        _write_data_keys(registry / "data.json")
    secret_in(folder_of("scoring") / "attachments")
    hashes = {name: _hash(secret_in(client_secret(folder_of(name), name))) for name in CLIENTS}
    _write(registry / "clients.json", json.dumps(hashes, indent=1))
    SigningKeys(registry / "signing").public()


def install_database_passwords(folder_of: FolderOf) -> None:
    """A running service can sign in as its working role only; the owners' passwords are for migrations."""
    server = folder_of(POSTGRES)
    for folder in (server, folder_of(MIGRATIONS)):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    owners = []
    for service in WITH_DATABASE:
        owners.append(_password_line(service, f"{service}_owner", secret_in(server / f"{service}-owner-password")))
        worker = _password_line(service, f"{service}_app", secret_in(server / f"{service}-app-password"))
        _write(folder_of(service) / "pgpass", worker)
    _write(folder_of(MIGRATIONS) / "pgpass", "".join(owners))
    _write(server / "pgpass", _password_line("*", "postgres", secret_in(server / "superuser-password")))


def install_backup_passphrase(folder_of: FolderOf) -> None:
    """Opens every backup, so it has to be kept elsewhere too; pgBackRest reads it from a configuration of its own."""
    passphrase = secret_in(folder_of(POSTGRES) / "backup-passphrase")
    configuration = folder_of(POSTGRES) / "pgbackrest" / "passphrase.conf"
    configuration.parent.mkdir(mode=0o700, exist_ok=True)
    _write(configuration, f"[global]\nrepo1-cipher-pass={passphrase}\n")


def install_dashboard_password(folder_of: FolderOf) -> None:
    """Of Grafana's first user, for whoever turns it on."""
    folder_of(GRAFANA).mkdir(mode=0o700, parents=True, exist_ok=True)
    secret_in(folder_of(GRAFANA) / "admin-password")


def refuse_when_lost(folder_of: FolderOf, cluster: Path) -> None:
    if (cluster / "PG_VERSION").exists() and not (folder_of("registry") / "data.json").exists():
        raise KeysLost


def client_secret(folder: Path, client: str) -> Path:
    return folder / f"client-{client}"


def secret_in(path: Path) -> str:
    if not path.exists():
        _write(path, secrets.token_urlsafe(SECRET_BYTES))
    return path.read_text(encoding="ascii")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _password_line(database: str, role: str, password: str) -> str:
    return f"*:*:{database}:{role}:{password}\n"


def _write_data_keys(path: Path) -> None:
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    write_new_keys(part)
    part.replace(path)


def _write(path: Path, content: str) -> None:
    """Whole or not at all, and untouched when it says so already."""
    if path.exists() and path.read_text(encoding="ascii") == content:
        return
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
    part.replace(path)
