"""The registers under test: a small district made through the API, and a caller for each office in it."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID, uuid4

import httpx2
import psycopg
from fastapi import FastAPI

from demo.district.codes import id_number, unit_code
from deploy.launcher.provision import conninfo
from hosting.tokens import Verifier
from kit.database import app_transaction
from registry.app import create_app
from registry.exchange.imports.runs import run
from registry.seals import seals_of
from registry.settings import Settings
from sealing import write_new_keys
from tests.support.clients import ServiceClient, service_settings
from tests.support.databases import Database
from tests.support.pictures import picture

API = "/api/v1/registry"
DIVISION = "990100"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Answer = dict[str, Any]


@dataclass
class Office:
    """One signed-in caller; every POST carries a fresh Idempotency-Key."""

    http: httpx2.AsyncClient

    async def get(self, path: str, **query: Any) -> httpx2.Response:
        return await self.http.get(API + path, params=query)

    async def post(self, path: str, body: Any = None, *, version: int | None = None, **options: Any) -> httpx2.Response:
        headers = {"Idempotency-Key": uuid4().hex} | ({"If-Match": f'"{version}"'} if version else {})
        return await self.http.post(API + path, json=body, headers=headers, **options)

    async def patch(self, path: str, body: Any, *, version: int | None = None) -> httpx2.Response:
        headers = {"If-Match": f'"{version}"'} if version else {}
        return await self.http.patch(API + path, json=body, headers=headers)

    async def upload(self, kind: str, content: bytes, **query: Any) -> httpx2.Response:
        files = {"file": ("表.xlsx", content, XLSX)}
        headers = {"Idempotency-Key": uuid4().hex}
        return await self.http.post(f"{API}/imports/{kind}", files=files, params=query, headers=headers)

    async def attached(self, organization: Answer, name: str = "照片.png", content: bytes = b"") -> httpx2.Response:
        headers = {"Idempotency-Key": uuid4().hex}
        files, query = {"file": (name, content or picture())}, {"organization_id": organization["id"]}
        return await self.http.post(f"{API}/site-files", files=files, params=query, headers=headers)

    async def made(self, path: str, **body: Any) -> Answer:
        answer = await self.post(path, body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def ended(self, path: str, version: int, **body: Any) -> Answer:
        answer = await self.post(f"{path}/end", body, version=version)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


@dataclass
class Registers:
    app: FastAPI
    database: Database
    issue_token: Callable[..., str]
    service_client: ServiceClient
    stack: AsyncExitStack
    sequence: int = 0
    offices: dict[str, Office] = field(default_factory=dict)

    async def office(
        self, role: str, organization: Answer | None = None, person: str | None = None, account: UUID | None = None
    ) -> Office:
        grants = [(role, organization["id"] if organization else None)]
        token = self.issue_token(grants=grants, person=UUID(person) if person else None, subject=account)
        return Office(await self.stack.enter_async_context(self.service_client(self.app, token)))

    async def administrator(self) -> Office:
        if "administrator" not in self.offices:
            self.offices["administrator"] = await self.office("system_administrator")
        return self.offices["administrator"]

    async def organization(self, kind: str, parent: Answer | None = None, **fields: Any) -> Answer:
        administrator = await self.administrator()
        body = {"name": f"{kind}{self.next()}", "kind": kind, "founded_on": "2015-07-01", **fields}
        body |= {"parent_id": parent["id"]} if parent else {"division": DIVISION}
        if kind == "joint_branch":
            body.setdefault("joint_reasons", ["neighbouring"])
        return await administrator.made("/organizations", **body)

    async def unit(self, jurisdiction: Answer, kind: str = "non_public_enterprise", **fields: Any) -> Answer:
        administrator = await self.administrator()
        body = {"code": self.unit_code(), "name": f"单位{self.next()}", "kind": kind, "counted_from": "2020-01-01"}
        return await administrator.made("/units", **{**body, "jurisdiction_id": jurisdiction["id"], **fields})

    async def member(self, organization: Answer, **fields: Any) -> Answer:
        office = await self.office("district_officer", organization)
        body = {"name": "王小明", "id_number": self.id_number(), "stage": "formal", **fields}
        return await office.made("/members", **{**body, "organization_id": organization["id"]})

    async def district(self) -> "District":
        root = await self.organization("district_committee")
        work = await self.organization("work_committee", root)
        towns = [await self.organization("committee", work, host_kind="town") for _ in range(2)]
        branches = [await self.organization("branch", town) for town in towns]
        return District(root, work, towns, branches)

    def next(self) -> int:
        self.sequence += 1
        return self.sequence

    def id_number(self) -> str:
        return id_number(DIVISION, date(1985, 3, 9), self.next())

    def unit_code(self) -> str:
        return unit_code(DIVISION, "非公企业", self.next())

    async def finish(self, import_id: str) -> None:
        """What the worker does with a queued import."""
        seals = seals_of(self.app.state.settings.data_keys_file)
        await run(partial(app_transaction, self.app), seals, UUID(import_id))

    async def imported(self, office: Office, kind: str, content: bytes, **query: Any) -> Answer:
        opened = await office.upload(kind, content, **query)
        assert opened.status_code == 202, opened.text
        await self.finish(opened.json()["id"])
        return dict((await office.get(f"/imports/{opened.json()['id']}")).json())

    async def faults(self, office: Office, done: Answer) -> list[Answer]:
        return list((await office.get(f"/imports/{done['id']}/rows", limit=200)).json()["items"])

    def rows(self, statement: str, *values: object) -> list[Any]:
        with psycopg.connect(conninfo(self.database.app_url)) as db:
            return db.execute(statement, values).fetchall()

    def execute(self, statement: LiteralString, *values: object) -> None:
        with psycopg.connect(conninfo(self.database.app_url)) as db:
            db.execute(statement, values)

    def events(self, kind: str) -> list[Answer]:
        return [row[0] for row in self.rows("SELECT data FROM event_log WHERE type = %s ORDER BY tx, seq", kind)]


@dataclass
class District:
    root: Answer
    work: Answer
    towns: list[Answer]
    branches: list[Answer]


@asynccontextmanager
async def open_registers(
    database: Database,
    folder: Path,
    signing_keys_dir: Path,
    service_client: ServiceClient,
    verifier: Verifier,
    issue_token: Callable[..., str],
) -> AsyncIterator[Registers]:
    keys = folder / "data.json"
    write_new_keys(keys)
    places = {"data_keys_file": keys, "signing_keys_dir": signing_keys_dir, "attachments_directory": folder / "files"}
    settings = service_settings(Settings, database, **places)
    app = create_app(settings, verifier)
    async with AsyncExitStack() as stack:
        yield Registers(app, database, issue_token, service_client, stack)
