"""The three services as the contracts see them: the real application, and its operations from the document."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from fastapi import FastAPI

from hosting.tokens import Verifier
from kit.calendar import real_now
from kit.permissions import PUBLIC, SIGNED_IN, Rule, read_rules
from sealing import write_new_keys
from tests.support.clients import service_settings
from tests.support.databases import ROOT, Database

SERVICES = ("registry", "scoring", "training")
METHODS = ("get", "post", "put", "patch", "delete")
CLIENT_ROLES = frozenset({"service", "partner"})
ROLES = (
    "system_administrator", "security_administrator", "audit_administrator", "district_officer", "town_officer",
    "branch_secretary", "convener", "member", "instructor", "service", "partner",
)  # fmt: skip
CLIENT_ID, CLIENT_SECRET = "scoring", "s3cret"
SOME_ID = "00000000-0000-7000-8000-000000000000"
SOME_VALUES = {"date": "2025-03-10", "integer": "2025", "uuid": SOME_ID}


@dataclass(frozen=True)
class Operation:
    """One operation of an OpenAPI document."""

    name: str
    method: str
    path: str
    described: Mapping[str, Any]

    def parameters(self, place: str) -> list[Mapping[str, Any]]:
        return [one for one in self.described.get("parameters", []) if one["in"] == place]

    def address(self, **values: str) -> str:
        """The path with these values, and a plausible one of its type for every other parameter."""
        plausible = {one["name"]: plausible_value(one["schema"]) for one in self.parameters("path")}
        return re.sub(r"{(\w+)}", lambda found: {**plausible, **values}[found[1]], self.path)

    @property
    def media_type(self) -> str | None:
        return next(iter(self.described.get("requestBody", {}).get("content", {})), None)

    def __str__(self) -> str:
        return f"{self.name} ({self.method.upper()} {self.path})"


def plausible_value(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return str(schema["enum"][0])
    kind = schema.get("format") or schema.get("type")
    return SOME_VALUES.get(str(kind), "organizations")


@dataclass(frozen=True)
class Service:
    name: str
    app: FastAPI
    package: ModuleType
    database: Database

    @property
    def folder(self) -> Path:
        return ROOT / "services" / self.name

    @cached_property
    def document(self) -> dict[str, Any]:
        return dict(json.loads(json.dumps(self.app.openapi())))

    @cached_property
    def operations(self) -> list[Operation]:
        return list(operations_of(self.document))

    @cached_property
    def rules(self) -> dict[str, Rule]:
        return read_rules(Path(str(self.package.__file__)).parent / "access.csv")

    def operation(self, name: str) -> Operation:
        return next(one for one in self.operations if one.name == name)

    @property
    def closed_operations(self) -> list[Operation]:
        return [one for one in self.operations if PUBLIC not in self.rules[one.name].roles]

    def is_open_to(self, operation: Operation, role: str) -> bool:
        """As the row says; a person may do what every signed-in person may, a client may not."""
        roles = self.rules[operation.name].roles
        return bool({role, PUBLIC} & roles) or (SIGNED_IN in roles and role not in CLIENT_ROLES)


def operations_of(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            if method in METHODS:
                yield Operation(described["operationId"], method, path, described)


def registry_fields(folder: Path) -> dict[str, Any]:
    from registry.identity.keys.signing import write_signing_key

    signing, data, clients = folder / "signing", folder / "data.json", folder / "clients.json"
    signing.mkdir()
    write_signing_key(signing, now=real_now())
    write_new_keys(data)
    clients.write_text(json.dumps({CLIENT_ID: hashlib.sha256(CLIENT_SECRET.encode()).hexdigest()}), encoding="utf-8")
    keys = {"signing_keys_dir": signing, "data_keys_file": data, "service_clients_file": clients}
    return {**keys, "argon2_memory_kib": 64, "attachments_directory": folder / "site-files"}


def scoring_fields(folder: Path) -> dict[str, Any]:
    return {"attachments_directory": folder / "files", "attachments_key_file": folder / "links"}


FIELDS: Mapping[str, Callable[[Path], dict[str, Any]]] = {"registry": registry_fields, "scoring": scoring_fields}


def build_service(name: str, database: Database, folder: Path, verifier: Verifier, **fields: Any) -> Service:
    """The application `python -m <name> serve` would run, on that database, trusting the keys of the tests."""
    kind = import_module(f"{name}.settings").Settings
    own = FIELDS.get(name, lambda _: {})(folder)
    settings = service_settings(kind, database, **{**own, **fields})
    return Service(name, import_module(f"{name}.app").create_app(settings, verifier), import_module(name), database)
