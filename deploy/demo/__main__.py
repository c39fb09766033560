from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from deploy.demo.district import build_district
from deploy.demo.joint import build_joint_district
from deploy.demo.workbooks import save_workbooks

commands = typer.Typer(help="示范区:生成四张导入工作簿,或经公开接口导入。", no_args_is_help=True)


@commands.callback()
def main() -> None:
    pass


@commands.command()
def write(
    folder: Annotated[Path, typer.Argument(help="写到哪个文件夹")],
    joint: Annotated[bool, typer.Option("--joint", help="改写小样本:42 个联合党支部覆盖 900 家单位")] = False,
) -> None:
    """写出 组织、单位、党员、职务 四张工作簿。"""
    for path in save_workbooks(build_joint_district() if joint else build_district(), folder):
        Console().print(str(path), highlight=False)


if __name__ == "__main__":
    commands()
