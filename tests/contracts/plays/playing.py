"""Somebody of a world does what an operation offers; whatever the play does not say follows from the world."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx2
from fastapi import FastAPI

from kit.calendar import SHANGHAI
from kit.clock import set_offset
from kit.database import app_transaction
from kit.permissions import PUBLIC, SIGNED_IN
from tests.contracts.places import World
from tests.support.applications import Operation

PLACES_OF = {
    "district_officer": "root", "town_officer": "town", "branch_secretary": "branch", "member": "branch",
    "security_administrator": "", "system_administrator": "", "audit_administrator": "", "service": "",
}  # fmt: skip
KIND_OF = {"under": "organization_id", "participant_id": "member_id"}
ANOTHER_VERSION, NEWEST_VERSION = (412, 428), 30
NOON = datetime(2025, 4, 2, 12, tzinfo=SHANGHAI)


async def set_to_noon(app: FastAPI) -> None:
    """Every play begins on the same day."""
    async with app_transaction(app) as db:
        await set_offset(db, int((NOON - datetime.now(UTC)).total_seconds()))


@dataclass
class Player:
    world: World
    values: dict[str, str] = field(default_factory=dict)
    """What is given for a parameter that is no id of the world, by its name."""
    clients: dict[tuple[str, ...], httpx2.AsyncClient] = field(default_factory=dict)

    def id(self, kind: str, place: str = "branch") -> str:
        return str(self.world.at(kind, place))

    def keep(self, kind: str, one: Any, place: str = "branch") -> str:
        return self.world.put(kind, place, one["id"])

    async def play(
        self,
        called: str,
        body: Any = None,
        /,
        *,
        by: str = "",
        at: str = "",
        person: str = "",
        sent: Any = None,
        **given: Any,
    ) -> Any:
        """`given` are parameters of the path and the query; answers what was answered, as JSON where it is."""
        operation = self.world.service.operation(called)
        client = await self._client(by or self._role(operation), at, person)
        answer = await self._send(client, operation, {"json": body} if sent is None else sent, given)
        assert answer.is_success, f"{operation}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content and answer.headers["content-type"].endswith("json") else answer

    async def _send(
        self, client: httpx2.AsyncClient, operation: Operation, content: Any, given: Mapping[str, Any]
    ) -> httpx2.Response:
        path = {one["name"]: self._value(one["name"], given) for one in operation.parameters("path")}
        asked = {one["name"] for one in operation.parameters("query") if one.get("required")}
        known = {one["name"] for one in operation.parameters("query")}
        query = {name: self._value(name, given) for name in sorted(asked | (known & set(given)))}
        for version in range(NEWEST_VERSION):
            headers = {"Idempotency-Key": uuid4().hex} | ({"If-Match": f'"{version}"'} if version else {})
            address = operation.address(**path)
            answer = await client.request(operation.method.upper(), address, params=query, headers=headers, **content)
            if answer.status_code not in ANOTHER_VERSION:
                return answer
        return answer

    def _value(self, name: str, given: Mapping[str, Any]) -> str:
        if name in given:
            return str(given[name])
        return self.values.get(name) or self.id(KIND_OF.get(name, name))

    def _role(self, operation: Operation) -> str:
        roles = self.world.service.rules[operation.name].roles
        return PUBLIC if PUBLIC in roles else next(role for role in PLACES_OF if roles & {role, SIGNED_IN})

    async def _client(self, role: str, at: str, person: str) -> httpx2.AsyncClient:
        place = at or PLACES_OF.get(role, "")
        key = (role, place, person)
        if key not in self.clients:
            self.clients[key] = await self.signed_in(self._token(role, place, person))
        return self.clients[key]

    async def signed_in(self, token: str | None) -> httpx2.AsyncClient:
        opening = self.world.service_client(self.world.service.app, token)
        client: httpx2.AsyncClient = await self.world.stack.enter_async_context(opening)
        return client

    def _token(self, role: str, place: str, person: str) -> str | None:
        if role == PUBLIC:
            return None
        if not place:
            return self.world.issue_token([role])
        whom = person or (place if role == "member" else "")
        return self.world.token(role, place, UUID(self.id("member_id", whom)) if whom else None)
