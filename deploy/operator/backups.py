"""`liangxin backup …` for the installation that `make run` keeps in a folder."""

import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.backup import vault
from deploy.backup.refusals import NotEnabled, OnlyLocal
from deploy.backup.repository import ARCHIVE_SECONDS
from deploy.backup.vault import Vault
from deploy.launcher.layout import Layout
from deploy.launcher.postgres import LocalPostgres
from deploy.operator.answers import Finding, progress_console, show, show_findings

Json = Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取")]
commands = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False)


@commands.command(help="开始连续归档,并生成备份口令")
def enable(as_json: Json = False) -> None:
    kept = _vault()
    must_restart = kept.enable(LocalPostgres(kept.layout.postgres))
    sentence = f"备份口令在 {kept.passphrase_file}:请另存一份到本机之外,没有它任何备份都打不开"
    if must_restart:
        sentence += "\n请重新启动(make stop,再 make run),归档随即开始"
    show(sentence, {"passphrase_file": str(kept.passphrase_file), "must_restart": must_restart}, as_json=as_json)


@commands.command(help="做一次备份:数据库、文件与密钥")
def take(
    kind: Annotated[str, typer.Option(help="full 完整、incr 增量")] = "full",
    as_json: Json = False,
) -> None:
    with progress_console.status("正在备份 …"):
        backup = _vault().take(kind)
    sizes = f"{backup.bytes_of_database / 2**20:.1f} MiB,压缩后 {backup.bytes_in_repository / 2**20:.1f} MiB"
    show(f"{backup.label}:数据库 {sizes}", {"label": backup.label, "kind": backup.kind}, as_json=as_json)


@commands.command(help="只备份文件与密钥(几分钟一次)")
def files(as_json: Json = False) -> None:
    archive = _vault().take_files()
    show(str(archive), {"archive": str(archive)}, as_json=as_json)


@commands.command(help="读出备份的每一个字节,发现损坏")
def check(as_json: Json = False) -> None:
    kept = _vault()
    with progress_console.status("正在核对备份 …"):
        archives = kept.check()
    taken = kept.repository.newest()
    detail = f"{taken.label},{taken.age_seconds / 3600:.1f} 小时前"
    show_findings([Finding("数据库备份", "ok", detail), Finding("文件与密钥", "ok", f"{archives} 份")], as_json=as_json)


@commands.command(help="从备份恢复到一个空目录:三个数据库同一时刻,另加文件与密钥")
def restore(
    source: Annotated[Path, typer.Argument(help="备份目录", exists=True, file_okay=False)],
    home: Annotated[Path, typer.Argument(help="空目录,之后以 LIANGXIN_HOME 指向它")],
    passphrase_file: Annotated[Path, typer.Option(help="口令文件", exists=True)],
    at: Annotated[str, typer.Option("--at", help="恢复到的时刻,如 2026-11-21 12:00:00+08;缺省为最后时刻")] = "",
    as_json: Json = False,
) -> None:
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


@commands.callback()
def refuse_elsewhere(context: typer.Context) -> None:
    """An installation of Compose keeps its database where this command does not reach."""
    if context.obj is not None and context.obj.kind != "local":
        raise OnlyLocal


def _vault() -> Vault:
    layout = Layout.from_environment()
    if not layout.postgres.exists():
        raise NotEnabled
    return Vault(layout)
