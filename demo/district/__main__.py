from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from demo.district.district import build_district
from demo.district.invitations import bootstrap_token
from demo.district.joint import build_joint_district
from demo.district.load import load_if_empty
from demo.district.workbooks import save_workbooks

commands = typer.Typer(help="示范区:生成四张导入工作簿,或经公开接口导入。", no_args_is_help=True)


@commands.command()
def write(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹")],
    joint: Annotated[bool, typer.Option("--joint", help="改写小样本:42 个联合党支部覆盖 900 家单位")] = False,
) -> None:
    """写出 组织、单位、党员、职务 四张工作簿。"""
    for path in save_workbooks(build_joint_district() if joint else build_district(), folder):
        Console().print(str(path), highlight=False)


@commands.command()
def load(
    address: Annotated[str, typer.Argument(help="网关地址,如 http://gateway:8000")],
    accounts: Annotated[Path, typer.Argument(help="示范账号写在哪个文件")],
) -> None:
    """经公开接口载入示范区一次;中断后再执行会接着做。"""
    load_if_empty(address, bootstrap_token, accounts)
    Console().print(f"示范区已载入,账号写在 {accounts}", highlight=False)


if __name__ == "__main__":
    commands()
