"""A small district with one branch, told to scoring by registry's own events, and the people who ask."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from hosting.domains import consumers_of
from hosting.tokens import Verifier
from kit.calendar import SHANGHAI
from kit.clock import set_offset
from kit.database import app_transaction
from kit.events import Consumer, Event
from kit.ids import uuid7
from scoring.app import DOMAINS, create_app
from scoring.settings import Settings
from tests.support import facts
from tests.support.clients import service_settings
from tests.support.databases import MakeDatabase

API = "/api/v1/scoring"
BY_SOURCE: dict[str, Consumer] = {one.source: one for one in consumers_of(DOMAINS)}


@dataclass
class District:
    """Root, town and branch (and whatever a test adds); every organisation knows its path."""

    app: FastAPI
    root: UUID = field(default_factory=uuid7)
    paths: dict[UUID, str] = field(default_factory=dict)
    people: int = 0

    async def tell(self, kind: str, subject: UUID, data: dict[str, Any], **changes: Any) -> Event:
        """Hand an event to the consumer of its source, as the feed would."""
        told = {"version": 1, "root_id": self.root, "time": datetime.now(UTC), **changes}
        event = Event(uuid7(), kind, subject, told["version"], told["root_id"], None, told["time"], data, None)
        await self.tell_again(event)
        return event

    async def tell_again(self, event: Event) -> None:
        async with app_transaction(self.app) as db:
            await BY_SOURCE[event.type.split(".")[0]].handlers[event.type](db, event)

    async def neighbour(self) -> UUID:
        """The root of another district in the same database."""
        other = District(self.app, paths=dict(self.paths))
        return await other.organization("district_committee")

    async def follow_own_events(self) -> None:
        """Let scoring read its own log to the end; transactions of other tests may hide its last rows for a while."""
        own = BY_SOURCE["scoring"]
        async with asyncio.timeout(20):
            while await self._unread(list(own.handlers)):
                if not await own.step(self.app.state.engine, None):
                    await asyncio.sleep(0.05)

    async def _unread(self, types: list[str]) -> int:
        query = "SELECT count(*) FROM event_log WHERE type = ANY(:types) AND id NOT IN (SELECT event_id FROM inbox)"
        async with app_transaction(self.app) as db:
            return int(await db.scalar(text(query), {"types": types}) or 0)

    async def organization(self, kind: str, parent: UUID | None = None, **changes: Any) -> UUID:
        one = self.root if parent is None else uuid7()
        self.paths[one] = (self.paths[parent] if parent else "") + f"{len(self.paths) + 1:04}/"
        named = {"name": f"第{len(self.paths)}党组织", "code": f"99000{len(self.paths)}"}
        payload = facts.organization(one, parent, self.paths[one], self.root, **{"kind": kind} | named | changes)
        await self.tell(payload.type, one, payload.model_dump(mode="json"))
        return one

    async def member(self, organization: UUID, stage: str = "formal", **changes: Any) -> UUID:
        one = uuid7()
        self.people += 1
        await self.changed(one, organization, **{"name": f"党员{self.people:03}", "stage": stage} | changes)
        return one

    async def changed(self, one: UUID, organization: UUID, version: int = 1, **changes: Any) -> None:
        payload = facts.member(one, organization, self.paths[organization], self.root, **changes)
        await self.tell(payload.type, one, payload.model_dump(mode="json"), version=version)

    async def meeting(self, organization: UUID, attended: list[UUID], **changes: Any) -> Event:
        meeting_id = uuid7()
        data = {
            "meeting_id": str(meeting_id),
            "kind": "branch_assembly",
            "organization_id": str(organization),
            "held_on": "2025-03-10",
            "hours": "2",
            "is_valid": True,
            "expected": len(attended),
            "attended": len(attended),
            "participants": [{"member_id": str(one), "attended": True, "hours": "2"} for one in attended],
            **changes,
        }
        return await self.tell("training.meeting.confirmed.v1", meeting_id, data)

    async def clock(self, moment: str) -> None:
        """Move the business clock to a Shanghai wall time."""
        wanted = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        seconds = int((wanted - datetime.now(UTC)).total_seconds())
        async with app_transaction(self.app) as db:
            await set_offset(db, seconds)

    async def entries(self, subject: UUID) -> list[tuple[str, str, str]]:
        """Indicator, period and points granted, oldest first."""
        async with app_transaction(self.app) as db:
            query = "SELECT indicator_code, period_key, granted::text FROM ledger_entries WHERE subject_id = :s"
            return [tuple(row) for row in await db.execute(text(query + " ORDER BY id"), {"s": subject})]

    async def events(self, kind: str) -> list[dict[str, Any]]:
        async with app_transaction(self.app) as db:
            query = text("SELECT data FROM event_log WHERE type = :type ORDER BY tx, seq")
            return list((await db.execute(query, {"type": kind})).scalars())


@dataclass
class Client:
    """One caller; every POST has a fresh Idempotency-Key unless one is given."""

    http: httpx2.AsyncClient

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self.http.get(API + path, params=params)

    async def post(self, path: str, json: Any = None, **headers: str) -> httpx2.Response:
        return await self.http.post(API + path, json=json or {}, headers=self._keyed(headers))

    async def upload(self, name: str, content: bytes) -> httpx2.Response:
        return await self.http.post(API + "/files", files={"file": (name, content)}, headers=self._keyed({}))

    async def put(self, path: str, json: Any, *, version: int) -> httpx2.Response:
        return await self.http.put(API + path, json=json, headers={"If-Match": f'"{version}"'})

    async def patch(self, path: str, json: Any, *, version: int) -> httpx2.Response:
        return await self.http.patch(API + path, json=json, headers={"If-Match": f'"{version}"'})

    @staticmethod
    def _keyed(headers: dict[str, str]) -> dict[str, str]:
        return {"Idempotency-Key": uuid4().hex, **{name.replace("_", "-"): value for name, value in headers.items()}}


@dataclass
class People:
    """The cast: who holds which office where, as registry's tokens would say."""

    town: UUID
    branch: UUID
    other_town: UUID
    other_branch: UUID
    secretary_id: UUID
    deputy_id: UUID
    member_id: UUID
    secretary: Client
    deputy: Client
    member: Client
    colleague: Client
    colleague_id: UUID
    town_officer: Client
    other_town_officer: Client
    district_officer: Client
    stranger: Client


