"""A small district and the people who ask training for things."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

import httpx2
from fastapi import FastAPI
from sqlalchemy import text

from kit.calendar import SHANGHAI
from kit.clock import set_offset
from kit.database import app_transaction
from kit.events import Event
from kit.ids import uuid7
from roster.consumers import REGISTRY
from tests.support import facts

API = "/api/v1/training"


@dataclass
class District:
    """Root 0001, towns below it, branches below them; every organisation knows its path."""

    app: FastAPI
    root: UUID = field(default_factory=uuid7)
    paths: dict[UUID, str] = field(default_factory=dict)
    people: int = 0
    kinds: dict[UUID, str] = field(default_factory=dict)

    async def tell(self, kind: str, subject: UUID, data: dict[str, Any], version: int = 1) -> None:
        event = Event(uuid7(), kind, subject, version, self.root, None, datetime.now(UTC), data, None)
        async with app_transaction(self.app) as db:
            await REGISTRY.handlers[kind](db, event)

    async def organization(self, kind: str, parent: UUID | None = None, **changes: Any) -> UUID:
        one = self.root if parent is None else uuid7()
        segment = f"{len(self.paths) + 1:04}/"
        self.paths[one] = (self.paths[parent] if parent else "") + segment
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
        await self.tell(payload.type, one, payload.model_dump(mode="json"), version)

    async def members(self, organization: UUID, count: int, stage: str = "formal") -> list[UUID]:
        return [await self.member(organization, stage) for _ in range(count)]

    async def post(self, member: UUID, organization: UUID, kind: str = "secretary", **changes: Any) -> UUID:
        one = uuid7()
        payload = facts.post(one, member, organization, kind=kind, **changes)
        await self.tell(payload.type, one, payload.model_dump(mode="json"))
        return one

    async def clock(self, moment: str) -> None:
        """Move the business clock to a Shanghai wall time."""
        wanted = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
        seconds = int((wanted - datetime.now(UTC)).total_seconds())
        async with app_transaction(self.app) as db:
            await set_offset(db, seconds)

    async def events(self, kind: str) -> list[dict[str, Any]]:
        async with app_transaction(self.app) as db:
            rows = await db.execute(
                text("SELECT data FROM event_log WHERE type = :type ORDER BY tx, seq"), {"type": kind}
            )
            return list(rows.scalars())


@dataclass
class Client:
    """One caller; every POST has a fresh Idempotency-Key unless one is given."""

    http: httpx2.AsyncClient

    async def get(self, path: str, **params: Any) -> httpx2.Response:
        return await self.http.get(API + path, params=params)

    async def post(self, path: str, json: Any = None, **headers: str) -> httpx2.Response:
        sent = {"Idempotency-Key": uuid4().hex} | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(API + path, json=json, headers=sent)

    async def put(self, path: str, json: Any, **headers: str) -> httpx2.Response:
        return await self.http.put(API + path, json=json, headers={k.replace("_", "-"): v for k, v in headers.items()})

    async def tag_of(self, path: str) -> str:
        """The ETag a change of what stands there needs; of what cannot be read, that of a first version."""
        return str((await self.get(path)).headers.get("ETag", '"1"'))

    async def list_present(self, meeting: str, lines: list[dict[str, Any]]) -> httpx2.Response:
        tag = await self.tag_of(f"/meetings/{meeting}")
        return await self.put(f"/meetings/{meeting}/attendances", {"items": lines}, If_Match=tag)

    async def confirm(self, meeting: str, reason: str | None = "记录以纸质存档", **headers: str) -> httpx2.Response:
        tag = await self.tag_of(f"/meetings/{meeting}")
        body = {"without_minutes_reason": reason}
        return await self.post(f"/meetings/{meeting}/confirmation", body, **{"If_Match": tag, **headers})

    async def reopen(self, meeting: str, reason: str = "考勤登记有误") -> httpx2.Response:
        tag = await self.tag_of(f"/meetings/{meeting}")
        return await self.post(f"/meetings/{meeting}/reopening", {"reason": reason}, If_Match=tag)

    async def issue_code(self, meeting: str, window: dict[str, Any]) -> httpx2.Response:
        tag = await self.tag_of(f"/meetings/{meeting}")
        return await self.post(f"/meetings/{meeting}/check-in-codes", window, If_Match=tag)

    async def make_up(self, body: dict[str, Any]) -> httpx2.Response:
        """Over the version of the gap as it is listed, or that of a first one where none is seen."""
        wanted = {name: body[name] for name in ("meeting_id", "member_id")}
        found = (await self.get("/make-ups", **wanted)).json().get("items", [])
        version = found[0]["version"] if found else 1
        return await self.post("/make-ups", body, If_Match=f'"{version}"')

    async def patch(self, path: str, json: Any, **headers: str) -> httpx2.Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.patch(API + path, json=json, headers=sent)


class SignIn(Protocol):
    """`await sign_in(("branch_secretary", branch), person=member)`."""

    async def __call__(self, *grants: tuple[str, UUID], person: UUID | None = None) -> Client: ...


class Hold(Protocol):
    """Plan, list and confirm a meeting where exactly `present` attended; answers its id."""

    async def __call__(self, caller: Client, organization: UUID, present: list[UUID], **changes: Any) -> str: ...


Planned = Callable[..., dict[str, Any]]


@dataclass
class Town:
    """A town with one branch of four formal members and a probationary one, its secretary being the first."""

    id: UUID
    branch: UUID
    people: list[UUID]
    secretary: Client
    officer: Client


async def found_town(district: District, sign_in: SignIn) -> Town:
    town = await district.organization("committee", district.root, level=3)
    branch = await district.organization("branch", town)
    people = [*await district.members(branch, 4), await district.member(branch, "probationary")]
    await district.post(people[0], branch)
    secretary = await sign_in(("branch_secretary", branch), ("member", branch), person=people[0])
    return Town(town, branch, people, secretary, await sign_in(("town_officer", town)))


def plan(organization: UUID, kind: str = "party_lecture", day: str = "2025-03-10", **changes: Any) -> dict[str, Any]:
    """A meeting of two hours from nine in the morning, Shanghai time."""
    start = datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI) + timedelta(hours=9)
    return {
        "organization_id": str(organization),
        "kind": kind,
        "title": "学习党章",
        "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=2)).isoformat(),
        **changes,
    }
