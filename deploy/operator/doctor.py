"""What an operator would look at before trusting the server with another day."""

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from deploy.launcher.refusals import Refusal
from deploy.launcher.schemas import revisions_of
from deploy.operator.answers import Finding, Level
from deploy.operator.installations import SERVICES, Installation, asked

LARGEST_CLOCK_DIFFERENCE = 2.0
FEWEST_FREE_BYTES, FEWEST_FREE_SHARE = 5 * 2**30, 0.1
OLDEST_BACKUP_DAYS, ALARMING_BACKUP_DAYS = 1.5, 8.0
FEWEST_CERTIFICATE_DAYS = 30
# Of files and keys a container keeps what is new every few minutes, and reads every byte once a week.
MATERIAL = {
    "local": {"files": ("备份:附件与密钥", OLDEST_BACKUP_DAYS, ALARMING_BACKUP_DAYS)},
    "compose": {"files": ("备份:附件与密钥", 0.1, 1.0), "verified": ("备份:逐字节核对", 8.0, 15.0)},
}
OLDEST_MAJOR, NEWEST_MAJOR = 15, 18
DAY_SECONDS = 86400.0
OTHERS_MAY_READ = 0o077
COLLATIONS = """
SELECT datname AS name, pg_encoding_to_char(encoding) AS encoding, datcollate AS locale,
       datcollversion IS NOT DISTINCT FROM pg_database_collation_actual_version(oid) AS is_current
FROM pg_database WHERE datname IN ('registry', 'scoring', 'training') ORDER BY datname
"""
ARCHIVER = """
SELECT current_setting('archive_mode') AS mode, extract(epoch FROM now() - last_archived_time)::float AS age,
       coalesce(last_failed_time > last_archived_time, last_failed_time IS NOT NULL) AS is_failing
FROM pg_stat_archiver
"""
LONG_TRANSACTION_SECONDS = 60
LONG_TRANSACTIONS = """
SELECT pid, usename AS role, datname AS database, application_name AS application,
       extract(epoch FROM clock_timestamp() - xact_start)::int AS seconds
FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND xact_start IS NOT NULL ORDER BY xact_start
"""
WAYS_TO_BACK_UP = {
    "local": "liangxin backup enable,然后 liangxin backup take",
    "compose": "在 .env 写 COMPOSE_PROFILES=backup,然后 docker compose up -d --wait",
}
Check = Callable[[Installation], Iterator[Finding]]


def findings(installation: Installation) -> Iterator[Finding]:
    """Every check runs, whatever the others found."""
    for name, check in CHECKS.items():
        try:
            yield from check(installation)
        except Refusal as refusal:
            yield Finding(name, "failed", str(refusal))


def _clock(installation: Installation) -> Iterator[Finding]:
    before = time.time()
    found = installation.rows("registry", "SELECT extract(epoch FROM clock_timestamp())::float AS now")[0]["now"]
    off = max(before - found, found - time.time(), 0.0)
    level: Level = "ok" if off <= LARGEST_CLOCK_DIFFERENCE else "failed"
    yield Finding("时钟:数据库与本机", level, f"相差 {off:.1f} 秒")
    if shutil.which("timedatectl"):
        show = ("timedatectl", "show", "-p", "NTPSynchronized", "--value")
        done = subprocess.run(show, capture_output=True, text=True, check=False)
        is_followed = done.stdout.strip() == "yes"
        yield Finding("时钟:对时", "ok" if is_followed else "warning", "已对时" if is_followed else "本机没有对时服务")
    seconds = {service: asked(installation, service, "state")["clock_offset_seconds"] for service in SERVICES}
    same = len(set(seconds.values())) == 1
    detail = "各服务一致" + (f",演示时钟偏移 {seconds['registry']} 秒" if seconds["registry"] else "")
    yield Finding("时钟:业务日期", "ok" if same else "failed", detail if same else f"各服务不一致:{seconds}")


def _locale(installation: Installation) -> Iterator[Finding]:
    for row in installation.rows("postgres", COLLATIONS):
        if row["encoding"] != "UTF8":
            yield Finding(f"编码:{row['name']}", "failed", f"{row['encoding']},应为 UTF8")
        elif not row["is_current"]:
            yield Finding(
                f"排序:{row['name']}", "failed", "系统排序规则已变:请 REINDEX 后执行 REFRESH COLLATION VERSION"
            )
        else:
            yield Finding(f"编码与排序:{row['name']}", "ok", f"UTF8,{row['locale']}")


def _disk(installation: Installation) -> Iterator[Finding]:
    for volume in installation.volumes():
        share = volume["free"] / volume["size"]
        is_enough = volume["free"] >= FEWEST_FREE_BYTES and share >= FEWEST_FREE_SHARE
        detail = f"剩余 {volume['free'] / 2**30:.1f} GiB({share:.0%})"
        yield Finding(f"磁盘:{volume['name']}", "ok" if is_enough else "failed", detail)


