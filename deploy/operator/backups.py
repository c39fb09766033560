"""`liangxin backup …`, for the installation in a folder and for the one in containers."""

import os
from pathlib import Path
from typing import Annotated, Protocol

import typer

from deploy.backup import vault
from deploy.backup.archiving import ARCHIVE_SECONDS
from deploy.backup.refusals import NotEnabled, OnlyLocal
from deploy.backup.repository import Backup
from deploy.backup.vault import Vault
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.operator.answers import Finding, progress_console, show, show_findings
from deploy.operator.composed import ComposedVault

Json = Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取")]
commands = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


class Keeper(Protocol):
    def take(self, kind: str) -> Backup: ...

    def take_files(self) -> str:
        """Name of the archive."""

    def check(self) -> int:
        """Number of archives, after every byte was read."""

    def newest(self) -> Backup: ...


@commands.command(help="开始连续归档,并生成备份口令(Compose:启用 profile backup)")
def enable(context: typer.Context, as_json: Json = False) -> None:
    refuse_elsewhere(context)
    kept = _vault()
    must_restart = kept.enable(LocalPostgres(kept.layout.postgres))
    sentence = f"备份口令在 {kept.passphrase_file}:请另存一份到本机之外,没有它任何备份都打不开"
    if must_restart:
        sentence += "\n请重新启动(make stop,再 make run),归档随即开始"
    show(sentence, {"passphrase_file": str(kept.passphrase_file), "must_restart": must_restart}, as_json=as_json)


@commands.command(help="做一次备份:数据库、文件与密钥")
def take(
    context: typer.Context,
    kind: Annotated[str, typer.Option(help="full 完整、incr 增量")] = "full",
    as_json: Json = False,
) -> None:
    with progress_console.status("正在备份 …"):
        backup = _keeper(context).take(kind)
    sizes = f"{backup.bytes_of_database / 2**20:.1f} MiB,压缩后 {backup.bytes_in_repository / 2**20:.1f} MiB"
    show(f"{backup.label}:数据库 {sizes}", {"label": backup.label, "kind": backup.kind}, as_json=as_json)


@commands.command(help="只备份文件与密钥(几分钟一次)")
def files(context: typer.Context, as_json: Json = False) -> None:
    archive = _keeper(context).take_files()
    show(archive, {"archive": archive}, as_json=as_json)


@commands.command(help="读出备份的每一个字节,发现损坏")
def check(context: typer.Context, as_json: Json = False) -> None:
    kept = _keeper(context)
    with progress_console.status("正在核对备份 …"):
        archives = kept.check()
    taken = kept.newest()
    detail = f"{taken.label},{taken.age_seconds / 3600:.1f} 小时前"
    show_findings([Finding("数据库备份", "ok", detail), Finding("文件与密钥", "ok", f"{archives} 份")], as_json=as_json)


@commands.command(help="从备份恢复到一个空目录:三个数据库同一时刻,另加文件与密钥")
def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(help="备份目录", exists=True, file_okay=False)],
    home: Annotated[Path, typer.Argument(help="空目录,之后以 LIANGXIN_HOME 指向它")],
    passphrase_file: Annotated[Path, typer.Option(help="口令文件", exists=True)],
    at: Annotated[str, typer.Option("--at", help="恢复到的时刻,如 2026-11-21 12:00:00+08;缺省为最后时刻")] = "",
    as_json: Json = False,
) -> None:
    refuse_elsewhere(context)
    target = ("--type=time", f"--target={at}") if at else ()
    passphrase = passphrase_file.read_text(encoding="ascii").strip()
    with progress_console.status("正在恢复 …"):
        server = vault.restore(source.absolute(), passphrase, home.absolute(), *target)
        with vault.recovered(server):
            epochs = vault.begin_epochs(server)
            vault.forget_restoration(server)
    shown = os.path.relpath(home)
    show(
        f"已恢复:LIANGXIN_HOME={shown} make run;确认无误后 liangxin backup enable(归档每 {ARCHIVE_SECONDS} 秒)",
        {"home": str(home), "epochs": {service: epoch for service, (epoch, _) in epochs.items()}},
        as_json=as_json,
    )


def refuse_elsewhere(context: typer.Context) -> None:
    """An installation of Compose keeps its database where this command does not reach."""
    if context.obj.kind != "local":
        raise OnlyLocal


def _keeper(context: typer.Context) -> Keeper:
    return _vault() if context.obj.kind == "local" else ComposedVault()


def _vault() -> Vault:
    layout = Layout.from_environment()
    if not layout.postgres.exists():
        raise NotEnabled
    return Vault(layout)
