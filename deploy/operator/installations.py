"""What the operator's commands need of an installation, whatever way it runs."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from deploy.launcher.refusals import Refusal

SERVICES = ("registry", "scoring", "training")
DEPLOYABLES = (*SERVICES, "gateway")
UTC = "-c TimeZone=UTC"
Row = Mapping[str, Any]


class CommandFailed(Refusal):
    def __init__(self, place: str, output: str) -> None:
        super().__init__(f"{place} 没有成功:{output.strip().splitlines()[-1] if output.strip() else '没有输出'}")


class Unreachable(Refusal):
    def __init__(self, service: str) -> None:
        super().__init__(f"{service} 没有应答:请先看 liangxin status")


class Installation(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def maintenance_file(self) -> Path: ...

    def answer(self, service: str, path: str) -> Any:
        """The JSON a process answers on its own port, also when it is not ready."""

    def rows(self, database: str, query: str) -> list[Row]:
        """Of PostgreSQL's own catalogue, as the administrator, times in UTC; names of the columns are the keys."""

    def run(self, service: str, *arguments: str, as_owner: bool = False) -> str:
        """`python -m <service> …` with the service's own settings; what it printed."""

    def install_key(self, *arguments: str) -> str:
        """`python -m registry …` where keys may be written."""

    def restart(self, service: str) -> None:
        """Process and worker; returns when it is ready again."""

    def key_files(self) -> list[Row]:
        """mode, owner, path of every secret."""

    def volumes(self) -> list[Row]:
        """name, size and free in bytes of every place that fills."""

    def certificate_ends(self) -> float | None:
        """When a given certificate of the edge ends (Unix seconds); nothing where there is none or it renews itself."""

    def backups(self) -> list[float]:
        """When the backups were finished (Unix seconds), oldest first."""

    def material(self) -> Mapping[str, float]:
        """`files`: when they and the keys were last kept; `verified`: when every byte was last read (Unix seconds)."""

    def others(self) -> Mapping[str, str]:
        """What runs beside services and gateway, by name; empty where all is well with it."""


def asked(installation: Installation, service: str, *arguments: str) -> Any:
    """What a command of the service prints as JSON: its tables are nobody else's business."""
    return json.loads(installation.run(service, *arguments).splitlines()[-1])


def parse_files(place: str, listing: str) -> list[Row]:
    """Of `find -printf '%m %U %P\\n'`."""
    parts = (line.split(" ", 2) for line in listing.splitlines() if line)
    return [{"mode": int(mode, 8), "owner": int(owner), "path": f"{place}/{path}"} for mode, owner, path in parts]


def parse_volume(name: str, listing: str) -> Row:
    """Of `df -Pk`."""
    fields = listing.strip().splitlines()[-1].split()
    return {"name": name, "size": int(fields[1]) * 1024, "free": int(fields[3]) * 1024}


def parse_end(text: str) -> float:
    """Of `openssl x509 -enddate`: notAfter=Nov 24 17:08:10 2027 GMT."""
    moment = text.strip().removeprefix("notAfter=").replace("GMT", "+0000")
    return datetime.strptime(moment, "%b %d %H:%M:%S %Y %z").timestamp()


LIST_FILES: Sequence[str] = ("-type", "f", "-printf", "%m %U %P\\n")
