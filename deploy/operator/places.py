"""Where a district lives, part by part: the command that gives a part as a stream, and the one that takes it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from deploy.backup.refusals import NotEmpty
from deploy.launcher.binaries import find_binaries
from deploy.launcher.credentials import make_credentials
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import conninfo, provision
from deploy.launcher.refusals import Refusal
from deploy.operator.composed import LABEL, ComposedInstallation, compose, configuration, docker
from deploy.operator.installations import SERVICES, Installation
from deploy.operator.local import LocalInstallation

Command = Sequence[str]
# Every other secret is an installation's own, made anew where the district arrives.
KEYS = {"registry-keys": ("data.json", "signing"), "scoring-keys": ("attachments",)}
FILES, AUTHORITY = "files", "authority"
GIVE, TAKE = ("-cf", "-"), ("--no-same-owner", "-xf", "-")
IN_DOCKER = ("docker", "compose")
IN_FOLDER = 'mkdir -p "$0" && exec tar -C "$0" "$@"'
REPOSITORY = "/var/lib/liangxin/backup"


class Occupied(Refusal):
    def __init__(self, project: str) -> None:
        super().__init__(
            f"Compose 项目 {project} 已有数据卷:请在 .env 换一个 COMPOSE_PROJECT_NAME,"
            "或确认其中没有要留的内容后 docker compose down -v"
        )


class NotToBeSeen(Refusal):
    def __init__(self, folder: Path) -> None:
        super().__init__(f"看不到 {folder} 里有没有旧的备份:请用 root 执行")


class Place(Protocol):
    @property
    def installation(self) -> Installation: ...

    def giving(self, part: str) -> Command | None:
        """Nothing where the place has no such part."""

    def taking(self, part: str) -> Command | None: ...

    def program(self, name: str, database: str, *options: str) -> Command:
        """One of PostgreSQL's, as the administrator of its databases."""

    def refuse_filled(self) -> None: ...

    def arriving(self) -> AbstractContextManager[object]:
        """Material is here; inside, the three databases are, and hold nothing."""


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """An installation of `make run`, or the folder that becomes one."""

    layout: Layout

    @property
    def installation(self) -> LocalInstallation:
        return LocalInstallation(self.layout)

    def giving(self, part: str) -> Command | None:
        if part in SERVICES:
            return self.program("pg_dump", part, "-Fc")
        folder = self._folder(part)
        return ("tar", "-C", str(folder), *GIVE, *KEYS.get(part, (".",))) if folder and folder.exists() else None

    def taking(self, part: str) -> Command | None:
        if part in SERVICES:
            return self.program("pg_restore", part, "--exit-on-error", "--single-transaction")
        folder = self._folder(part)
        if folder:
            self.layout.make_folders()
            folder.mkdir(mode=0o700, exist_ok=True)
        return ("tar", "-C", str(folder), *TAKE) if folder else None

    def program(self, name: str, database: str, *options: str) -> Command:
        server = self.installation.server
        return (str(find_binaries(server.data) / name), *options, "-d", conninfo(server.url(database)))

    def refuse_filled(self) -> None:
        if self.layout.home.exists() and any(self.layout.home.iterdir()):
            raise NotEmpty(self.layout.home)

    @contextmanager
    def arriving(self) -> Iterator[object]:
        self.layout.make_folders()
        make_credentials(self.layout.keys)
        with LocalPostgres(self.layout.postgres) as server:
            for service in SERVICES:
                provision(server.url(), service)
            yield server

    def _folder(self, part: str) -> Path | None:
        if part in KEYS:
            return self.layout.keys
        return self.layout.files / "scoring" if part == FILES else None


@dataclass(frozen=True, slots=True)
class ComposedPlace:
    """The project of Compose that .env names: giving it runs, taking it is not there yet."""

    installation: ComposedInstallation = field(default_factory=ComposedInstallation)

    def giving(self, part: str) -> Command | None:
        if part in SERVICES:
            return self.program("pg_dump", part, "-Fc")
        service, folder = self._where(part)
        mounted = "/run/keys" if part in KEYS else folder
        return (*IN_DOCKER, "exec", "-T", service, "sh", "-c", IN_FOLDER, mounted, *GIVE, *KEYS.get(part, (".",)))

    def taking(self, part: str) -> Command | None:
        if part in SERVICES:
            return self.program("pg_restore", part, "--exit-on-error", "--single-transaction")
        service, folder = self._where(part)
        once = ("run", "--rm", "-T", "--no-deps", "--entrypoint", "sh")
        return (*IN_DOCKER, *once, "keys" if part in KEYS else service, "-c", IN_FOLDER, folder, *TAKE)

    def program(self, name: str, database: str, *options: str) -> Command:
        return (*IN_DOCKER, "exec", "-T", "postgres", name, "-U", "postgres", *options, "-d", database)

    def refuse_filled(self) -> None:
        composed = configuration()
        if docker("volume", "ls", "-q", "--filter", f"label={LABEL}.project={composed['name']}"):
            raise Occupied(composed["name"])
        for one in composed["services"]["postgres"]["volumes"]:
            if one["target"] == REPOSITORY and one["type"] == "bind":
                _refuse_used(Path(one["source"]))

    @contextmanager
    def arriving(self) -> Iterator[object]:
        compose("up", "-d", "--wait", "postgres")
        yield compose("run", "--rm", "-T", "databases")

    def _where(self, part: str) -> tuple[str, str]:
        """The service that has it, and the folder where it goes."""
        if part in KEYS:
            service = part.removesuffix("-keys")
            return service, f"/keys/{service}"
        return ("scoring", "/var/lib/liangxin/files") if part == FILES else ("edge", "/data/caddy/pki")


def _refuse_used(folder: Path) -> None:
    """Backups of another database cannot be gone on with."""
    try:
        if (folder / "repository").exists():
            raise NotEmpty(folder)
    except PermissionError as error:
        raise NotToBeSeen(folder) from error
