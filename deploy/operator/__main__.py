"""`liangxin`: what the operator of a server does.

Ends with 0 when all is well, 1 when something was found, 2 when it could not be done.
"""

import signal
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Annotated, Literal, NoReturn
from zoneinfo import ZoneInfo

import typer

from deploy.backup.refusals import OnlyComposed
from deploy.launcher.layout import Layout
from deploy.launcher.refusals import Refusal
from deploy.operator import backups, district, doctor, maintenance, rotation, status, upgrading
from deploy.operator.answers import Finding, console, progress_console, show, show_findings
from deploy.operator.composed import ComposedInstallation, is_composed
from deploy.operator.installations import SERVICES, Installation, asked
from deploy.operator.local import LocalInstallation
from deploy.operator.places import ComposedPlace, FolderPlace

NOT_DONE = 2
SHORTEST_PASSPHRASE = 16
Json = Annotated[bool, typer.Option("--json", help="输出 JSON,供程序读取")]
Role = Literal["system_administrator", "security_administrator", "audit_administrator"]
Service = Literal["registry", "scoring", "training"]
commands = typer.Typer(help="两新系统的运维工具。", no_args_is_help=True, pretty_exceptions_enable=False)
commands.add_typer(backups.commands, name="backup", help="备份、核对与恢复")
chosen: dict[str, Installation] = {}


class PassphraseShort(Refusal):
    def __init__(self, file: Path) -> None:
        super().__init__(f"{file} 中的口令太短:至少 {SHORTEST_PASSPHRASE} 个字节,如 openssl rand -base64 32 > {file}")


@commands.callback()
def choose(
    context: typer.Context,
    where: Annotated[Literal["auto", "local", "compose"], typer.Option(help="哪一种安装;auto 先看 Compose")] = "auto",
) -> None:
    is_there = where == "compose" or (where == "auto" and is_composed())
    found: Installation = ComposedInstallation() if is_there else LocalInstallation(Layout.from_environment())
    chosen["installation"] = context.obj = found


def installation() -> Installation:
    return chosen["installation"]


@commands.command(name="status", help="各进程是否就绪、有无搁置的事件")
def show_status(as_json: Json = False) -> None:
    show_findings(list(status.findings(installation())), as_json=as_json)


@commands.command(name="doctor", help="逐项检查时钟、编码、磁盘、版本、结构、密钥与备份")
def show_doctor(as_json: Json = False) -> None:
    with progress_console.status("正在检查 …"):
        found = list(doctor.findings(installation()))
    show_findings(found, as_json=as_json)


@commands.command(help="为一名管理员生成一次性启用码")
def bootstrap(role: Annotated[Role, typer.Option(help="哪一种管理员")], as_json: Json = False) -> None:
    token = installation().run("registry", "bootstrap", "--role", role).splitlines()[-1]
    show(token, {"role": role, "token": token}, as_json=as_json)


@commands.command(name="verify-ledger", help="重新加总全部台账,与每个对象的积分余额核对")
def verify_ledger(as_json: Json = False) -> None:
    with progress_console.status("正在加总台账 …"):
        summary = asked(installation(), "scoring", "verify", "--json")
    wrong = summary["differences"]
    counted = f"{summary['subjects']} 个对象、{summary['entries']} 条台账、{summary['points']} 分"
    findings = [Finding("台账与余额", "failed" if wrong else "ok", counted)]
    findings += [
        Finding(
            f"{row['subject_id']} {row['points_year']}",
            "failed",
            f"{row['indicator_code']} 第 {row['period'] + 1} 期:台账 {row['entries']},余额 {row['total']}",
        )
        for row in wrong
    ]
    show_findings(findings, as_json=as_json)


@commands.command(name="replay-events", help="重新处理搁置的事件;--from-start 从头重读全部事件")
def replay_events(
    service: Annotated[Service, typer.Argument(help="哪个服务读取")],
    source: Annotated[Service, typer.Argument(help="谁的事件")],
    from_start: Annotated[bool, typer.Option("--from-start", help="从头重读(结果不变,只会补齐)")] = False,
    as_json: Json = False,
) -> None:
    with progress_console.status("正在处理事件 …"):
        said = installation().run(service, "events", "rewind" if from_start else "replay", source)
    show(said, {"service": service, "source": source, "said": said}, as_json=as_json)


@commands.command(name="new-epoch", help="恢复数据之后:各服务开始新的事件纪元,全部读者从头核对")
def new_epoch(as_json: Json = False) -> None:
    said = {service: installation().run(service, "events", "new-epoch", as_owner=True) for service in SERVICES}
    show("\n".join(f"{service}:{sentence}" for service, sentence in said.items()), said, as_json=as_json)


