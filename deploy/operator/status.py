"""What runs, and whether it is ready."""

from collections.abc import Iterator

from deploy.launcher.refusals import Refusal
from deploy.operator.answers import Finding
from deploy.operator.installations import DEPLOYABLES, SERVICES, Installation, Unreachable, asked


def findings(installation: Installation) -> Iterator[Finding]:
    for service in DEPLOYABLES:
        yield _process(installation, service)
    for name, wrong in sorted(installation.others().items()):
        yield Finding(name, "failed" if wrong else "ok", wrong or "正常")
    for service in SERVICES:
        yield _parked(installation, service)
    is_on = installation.maintenance_file.exists()
    yield Finding("维护模式", "warning" if is_on else "ok", "已开启:网关拒绝登录和提交" if is_on else "未开启")


def _process(installation: Installation, service: str) -> Finding:
    try:
        answer = installation.answer(service, "/readyz")
    except Unreachable as error:
        return Finding(service, "failed", str(error))
    wrong = [f"{name} {value}" for name, value in answer["checks"].items() if value != "ok"]
    if answer["status"] != "ok":
        return Finding(service, "failed", ";".join(wrong))
    return Finding(service, "warning" if wrong else "ok", ";".join(wrong) or "就绪")


def _parked(installation: Installation, service: str) -> Finding:
    try:
        number = asked(installation, service, "state")["parked_events"]
    except Refusal as error:
        return Finding(f"{service} 事件", "failed", str(error))
    if number:
        return Finding(f"{service} 事件", "warning", f"搁置 {number} 条:liangxin replay-events {service}")
    return Finding(f"{service} 事件", "ok", "没有搁置")