@pytest.fixture
def scoring_app(make_database: MakeDatabase, test_verifier: Verifier, tmp_path: Path) -> FastAPI:
    settings = service_settings(
        Settings,
        make_database("scoring"),
        attachments_directory=tmp_path / "files",
        attachments_key_file=tmp_path / "key",
    )
    return create_app(settings, test_verifier)


@pytest.fixture
async def district(
    scoring_app: FastAPI, service_client: Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]]
) -> AsyncIterator[District]:
    async with service_client(scoring_app):
        one = District(scoring_app)
        await one.clock("2025-03-31T10:00:00")
        await one.organization("district_committee")
        yield one


@pytest.fixture
async def people(
    district: District,
    service_client: Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]],
    issue_token: Callable[..., str],
) -> AsyncIterator[People]:
    town = await district.organization("committee", district.root)
    branch = await district.organization("branch", town)
    other_town = await district.organization("committee", district.root)
    other_branch = await district.organization("branch", other_town)
    ids = [await district.member(branch) for _ in range(4)]
    async with AsyncExitStack() as stack:

        async def caller(*grants: tuple[str, UUID], person: UUID | None = None) -> Client:
            token = issue_token(grants=grants, person=person) if grants else None
            return Client(await stack.enter_async_context(service_client(district.app, token)))

        leading = [("branch_secretary", branch), ("member", branch)]
        yield People(
            town=town,
            branch=branch,
            other_town=other_town,
            other_branch=other_branch,
            secretary_id=ids[0],
            deputy_id=ids[1],
            member_id=ids[2],
            colleague_id=ids[3],
            secretary=await caller(*leading, person=ids[0]),
            deputy=await caller(*leading, person=ids[1]),
            member=await caller(("member", branch), person=ids[2]),
            colleague=await caller(("member", branch), person=ids[3]),
            town_officer=await caller(("town_officer", town)),
            other_town_officer=await caller(("town_officer", other_town)),
            district_officer=await caller(("district_officer", district.root)),
            stranger=await caller(),
        )
