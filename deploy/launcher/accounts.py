"""PostgreSQL refuses to run as root: how root starts it all the same."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from deploy.launcher.refusals import Refusal


class NoAccount(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "以 root 运行时需要用户命名空间,或一个能进入数据目录的 postgres/nobody 账户:请改用普通用户运行"
        )


class RunAs(NamedTuple):
    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _can_enter(account: pwd.struct_passwd, folder: Path) -> bool:
    answer = subprocess.run(["test", "-x", folder], user=account.pw_uid, group=account.pw_gid, check=False)
    return answer.returncode == 0


def account_for(data: Path) -> RunAs:
    """As root: a user namespace in which we look like nobody, else another account that then owns the folder."""
    if os.geteuid() != 0:
        return RunAs()
    nobody = _known("nobody")
    if nobody is not None and shutil.which("unshare"):
        prefix = ("unshare", "--user", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}")
        if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0:
            _give(data, 0, 0)
            return RunAs(prefix)
    for account in filter(None, (_known("postgres"), nobody)):
        if _can_enter(account, data.parent):
            _give(data, account.pw_uid, account.pw_gid)
            return RunAs((), account.pw_uid, account.pw_gid)
    raise NoAccount


def _give(folder: Path, uid: int, gid: int) -> None:
    if not folder.exists() or folder.stat().st_uid == uid:
        return
    for parent, _, files in os.walk(folder):
        os.chown(parent, uid, gid)
        for name in files:
            os.chown(Path(parent) / name, uid, gid, follow_symlinks=False)
