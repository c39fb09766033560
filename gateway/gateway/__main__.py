"""`python -m gateway serve | openapi`."""

from observing import lean

lean.begin()

import json
from pathlib import Path
from typing import Annotated

import typer

from gateway.app import create_app
from gateway.protocol import edge_protocol
from gateway.settings import Settings
from hosting.refusals import CommandLine, read_secret
from hosting.serving import Server
from observing import telemetry

cli = CommandLine("GATEWAY_")


@cli.command(help="启动网关")
def serve() -> None:
    settings = Settings()
    if settings.client_secret_file:
        read_secret(Path(settings.client_secret_file))
    telemetry.begin("gateway", host=settings.host, metrics_port=settings.metrics_port, otlp_url=settings.otlp_url)
    app = create_app(settings)
    Server(app, settings.host, settings.port, http=edge_protocol(settings), ws="none").run()


@cli.command(help="写出网关自身的接口文档 openapi.json")
def openapi(target: Annotated[Path | None, typer.Argument()] = None) -> None:
    document = json.dumps(create_app().openapi(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (target or Path(__file__).resolve().parent.parent / "openapi.json").write_text(document, encoding="utf-8")


if __name__ == "__main__":
    cli()