def _versions(installation: Installation) -> Iterator[Finding]:
    found = {service: str(installation.answer(service, "/version")["version"]) for service in SERVICES}
    level: Level = "ok" if len(set(found.values())) == 1 else "warning"
    yield Finding("版本:服务", level, "、".join(f"{name} {version}" for name, version in found.items()))
    row = installation.rows("postgres", "SELECT current_setting('server_version_num')::int / 10000 AS major")[0]
    known = OLDEST_MAJOR <= row["major"] <= NEWEST_MAJOR
    yield Finding("版本:PostgreSQL", "ok" if known else "warning", f"{row['major']}")


def _migrations(installation: Installation) -> Iterator[Finding]:
    for service in SERVICES:
        found = asked(installation, service, "state")["revision"]
        expected = revisions_of(service)[-1]
        level: Level = "ok" if found == expected else "warning" if found > expected else "failed"
        detail = f"{found},程序要求 {expected}" + (":比程序新,回退之后是正常的" if found > expected else "")
        yield Finding(f"结构:{service}", level, detail)


def _feeds(installation: Installation) -> Iterator[Finding]:
    """One open write transaction, in whatever database, and no reader is given what came after it."""
    open_long = [
        f"进程 {row['pid']}(用户 {row['role']},库 {row['database']},程序 {row['application']})已开 {row['seconds']} 秒"
        for row in installation.rows("postgres", LONG_TRANSACTIONS)
        if row["seconds"] >= LONG_TRANSACTION_SECONDS
    ]
    detail = f"事件都在等它:{'、'.join(open_long)}" if open_long else "没有久开的写事务"
    yield Finding("事件:写事务", "warning" if open_long else "ok", detail)


def _keys(installation: Installation) -> Iterator[Finding]:
    files = installation.key_files()
    names = {Path(row["path"]).name for row in files}
    missing = [name for name in ("data.json", "clients.json", "attachments") if name not in names]
    if not any(name.endswith(".pem") for name in names):
        missing.append("签名密钥")
    yield Finding(
        "密钥:齐备", "failed" if missing else "ok", f"缺 {'、'.join(missing)}" if missing else f"{len(files)} 个"
    )
    loose = sorted(row["path"] for row in files if row["mode"] & OTHERS_MAY_READ)
    yield Finding("密钥:权限", "failed" if loose else "ok", f"他人可读:{'、'.join(loose)}" if loose else "仅属主可读")


def _backups(installation: Installation) -> Iterator[Finding]:
    taken = installation.backups()
    if not taken:
        yield Finding("备份", "failed", f"还没有数据库备份:{WAYS_TO_BACK_UP[installation.kind]}")
        return
    days = (time.time() - taken[-1]) / DAY_SECONDS
    if days < -LARGEST_CLOCK_DIFFERENCE / DAY_SECONDS:
        yield Finding("备份:最近一次", "failed", f"在 {-days:.1f} 天之后:备份时时钟错了")
    else:
        level: Level = "ok" if days < OLDEST_BACKUP_DAYS else "warning" if days < ALARMING_BACKUP_DAYS else "failed"
        yield Finding("备份:最近一次", level, f"{days:.1f} 天前")
    kept = installation.material()
    for name, (what, *limits) in MATERIAL[installation.kind].items():
        yield _age(what, kept.get(name), *limits)
    row = installation.rows("postgres", ARCHIVER)[0]
    is_working = row["mode"] == "on" and row["age"] is not None and not row["is_failing"]
    yield Finding(
        "备份:连续归档", "ok" if is_working else "failed", f"{row['age']:.0f} 秒前" if is_working else "没有在归档"
    )


def _age(what: str, moment: float | None, oldest: float, alarming: float) -> Finding:
    """In days."""
    if moment is None:
        return Finding(what, "warning", "还没有")
    days = (time.time() - moment) / DAY_SECONDS
    level: Level = "ok" if days < oldest else "warning" if days < alarming else "failed"
    return Finding(what, level, f"{days:.1f} 天前")


def _certificate(installation: Installation) -> Iterator[Finding]:
    ends = installation.certificate_ends()
    if ends is None:
        return
    days = (ends - time.time()) / DAY_SECONDS
    level: Level = "ok" if days >= FEWEST_CERTIFICATE_DAYS else "warning" if days > 0 else "failed"
    yield Finding("入口证书", level, f"还有 {days:.0f} 天" if days > 0 else f"已过期 {-days:.0f} 天")


CHECKS: dict[str, Check] = {
    "时钟": _clock,
    "编码与排序": _locale,
    "磁盘": _disk,
    "版本": _versions,
    "结构": _migrations,
    "事件": _feeds,
    "密钥": _keys,
    "入口证书": _certificate,
    "备份": _backups,
}
