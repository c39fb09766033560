"""The four processes: what each runs, what it is told, and whom it needs ready before it starts.

Stopped in reverse: who reads another's events ends first, so that nobody waits for an open reading.
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from deploy.launcher.credentials import client_secret
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres

NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "registry": (),
        "training": ("registry",),
        "scoring": ("registry",),
        "gateway": ("registry", "scoring", "training"),
    }
)


@dataclass(frozen=True, slots=True)
class Process:
    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    url: str
    needs: tuple[str, ...]


def settings_of(service: str, layout: Layout, server: LocalPostgres) -> dict[str, str]:
    """Environment of one service; only migrations get the owner's address."""
    prefix = service.upper()
    fields = {
        "PORT": str(layout.port_of(service)),
        "REGISTRY_URL": layout.url("registry"),
        "SCORING_URL": layout.url("scoring"),
        "TRAINING_URL": layout.url("training"),
        "CLIENT_ID": service,
        "CLIENT_SECRET_FILE": str(client_secret(layout.keys, service)),
        **_own_fields(service, layout),
    }
    if service != "gateway":
        fields |= {"DATABASE_URL": server.url(service, f"{service}_app"), "DEMONSTRATION": "true"}
    return {f"{prefix}_{name}": value for name, value in fields.items()}


def _own_fields(service: str, layout: Layout) -> dict[str, str]:
    if service == "registry":
        return {
            "SIGNING_KEYS_DIR": str(layout.keys / "signing"),
            "DATA_KEYS_FILE": str(layout.keys / "data.json"),
            "SERVICE_CLIENTS_FILE": str(layout.keys / "clients.json"),
            "ATTACHMENTS_DIRECTORY": str(layout.files / "scoring"),
        }
    if service == "scoring":
        return {
            "ATTACHMENTS_DIRECTORY": str(layout.files / "scoring"),
            "ATTACHMENTS_KEY_FILE": str(layout.keys / "attachments"),
        }
    if service == "gateway":
        return {"MAINTENANCE_FILE": str(layout.maintenance), "CONSOLE_FOLDER": str(layout.console)}
    return {}


def processes(layout: Layout, server: LocalPostgres) -> list[Process]:
    return [
        Process(
            name,
            (sys.executable, "-m", name, "serve"),
            settings_of(name, layout, server),
            layout.url(name),
            needs,
        )
        for name, needs in NEEDS.items()
    ]
