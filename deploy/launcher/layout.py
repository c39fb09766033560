"""Where one installation keeps its things and on which ports it answers."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from deploy.launcher.refusals import Refusal

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
OFFSETS = {"gateway": 0, "registry": 101, "scoring": 102, "training": 103}
HIGHEST_PORT = 65535


class PortInvalid(Refusal):
    def __init__(self, given: str) -> None:
        super().__init__(f"端口 {given} 不能用:应为 1 到 {HIGHEST_PORT - max(OFFSETS.values())} 的整数")


class PortBusy(Refusal):
    def __init__(self, name: str, port: int) -> None:
        super().__init__(f"端口 {port}({name})已被别的程序占用:请先停止它,或用 make run PORT=… 换一个")


class FolderUnwritable(Refusal):
    def __init__(self, home: Path) -> None:
        super().__init__(f"不能写入目录 {home}:请用 LIANGXIN_HOME 指定一个可写的目录")


@dataclass(frozen=True, slots=True)
class Layout:
    home: Path
    port: int

    @classmethod
    def from_environment(cls) -> Self:
        given = os.environ.get("LIANGXIN_PORT") or "8000"
        if not given.isdecimal() or not 0 < int(given) <= HIGHEST_PORT - max(OFFSETS.values()):
            raise PortInvalid(given)
        return cls((ROOT / os.environ.get("LIANGXIN_HOME", ".local")).absolute(), int(given))

    @property
    def address(self) -> str:
        return self.url("gateway")

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def postgres(self) -> Path:
        return self.home / "postgres"

    @property
    def log(self) -> Path:
        return self.home / "logs" / "liangxin.log"

    @property
    def lock(self) -> Path:
        return self.home / "launcher.lock"

    @property
    def accounts(self) -> Path:
        return self.home / "accounts.json"

    @property
    def files(self) -> Path:
        return self.home / "files"

    @property
    def console_given(self) -> Path | None:
        """Pages built elsewhere: then none are built here."""
        given = os.environ.get("LIANGXIN_CONSOLE")
        return (ROOT / given).absolute() if given else None

    @property
    def console(self) -> Path:
        return self.console_given or self.home / "console"

    @property
    def maintenance(self) -> Path:
        return self.home / "maintenance"

    def port_of(self, service: str) -> int:
        return self.port + OFFSETS[service]

    def url(self, service: str) -> str:
        return f"http://{HOST}:{self.port_of(service)}"

    def make_folders(self) -> None:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            for folder in (self.keys, self.log.parent, self.files):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FolderUnwritable(self.home) from error

    def refuse_busy_ports(self) -> None:
        for service in OFFSETS:
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, self.port_of(service)))
                except OSError as error:
                    raise PortBusy(service, self.port_of(service)) from error
