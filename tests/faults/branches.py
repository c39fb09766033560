"""A branch of four in a running system, and who may write for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import httpx2

from deploy.demo.codes import id_number
from tests.support.systems import Grants, System

REGISTRY, TRAINING, SCORING = "/api/v1/registry", "/api/v1/training", "/api/v1/scoring"
DIVISION = "990100"
PATIENCE_SECONDS = 60
AGAIN = {401, 404, 429, 500, 502, 503, 504}


@dataclass(frozen=True)
class Voice:
    """One person at the gateway. What is not acknowledged is sent again with the same key, as a client would."""

    system: System
    token: str

    def once(self, method: str, path: str, body: Any = None, key: str | None = None) -> httpx2.Response | None:
        """None when nobody answered."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or uuid4().hex}
        url = self.system.layout.address + path
        try:
            return httpx2.request(method, url, json=body, headers=headers, timeout=35, trust_env=False)
        except httpx2.TransportError:
            return None

    def done(self, method: str, path: str, body: Any = None) -> Mapping[str, Any]:
        """Until it is acknowledged; the projections of a service may still be on their way."""
        key = uuid4().hex
        answers: list[httpx2.Response | None] = []

        def is_acknowledged() -> bool:
            answers.append(self.once(method, path, body, key))
            last = answers[-1]
            assert last is None or last.is_success or last.status_code in AGAIN, last.text
            return last is not None and last.is_success

        self.system.wait(is_acknowledged, PATIENCE_SECONDS)
        last = answers[-1]
        assert last is not None
        return dict(last.json())

    def every(self, path: str) -> list[Mapping[str, Any]]:
        page = self.done("GET", f"{path}?limit=200")
        items = list(page["items"])
        while page["next"]:
            page = self.done("GET", f"{path}?limit=200&after={page['next']}")
            items += page["items"]
        return items


@dataclass(frozen=True)
class Branch:
    id: str
    members: tuple[str, ...]
    secretary: Voice
    speakers: tuple[Voice, ...]
    officer: Voice


def found_branch(system: System) -> Branch:
    def voice(grants: Grants, person: str | None = None) -> Voice:
        return Voice(system, system.token(grants, person))

    administrator = voice([("system_administrator", None)])
    parent: dict[str, str] = {"division": DIVISION}
    made: list[str] = []
    for kind, fields in (
        ("district_committee", {}),
        ("work_committee", {}),
        ("committee", {"host_kind": "town"}),
        ("branch", {}),
    ):
        body = {"name": f"试验{kind}", "kind": kind, "founded_on": "2015-07-01", **fields, **parent}
        made.append(administrator.done("POST", f"{REGISTRY}/organizations", body)["id"])
        parent = {"parent_id": made[-1]}
    root, branch = made[0], made[-1]
    officer = voice([("district_officer", root)])
    members = []
    for number in range(4):
        person = {"name": "王小明", "id_number": id_number(DIVISION, date(1985, 3, 9), number), "stage": "formal"}
        created = officer.done("POST", f"{REGISTRY}/members", {**person, "organization_id": branch})
        members.append(str(created["id"]))
    return Branch(
        id=branch,
        members=tuple(members),
        secretary=voice([("branch_secretary", branch), ("member", branch)], members[0]),
        speakers=tuple(voice([("member", branch)], one) for one in members),
        officer=officer,
    )
