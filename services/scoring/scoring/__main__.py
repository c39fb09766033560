from observing import lean

lean.begin()

import asyncio
import json
from typing import Annotated

import typer

from hosting.commands import main, on_engine
from kit.refusals import Refusal
from records.events import described
from scoring import app
from scoring.points.evidence.stores import link_key
from scoring.points.ledger.verification import verify
from scoring.settings import Settings


def _needs() -> None:
    file = Settings().attachments_key_file
    try:
        link_key(file)
    except OSError as error:
        raise Refusal(f"读不到密钥文件 {file}:{error.strerror}") from error


cli = main(app.__file__, app.create_app, Settings, app.DOMAINS, _needs, events=lambda: described("scoring"))


@cli.command(name="verify", help="重新加总全部台账,与每个对象的积分余额核对")
def verify_ledger(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取")] = False) -> None:
    found = asyncio.run(on_engine(Settings(), verify))
    counted = f"{found['subjects']} 个对象、{found['entries']} 条台账、{found['points']} 分"
    typer.echo(json.dumps(found) if as_json else f"{counted},不符 {len(found['differences'])} 处")


if __name__ == "__main__":
    cli()
