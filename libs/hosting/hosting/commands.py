"""`python -m <service>`: serve, migrate, write the OpenAPI document, look after events."""

import asyncio
import json
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from fastapi import FastAPI
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from hosting import health
from hosting.domains import consumers_of
from hosting.engines import create_engine
from hosting.epochs import begin_epoch
from hosting.refusals import CommandLine
from hosting.serving import Server
from hosting.settings import ServiceSettings
from hosting.state import state_of
from kit.database import transaction
from kit.domains import Domain
from kit.events.consumer import Consumer, parked_events
from observing import telemetry

CreateApp = Callable[[], FastAPI]
LoadSettings = Callable[[], ServiceSettings]
T = TypeVar("T")


class ServiceCommandLine(CommandLine):
    def sentence_of(self, error: Exception) -> str | None:
        if isinstance(error, OperationalError):
            return f"数据库不可用:{' '.join(str(error.orig).split())}"
        return super().sentence_of(error)


def main(
    package_file: str,
    create_app: CreateApp,
    load_settings: LoadSettings,
    domains: Sequence[Domain] = (),
    needs: Callable[[], None] = lambda: None,
    events: Callable[[], dict[str, Any]] = dict,
) -> ServiceCommandLine:
    """The command line of a service; it may add its own.

    `needs` looks at the keys it cannot do without (`Refusal`); `events` describes what the service tells others.
    """
    cli = ServiceCommandLine(f"{Path(package_file).parent.name.upper()}_")
    scripts = health.shipped_with(package_file, "migrations")

    def usable_settings() -> ServiceSettings:
        settings = load_settings()
        settings.client_secret()
        needs()
        return settings

    @cli.command(help="启动服务")
    def serve() -> None:
        settings = usable_settings()
        _watch(settings, Path(package_file).parent.name)
        server = Server(create_app(), settings.host, settings.port)
        with socket.socket() as shared:  # not listening before the application is ready: its successor may be beside it
            for shareable in (socket.SO_REUSEPORT, socket.SO_REUSEADDR):
                shared.setsockopt(socket.SOL_SOCKET, shareable, 1)
            shared.bind((settings.host, settings.port))
            server.run([shared])

    @cli.command(help="只运行后台任务与事件读取,不开端口")
    def work() -> None:
        settings = usable_settings()
        _watch(settings, f"{Path(package_file).parent.name}-worker")
        asyncio.run(_until_told_to_stop(create_app(), settings.heartbeat_file))

    _add_documents(cli, scripts.parent, create_app, events)
    _add_database(cli, load_settings, scripts)
    cli.add_typer(_events(load_settings, consumers_of(domains)), name="events", help="事件的搁置、重放与回卷")
    return cli


def _add_documents(
    cli: ServiceCommandLine, folder: Path, create_app: CreateApp, events: Callable[[], dict[str, Any]]
) -> None:
    @cli.command(help="写出接口文档 openapi.json")
    def openapi(target: Annotated[Path | None, typer.Argument()] = None) -> None:
        _write(target or folder / health.DOCUMENT, create_app().openapi())

    @cli.command(help="写出事件文档 events.json")
    def events_schema(target: Annotated[Path | None, typer.Argument()] = None) -> None:
        _write(target or folder / "events.json", events())


def _write(target: Path, document: dict[str, Any]) -> None:
    target.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _watch(settings: ServiceSettings, name: str) -> None:
    telemetry.begin(name, host=settings.host, metrics_port=settings.metrics_port, otlp_url=settings.otlp_url)


async def _until_told_to_stop(app: FastAPI, heartbeat: Path) -> None:
    """The service's lifespan without its port (D20); how old the heartbeat is tells whether everything is ready."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for ending in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(ending, stopping.set)
    async with app.router.lifespan_context(app):
        while not stopping.is_set():
            checks = await health.checks_of(app)
            if {value for name, value in checks.items() if name != "feed_horizon"} == {"ok"}:
                await asyncio.to_thread(heartbeat.touch)
            with suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), health.BEAT_SECONDS)


def _add_database(cli: ServiceCommandLine, load_settings: LoadSettings, scripts: Path) -> None:
    @cli.command(help="把数据库升级到本版本的结构")
    def migrate() -> None:
        """Alembic is needed here only, and a service does without it."""
        from alembic import command

        from hosting import migrations

        command.upgrade(migrations.config(scripts, load_settings().owner_database_url), "head")

    @cli.command(help="数据库的结构版本、业务时钟的偏移、搁置的事件与最近的事件(JSON)")
    def state() -> None:
        typer.echo(json.dumps(asyncio.run(on_engine(load_settings(), state_of))))


async def on_engine(settings: ServiceSettings, act: Callable[[AsyncEngine], Awaitable[T]]) -> T:
    engine = create_engine(settings)
    try:
        return await act(engine)
    finally:
        await engine.dispose()


def _events(load_settings: LoadSettings, consumers: Sequence[Consumer]) -> typer.Typer:
    cli = typer.Typer(no_args_is_help=True)
    by_source = {consumer.source: consumer for consumer in consumers}

    @cli.command(help="列出被搁置的事件数量")
    def parked() -> None:
        async def count(engine: AsyncEngine) -> list[tuple[str, str, int]]:
            async with transaction(engine) as db:
                columns = (parked_events.c.source, parked_events.c.reason)
                rows = await db.execute(select(*columns, func.count()).group_by(*columns))
                return [(row[0], row[1], row[2]) for row in rows]

        for source, reason, number in asyncio.run(on_engine(load_settings(), count)):
            typer.echo(f"{source}\t{reason}\t{number}")

    @cli.command(help="重新处理被搁置的事件")
    def replay(source: str) -> None:
        done, left = asyncio.run(on_engine(load_settings(), by_source[source].replay_parked))
        typer.echo(f"已处理 {done} 条,仍搁置 {left} 条")

    @cli.command(help="从头重读某个来源的全部事件")
    def rewind(source: str) -> None:
        asyncio.run(on_engine(load_settings(), by_source[source].rewind))
        typer.echo("已回到起点,服务将重新读取全部事件")

    @cli.command(name="new-epoch", help="恢复或迁入数据之后:开始新的事件纪元,全部读者从头核对")
    def new_epoch() -> None:
        epoch, moved = begin_epoch(load_settings().owner_database_url)
        typer.echo(f"事件纪元 {epoch},含原有事件 {moved} 条")

    return cli
