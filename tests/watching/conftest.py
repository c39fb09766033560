"""A real system that is watched: metrics on ports of their own, traces sent to a receiver."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import httpx2
import pytest

from demo.district.codes import id_number
from deploy.launcher.layout import Layout
from deploy.launcher.tests.conftest import free_port
from tests.support.branches import DIVISION, REGISTRY, found_branch
from tests.support.systems import SERVICES, System
from tests.watching.receiver import Receiver

CANARY = "SYSCANARY7281"


@dataclass
class Watched:
    system: System
    receiver: Receiver
    ports: dict[str, int]
    id_number: str
    token: str

    def metrics(self, service: str) -> str:
        answer = httpx2.get(f"http://127.0.0.1:{self.ports[service]}/metrics", timeout=10, trust_env=False)
        answer.raise_for_status()
        return answer.text

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return httpx2.get(f"{self.system.layout.address}{path}", headers=headers, timeout=20, trust_env=False)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    receiver = Receiver()
    layout = Layout(tmp_path_factory.mktemp("system") / "home", free_port())
    ports = {service: layout.port_of(service) + 50 for service in SERVICES}
    settings = {f"{service.upper()}_METRICS_PORT": str(port) for service, port in ports.items()}
    settings |= {f"{service.upper()}_OTLP_URL": receiver.url for service in SERVICES}
    settings |= {"OTEL_BSP_SCHEDULE_DELAY": "200"}
    system = System(layout, settings=settings)
    try:
        system.start("--empty")
        system.wait(system.is_ready)
        branch = found_branch(system)
        token = system.token([("district_officer", None)])
        number = id_number(DIVISION, date(1985, 3, 9), 0)
        watching = Watched(system, receiver, ports, number, token)
        watching.get(f"{REGISTRY}/members?q={CANARY}", authorization=f"Bearer {token}")
        watching.get(f"{REGISTRY}/bootstrap/{CANARY}")
        watching.get(f"/{CANARY}", **{"user-agent": CANARY, "x-request-id": f"{CANARY}1"})
        branch.secretary.done("GET", f"{REGISTRY}/organizations/{branch.id}")
        yield watching
    finally:
        system.stop()
        receiver.close()
