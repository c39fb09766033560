"""What was begun goes on after a kill, and what was ended is over, whatever holds up the events meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import httpx2
import psycopg

from demo.district.codes import id_number
from deploy.launcher.postgres import LocalPostgres
from deploy.launcher.provision import conninfo
from kit.calendar import real_now
from registry.exchange.imports.workbooks import MEMBERS
from sheets import write_rows
from tests.support.branches import DIVISION, REGISTRY, SCORING, TRAINING, Branch
from tests.support.systems import System
from tests.support.voices import Voice

ROWS, A_DAY = 8_000, 500
RESUMED_SECONDS, REVOKED_SECONDS = 150.0, 30.0
ASKED = {
    "registry": f"{REGISTRY}/accounts/me",
    "training": f"{TRAINING}/vocabulary",
    "scoring": f"{SCORING}/vocabulary",
}
EVERYWHERE = ("gateway", *ASKED)
PASSWORD = "Zx9!kqWv7#Lm2p"


def members_of(code: str) -> bytes:
    rows = []
    for number in range(ROWS):
        born_on = date(1970, 1, 1) + timedelta(days=number // A_DAY)
        filled = {
            "姓名": "断点", "公民身份号码": id_number(DIVISION, born_on, number % A_DAY),
            "党员类别": "正式党员", "入党日期": "2010-07-01", "所在组织代码": code,
        }  # fmt: skip
        rows.append([filled.get(heading) for heading in MEMBERS.headings])
    return write_rows(MEMBERS.title, MEMBERS.headings, rows)


class TestAnImportOfAKilledService:
    def test_goes_on_by_itself_after_a_quick_restart(self, system: System, branch: Branch) -> None:
        """Its worker was replaced at once, long before its heartbeat could be missed."""
        officer = branch.officer
        code = officer.done("GET", f"{REGISTRY}/organizations/{branch.id}")["code"]
        opened = upload(system, officer, members_of(code))

        def progress() -> tuple[str, int]:
            told = officer.done("GET", f"{REGISTRY}/imports/{opened}")
            return str(told["state"]), int(told["row_count"])

        system.wait(lambda: progress()[0] == "checking")
        system.kill("registry")
        at_the_kill = progress()
        system.wait(lambda: progress() == ("published", ROWS), RESUMED_SECONDS)

        assert at_the_kill[0] == "checking"


def upload(system: System, who: Voice, content: bytes) -> str:
    answer = httpx2.post(
        f"{system.address}{REGISTRY}/imports/members",
        files={"file": ("名册.xlsx", content)},
        headers={"Authorization": f"Bearer {who.token}", "Idempotency-Key": uuid4().hex},
        timeout=60, trust_env=False,
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


@contextmanager
def forgotten_transaction(system: System) -> Iterator[int]:
    """Somebody's session in another database of the cluster; the process that serves it."""
    with psycopg.connect(conninfo(LocalPostgres(system.layout.postgres).url()), application_name="psql") as db:
        db.execute("SELECT pg_current_xact_id()")
        yield db.info.backend_pid


class TestTheEndOfAuthority:
    """At the gateway and at every service behind it, while the feeds stand still."""

    def test_of_a_disabled_account_holds_at_once(self, system: System) -> None:
        security = Voice(system, system.token([("security_administrator", None)]))
        username = f"u{uuid4().hex[:10]}"
        opened = security.done("POST", f"{REGISTRY}/accounts", {"username": username})
        link = f"{REGISTRY}/bootstrap/{opened['activation_token']}"
        assert security.done("POST", link, {"username": username, "password": PASSWORD})
        token = security.done("POST", f"{REGISTRY}/logins", {"username": username, "password": PASSWORD})[
            "access_token"
        ]
        account = security.done("GET", f"{REGISTRY}/accounts/{opened['id']}")
        with forgotten_transaction(system):
            assert answers(system, token) == dict.fromkeys(EVERYWHERE, 200)

            path = f"{REGISTRY}/accounts/{account['id']}/disabling"
            security.done("POST", path, {"reason": "离岗"}, account["version"])
            system.wait(lambda: answers(system, token) == dict.fromkeys(EVERYWHERE, 401), REVOKED_SECONDS)

    def test_of_who_left_holds_at_once(self, system: System, branch: Branch) -> None:
        security = Voice(system, system.token([("security_administrator", None)]))
        leaver = branch.members[-1]
        account = security.done(
            "POST", f"{REGISTRY}/accounts", {"username": f"u{uuid4().hex[:10]}", "member_id": leaver}
        )
        token = system.token([("member", branch.id)], leaver, subject=account["id"])
        with forgotten_transaction(system) as process:
            assert answers(system, token) == dict.fromkeys(EVERYWHERE, 200)

            member = branch.officer.done("GET", f"{REGISTRY}/members/{leaver}")
            branch.officer.done(
                "PATCH", f"{REGISTRY}/members/{leaver}", {"left_on": real_now().date().isoformat()}, member["version"]
            )
            system.wait(lambda: answers(system, token) == dict.fromkeys(EVERYWHERE, 401), REVOKED_SECONDS)
            system.wait(lambda: feed_of_registry(system) != "ok", RESUMED_SECONDS)
            inside = httpx2.get(f"{system.layout.url('registry')}/readyz", trust_env=False).json()["checks"]
            assert (
                f"by process {process} (role postgres, database postgres, application psql)" in inside["feed_horizon"]
            )


def feed_of_registry(system: System) -> str:
    checks = httpx2.get(f"{system.address}/readyz", trust_env=False).json()["checks"]
    return str(checks.get("feed_registry", "ok"))


def answers(system: System, token: str) -> dict[str, int]:
    """What the gateway says for a list of registry, and each service when asked past the gateway."""
    asked = {name: f"{system.layout.url(name)}{path}" for name, path in ASKED.items()}
    asked["gateway"] = f"{system.address}{ASKED['registry']}"
    headers = {"Authorization": f"Bearer {token}"}
    return {
        name: httpx2.get(url, headers=headers, timeout=30, trust_env=False).status_code for name, url in asked.items()
    }
