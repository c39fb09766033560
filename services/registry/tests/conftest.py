"""A registry on a fresh database, and the few people and organisations its tests are about."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest
from fastapi import FastAPI

from deploy.launcher.provision import conninfo
from hosting.tokens import Verifier
from kit.calendar import real_now
from kit.database import app_transaction
from kit.ids import uuid7
from registry.app import create_app
from registry.database import Base
from registry.identity.activations.models import AdministratorRole
from registry.identity.bootstrap.service import invite_administrator
from registry.identity.keys.signing import SigningKeys, write_signing_key
from registry.members.members.kinds import MemberStage, Sex
from registry.members.members.models import Member
from registry.settings import Settings
from registry.tree.organizations.kinds import OrganizationKind
from registry.tree.organizations.models import PartyOrganization
from registry.tree.posts.kinds import PostKind
from registry.tree.posts.models import Post
from services.registry.tests.registers import Registers, open_registers
from tests.support.clients import ServiceClient, service_settings
from tests.support.databases import Database, MakeDatabase

T = TypeVar("T", bound=Base)
PASSWORD = "Correct-Horse-7-Battery"
KINDS = {
    1: OrganizationKind.DISTRICT_COMMITTEE,
    2: OrganizationKind.WORK_COMMITTEE,
    3: OrganizationKind.COMMITTEE,
    4: OrganizationKind.BRANCH,
}


@pytest.fixture(scope="session")
def signing_keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    write_signing_key(folder, now=real_now())
    return folder


@pytest.fixture(scope="session")
def registry_keys(signing_keys_dir: Path) -> SigningKeys:
    """The keys the registry under test signs with, so that tests can forge."""
    return SigningKeys(signing_keys_dir)


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    return make_database("registry")


@dataclass
class Registry:
    """What a test does to the registry over HTTP, and what it puts into the tables first."""

    app: FastAPI
    http: httpx2.AsyncClient
    database: Database
    logins: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def invite(self, role: AdministratorRole) -> str:
        async with app_transaction(self.app) as db:
            return (await invite_administrator(db, role, settings=self.app.state.settings)).token

    async def activate(self, token: str, **body: Any) -> httpx2.Response:
        return await self.http.post(f"/api/v1/registry/bootstrap/{token}", json={"password": PASSWORD, **body})

    async def login(self, username: str, password: str = PASSWORD, **headers: str) -> httpx2.Response:
        body = {"username": username, "password": password}
        return await self.http.post("/api/v1/registry/logins", json=body, headers=headers)

    async def refresh(self, refresh_token: str) -> httpx2.Response:
        return await self.http.post("/api/v1/registry/logins/refresh", json={"refresh_token": refresh_token})

    async def administrator(self, role: AdministratorRole = AdministratorRole.SECURITY) -> dict[str, str]:
        """Headers of a signed-in administrator."""
        username = f"{role.name.lower()}.{uuid4().hex[:6]}"
        answer = await self.activate(await self.invite(role), username=username)
        assert answer.status_code == 201, answer.text
        return await self.signed_in(username)

    async def signed_in(self, username: str) -> dict[str, str]:
        answer = await self.login(username)
        assert answer.status_code == 201, answer.text
        self.logins[username] = answer.json()
        return bearer(answer.json()["access_token"])

    async def account(self, security: dict[str, str], username: str, **person: Any) -> UUID:
        body = {"username": username, **{name: str(value) for name, value in person.items()}}
        opened = await self.http.post("/api/v1/registry/accounts", json=body, headers=security)
        assert opened.status_code == 201, opened.text
        activated = await self.activate(opened.json()["activation_token"])
        assert activated.status_code == 201, activated.text
        return UUID(opened.json()["id"])

    async def grant(self, security: dict[str, str], account_id: UUID, role: str, **fields: Any) -> httpx2.Response:
        body = {"account_id": str(account_id), "role": role, "reason": "分工", **fields}
        headers = security | {"Idempotency-Key": uuid4().hex}
        return await self.http.post("/api/v1/registry/grants", json=body, headers=headers)

    async def organization(self, level: int, parent: PartyOrganization | None = None) -> PartyOrganization:
        number, identity = uuid4().int, uuid7()
        row = PartyOrganization(
            id=identity,
            code=f"{number % 10**13:013d}",
            name=f"第{number % 1000}组织",
            search_keys=[],
            kind=KINDS[level],
            level=level,
            parent_id=parent.id if parent else None,
            root_id=parent.root_id if parent else identity,
            path=(parent.path if parent else "") + f"{number % 10000:04d}/",
            founded_on=date(2020, 1, 1),
        )
        return await self._add(row)

    async def member(self, organization: PartyOrganization) -> Member:
        row = Member(
            name="测试党员",
            search_keys=[],
            id_number_sealed=b"sealed",
            id_number_index=uuid4().bytes,
            birth_on=date(1990, 1, 1),
            sex=Sex.FEMALE,
            stage=MemberStage.FORMAL,
            organization_id=organization.id,
            root_id=organization.root_id,
        )
        return await self._add(row)

    async def post(
        self,
        member: Member,
        organization: PartyOrganization,
        kind: PostKind = PostKind.SECRETARY,
        *,
        valid_from: date = date(2024, 1, 1),
        valid_to: date | None = None,
    ) -> Post:
        row = Post(
            member_id=member.id,
            organization_id=organization.id,
            organization_no=organization.organization_no,
            root_id=organization.root_id,
            kind=kind,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        return await self._add(row)

    async def _add(self, row: T) -> T:
        async with app_transaction(self.app) as db:
            db.add(row)
            await db.flush()
            await db.refresh(row)
        return row

    def execute(self, statement: str, *values: object) -> None:
        with psycopg.connect(conninfo(self.database.app_url)) as db:
            db.execute(statement, values)

    def events(self, kind: str) -> list[dict[str, Any]]:
        with psycopg.connect(conninfo(self.database.app_url)) as db:
            rows = db.execute("SELECT data FROM event_log WHERE type = %s ORDER BY tx, seq", [kind]).fetchall()
        return [row[0] for row in rows]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def open_registry(
    database: Database, signing_keys_dir: Path, service_client: ServiceClient, tmp_path: Path
) -> Callable[..., AbstractAsyncContextManager[Registry]]:
    """`async with open_registry(lockout_failures_per_account=3) as registry:`"""

    @asynccontextmanager
    async def opened(**fields: Any) -> AsyncIterator[Registry]:
        places = {"signing_keys_dir": signing_keys_dir, "attachments_directory": tmp_path / "files"}
        quick = {**places, "argon2_memory_kib": 64}
        app = create_app(service_settings(Settings, database, **{**quick, **fields}))
        async with service_client(app) as http:
            yield Registry(app, http, database)

    return opened


@pytest.fixture
async def registry(open_registry: Callable[..., AbstractAsyncContextManager[Registry]]) -> AsyncIterator[Registry]:
    async with open_registry() as opened:
        yield opened


@pytest.fixture
async def registers(
    database: Database,
    signing_keys_dir: Path,
    tmp_path: Path,
    service_client: ServiceClient,
    test_verifier: Verifier,
    issue_token: Callable[..., str],
) -> AsyncIterator[Registers]:
    """The registers, with a caller for each office on request."""
    opening = open_registers(database, tmp_path, signing_keys_dir, service_client, test_verifier, issue_token)
    async with opening as opened:
        yield opened
