"""Debian's Prometheus and node exporter beside the system that is watched, for as long as it is."""

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.launcher.layout import HOST, OFFSETS, Layout
from deploy.launcher.parents import ending_with_parent
from deploy.launcher.refusals import Refusal

PROGRAMS = ("prometheus", "prometheus-node-exporter", "pgbackrest")
METRICS, NODE, PROMETHEUS = 50, 60, 61
SCRAPE_SECONDS, STOP_SECONDS = 3, 20


class NotInstalled(Refusal):
    def __init__(self, missing: list[str]) -> None:
        names = "、".join(missing)
        super().__init__(f"找不到 {names}:请先安装(Debian/Ubuntu:apt-get install {' '.join(missing)})")


def refuse_unless_installed() -> None:
    if missing := [program for program in PROGRAMS if shutil.which(program) is None]:
        raise NotInstalled(missing)


def settings(layout: Layout) -> dict[str, str]:
    """What makes the four show their metrics."""
    return {f"{name.upper()}_METRICS_PORT": str(layout.port_of(name) + METRICS) for name in OFFSETS}


def backup_metrics(layout: Layout) -> Path:
    """Where the node exporter looks for what the backup tells."""
    return layout.home / "metrics" / "backup.prom"


@contextmanager
def watched(layout: Layout) -> Iterator[str]:
    """Yields the address of Prometheus."""
    folder = backup_metrics(layout).parent
    folder.mkdir(parents=True)
    configuration = folder / "prometheus.json"
    configuration.write_text(json.dumps(_configuration(layout)), encoding="ascii")
    address = f"{HOST}:{layout.port + PROMETHEUS}"
    with ExitStack() as stack:
        stack.enter_context(_running(_node_exporter(layout), folder))
        options = (f"--config.file={configuration}", f"--storage.tsdb.path={folder / 'kept'}")
        stack.enter_context(_running(["prometheus", *options, f"--web.listen-address={address}"], folder))
        yield f"http://{address}"


def _configuration(layout: Layout) -> dict[str, object]:
    ports = {name: layout.port_of(name) + METRICS for name in OFFSETS} | {"node": layout.port + NODE}
    jobs = [{"job_name": name, "static_configs": [{"targets": [f"{HOST}:{port}"]}]} for name, port in ports.items()]
    return {"global": {"scrape_interval": f"{SCRAPE_SECONDS}s"}, "scrape_configs": jobs}


def _node_exporter(layout: Layout) -> list[str]:
    """Only the root: what else is mounted here is nobody's business."""
    return [
        "prometheus-node-exporter",
        "--collector.disable-defaults",
        "--collector.filesystem",
        "--collector.filesystem.mount-points-exclude=^/.+",
        "--collector.filesystem.fs-types-exclude=^rootfs$",
        "--collector.textfile",
        f"--collector.textfile.directory={backup_metrics(layout).parent}",
        f"--web.listen-address={HOST}:{layout.port + NODE}",
    ]


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[None]:
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            preexec_fn=ending_with_parent(signal.SIGKILL),  # noqa: PLW1509 - no other thread runs yet
        )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
