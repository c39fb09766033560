"""Some minutes of an ordinary district, with more requests than the gateway takes and a service that stops once."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from deploy.backup.vault import Vault
from deploy.backup.work import played_year
from deploy.bench.callers import officers
from deploy.bench.generator import WARM_UP_SHARE, Job, measure
from deploy.bench.loads import get
from deploy.bench.system import serving
from deploy.launcher.layout import Layout
from deploy.observability.pictures.watching import backup_metrics

OFFICERS, CONNECTIONS = 16, 8
READS = (
    "registry/members?limit=50",
    "registry/organizations?limit=50",
    "registry/units?limit=50",
    "registry/posts?limit=50",
    "registry/overview",
    "scoring/overview",
    "scoring/entries?limit=50",
    "scoring/claims?limit=50",
    "scoring/reviews?limit=50",
    "training/overview",
    "training/meetings?limit=50",
    "training/study-hours?year=2025&limit=50",
)
STRANGER, MORE_THAN_ALLOWED = "registry/members", 70.0
SECONDS_OF_A_CROWD = 20.0


@dataclass(frozen=True, slots=True)
class Hour:
    """A share of the time, and requests a second within it."""

    share: float
    rate: float


MORNING = (Hour(0.12, 8), Hour(0.16, 24), Hour(0.12, 45))
AFTERNOON = (Hour(0.16, 30), Hour(0.16, 50), Hour(0.28, 8))


def work(layout: Layout, seconds: float) -> None:
    requests = [get(f"/api/v1/{path}", token) for token in officers(layout, OFFICERS) for path in READS]
    _back_up(layout)
    with played_year(layout):
        _spend(layout, requests, MORNING, seconds)
        _back_up(layout)
        crowd = [get(f"/api/v1/{STRANGER}", "nobody")]
        measure(Job(layout.port, crowd * CONNECTIONS, CONNECTIONS, SECONDS_OF_A_CROWD, MORE_THAN_ALLOWED))
        os.kill(int(serving("training", layout).name), signal.SIGKILL)
        _spend(layout, requests, AFTERNOON, seconds)


def _spend(layout: Layout, requests: Sequence[str], hours: Sequence[Hour], seconds: float) -> None:
    for hour in hours:
        measure(Job(layout.port, requests, CONNECTIONS, hour.share * seconds / (1 + WARM_UP_SHARE), hour.rate))


def _back_up(layout: Layout) -> None:
    finished_at = Vault(layout).take().finished_at.timestamp()
    backup_metrics(layout).write_text(f"liangxin_backup_finished_timestamp_seconds {finished_at}\n", encoding="ascii")
