"""New keys without a refused request: first everybody can read by them, then they are written with."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from deploy.operator.installations import Installation

Tell = Callable[[str], None]


class Outcome(NamedTuple):
    sentence: str
    content: Mapping[str, Any]


def rotate_signing_key(installation: Installation, tell: Tell) -> Outcome:
    """The registry signs with it two minutes later, when all have fetched its public half."""
    tell("生成签名密钥")
    name = Path(installation.install_key("signing-key").splitlines()[-1]).name
    tell("重新启动登记服务")
    installation.restart("registry")
    return Outcome(f"新签名密钥 {name} 已公布,两分钟后启用;旧密钥仍可验证", {"key": name})


def rotate_data_key(installation: Installation, tell: Tell) -> Outcome:
    """Old versions stay in the file: backups need them."""
    tell("生成数据密钥")
    version = installation.install_key("add-data-key").splitlines()[-1]
    tell("让登记服务读入新密钥")
    installation.restart("registry")
    installation.install_key("use-data-key", version)
    tell("启用新密钥")
    installation.restart("registry")
    tell("重新加密")
    number = int(installation.run("registry", "reseal").splitlines()[-1])
    return Outcome(
        f"数据密钥版本 {version} 已启用,{number} 项已重新加密;请立即备份密钥", {"version": version, "resealed": number}
    )
