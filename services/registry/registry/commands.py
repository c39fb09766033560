"""`python -m registry`: what every service can do, and what only the operator of the server may."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from hosting.commands import main
from hosting.engines import create_engine
from hosting.refusals import read_secret
from kit.calendar import real_now
from kit.database import transaction
from kit.refusals import Refusal
from records.events import described
from registry import resealing
from registry.app import DOMAINS, create_app
from registry.identity.activations.models import AdministratorRole
from registry.identity.activations.service import IssuedLink
from registry.identity.bootstrap.service import invite_administrator
from registry.identity.keys import installation
from registry.identity.keys.signing import SigningKeys, write_signing_key
from registry.seals import seals_of
from registry.settings import Settings
from sealing import add_key, load_keys, use_key
from sealing.errors import KeyFileError


def _needs() -> None:
    settings = Settings()
    SigningKeys(settings.signing_keys_dir).public()
    _refuse_unusable(settings.data_keys_file)
    if settings.service_clients_file is not None:
        read_secret(settings.service_clients_file)


def _refuse_unusable(data_keys: Path) -> None:
    try:
        load_keys(data_keys)
    except KeyFileError as error:
        raise Refusal(str(error)) from error


cli = main(__file__, create_app, Settings, DOMAINS, _needs, events=lambda: described("registry"))


@cli.command(help="为一名管理员生成一次性启用链接,激活码只显示这一次")
def bootstrap(role: Annotated[AdministratorRole, typer.Option(help="哪一种管理员")]) -> None:
    link = asyncio.run(_invite(role, Settings()))
    typer.echo(link.token)
    typer.echo(f"{role.label}:在 {link.expires_at:%Y-%m-%d %H:%M} UTC 前有效,只能用一次", err=True)


@cli.command(name="signing-key", help="生成一把新的签名密钥,重启后生效,旧密钥继续用于验证")
def signing_key(folder: Annotated[Path | None, typer.Argument(help="默认为设置中的目录")] = None) -> None:
    typer.echo(write_signing_key(folder or Settings().signing_keys_dir, now=real_now()))


@cli.command(name="add-data-key", help="加入一个新版本的数据密钥,先只用于解密;输出版本号")
def add_data_key() -> None:
    typer.echo(add_key(Settings().data_keys_file))


@cli.command(name="use-data-key", help="自下次启动起用这一版本加密")
def use_data_key(version: int) -> None:
    use_key(Settings().data_keys_file, version)


@cli.command(name="reseal", help="把旧密钥加密的内容用当前密钥重新加密;输出条数")
def reseal() -> None:
    typer.echo(asyncio.run(_reseal(Settings())))


@cli.command(name="install-keys", help="为一套新安装生成全部密钥与口令,每个服务一个目录;已有的不动")
def install_keys(
    folder: Annotated[Path, typer.Argument(help="各服务目录所在的目录")],
    cluster: Annotated[Path | None, typer.Option(help="数据库目录:其中已有数据而密钥不在时拒绝")] = None,
) -> None:
    if cluster is not None:
        installation.refuse_when_lost(folder.joinpath, cluster)
    installation.install_keys(folder.joinpath, now=real_now())
    installation.install_database_passwords(folder.joinpath)
    installation.install_backup_passphrase(folder.joinpath)
    installation.install_dashboard_password(folder.joinpath)
    _refuse_unusable(folder / "registry" / "data.json")
    typer.echo("密钥齐备")


async def _reseal(settings: Settings) -> int:
    engine = create_engine(settings)
    number = await resealing.reseal(engine, seals_of(settings.data_keys_file))
    await engine.dispose()
    return number


async def _invite(role: AdministratorRole, settings: Settings) -> IssuedLink:
    engine = create_engine(settings)
    async with transaction(engine, demonstration=settings.demonstration) as db:
        issued = await invite_administrator(db, role, settings=settings)
    await engine.dispose()
    return issued
