"""`python -m registry`: what every service can do, and what only the operator of the server may."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from kit.clock import real_now
from kit.commands import main
from kit.database import create_engine, transaction
from registry.activations.models import AdministratorRole
from registry.activations.service import IssuedLink
from registry.app import CONSUMERS, create_app
from registry.bootstrap.service import invite_administrator
from registry.keys.signing import write_signing_key
from registry.settings import Settings

cli = main(__file__, create_app, Settings, CONSUMERS)


@cli.command(help="为一名管理员生成一次性启用链接,激活码只显示这一次")
def bootstrap(role: Annotated[AdministratorRole, typer.Option(help="哪一种管理员")]) -> None:
    link = asyncio.run(_invite(role, Settings()))
    typer.echo(link.token)
    typer.echo(f"{role.label}:在 {link.expires_at:%Y-%m-%d %H:%M} UTC 前有效,只能用一次", err=True)


@cli.command(name="signing-key", help="生成一把新的签名密钥,重启后生效,旧密钥继续用于验证")
def signing_key(folder: Annotated[Path | None, typer.Argument(help="默认为设置中的目录")] = None) -> None:
    typer.echo(write_signing_key(folder or Settings().signing_keys_dir, now=real_now()))


async def _invite(role: AdministratorRole, settings: Settings) -> IssuedLink:
    engine = create_engine(settings)
    async with transaction(engine, demonstration=settings.demonstration) as db:
        issued = await invite_administrator(db, role, settings=settings)
    await engine.dispose()
    return issued