@commands.command(name="rotate-keys", help="更换密钥:signing 登录签名,data 公民身份号码与手机号")
def rotate_keys(
    kind: Annotated[Literal["signing", "data"], typer.Argument(help="哪一种")], as_json: Json = False
) -> None:
    rotate = {"signing": rotation.rotate_signing_key, "data": rotation.rotate_data_key}[kind]
    with progress_console.status("正在更换密钥 …") as shown:
        outcome = rotate(installation(), lambda step: shown.update(f"{step} …"))
    show(outcome.sentence, outcome.content, as_json=as_json)


@commands.command(name="upgrade", help="换成另一个版本(升级或回退),使用者没有感觉;结构只加不减,回退也用它")
def upgrade(
    context: typer.Context,
    version: Annotated[str, typer.Argument(help="版本号,即镜像的标签;镜像须已在这台机器上")],
    as_json: Json = False,
) -> None:
    if context.obj.kind != "compose":
        raise OnlyComposed
    with progress_console.status("正在更换 …") as shown:
        upgrading.exchange_release(version, lambda step: shown.update(f"{step} …"))
    written = upgrading.settings_file().name
    sentence = f"已换成 {version},写入 {written};入口与数据库在下次 docker compose up -d --wait 时更换"
    show(sentence, {"version": version}, as_json=as_json)


@commands.command(name="maintenance", help="维护模式:网关只放行读取,写入答复 503")
def switch_maintenance(
    switch: Annotated[Literal["on", "off", "show"], typer.Argument(help="开、关或查看")] = "show",
    minutes: Annotated[int, typer.Option(min=1, max=7 * 24 * 60, help="预计多少分钟后恢复")] = 30,
    as_json: Json = False,
) -> None:
    file = installation().maintenance_file
    if switch == "on":
        until = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(minutes=minutes)
        maintenance.begin(file, until)
    elif switch == "off":
        maintenance.end(file)
    until_text = maintenance.expected_end(file)
    sentence = "维护模式未开启" if until_text is None else f"维护模式已开启,预计 {until_text} 恢复"
    show(sentence, {"is_on": until_text is not None, "until": until_text}, as_json=as_json)


@commands.command(name="export", help="把整个区的数据、附件与密钥迁出为一个加密文件(期间只读)")
def export_district(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(help="目标文件")],
    passphrase_file: Annotated[Path, typer.Option(help="口令文件", exists=True, dir_okay=False)],
    as_json: Json = False,
) -> None:
    place = ComposedPlace() if context.obj.kind == "compose" else FolderPlace(Layout.from_environment())
    with progress_console.status("正在迁出 …") as shown:
        passphrase = _passphrase(passphrase_file)
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise PassphraseShort(passphrase_file)
        left = district.export(place, target.absolute(), passphrase, lambda step: shown.update(f"{step} …"))
    show(f"{target}:{left.rows} 行", {"file": str(target), "rows": left.rows}, as_json=as_json)


@commands.command(name="import", help="从迁出的文件建立一套新的安装,并逐表核对;可以是另一个大版本的 PostgreSQL")
def import_district(
    source: Annotated[Path, typer.Argument(help="迁出的文件", exists=True, dir_okay=False)],
    passphrase_file: Annotated[Path, typer.Option(help="口令文件", exists=True, dir_okay=False)],
    home: Annotated[Path | None, typer.Argument(help="空目录(make run 的安装);不写则迁入 Compose")] = None,
    as_json: Json = False,
) -> None:
    place = ComposedPlace() if home is None else FolderPlace(Layout(home.absolute(), Layout.from_environment().port))
    with progress_console.status("正在核对文件 …") as shown:
        passphrase = _passphrase(passphrase_file)
        left = district.import_into(place, source, passphrase, lambda step: shown.update(f"{step} …"))
    start = "docker compose up -d --wait" if home is None else f"LIANGXIN_HOME={home} make run"
    sentence = f"已迁入 {left.rows} 行,逐表一致。启动:{start}"
    if left.roles:
        sentence += f"\n角色 {'、'.join(left.roles)} 已建立,没有口令,还不能登录:请另设"
    if place.installation.maintenance_file.exists():
        sentence += "\n维护模式还开着:liangxin maintenance off"
    content = {"home": None if home is None else str(home), "rows": left.rows, "roles": list(left.roles)}
    show(sentence, content, as_json=as_json)


def _passphrase(file: Path) -> bytes:
    return file.read_bytes().strip()


def refuse(sentence: str) -> NoReturn:
    console.file = sys.stderr
    console.print(sentence, soft_wrap=True, markup=False)
    sys.exit(NOT_DONE)


def refusing(run: Callable[[], None]) -> Callable[[], None]:
    @wraps(run)
    def wrapped() -> None:
        try:
            run()
        except Refusal as refusal:
            refuse(str(refusal))
        except OSError as error:
            refuse(f"读写 {error.filename or '文件'} 没有成功({error.strerror}):请检查路径、权限与磁盘空间")

    return wrapped


@refusing
def main() -> None:
    """Told to end it ends as by Ctrl-C, so that what was closed is opened again."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, lambda *_: sys.exit(NOT_DONE))
    commands(prog_name="liangxin")


if __name__ == "__main__":
    main()
