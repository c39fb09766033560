"""The views that the gateway puts together itself, over three services that know the same branch."""

from contextlib import AsyncExitStack
from importlib import import_module
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import text

from gateway.app import create_app
from gateway.settings import Settings
from hosting.domains import consumers_of
from hosting.tokens import Verifier
from kit.database import app_transaction
from kit.events import Event
from kit.permissions import PUBLIC, SIGNED_IN
from services.registry.tests.registers import Registers
from tests.contracts.plays.playing import set_to_noon
from tests.contracts.plays.reading import manner_of
from tests.contracts.plays.recording import Played
from tests.support.applications import Operation, Service, operations_of
from tests.support.clients import ServiceClient
from tests.support.listening import listening
from tests.support.tokens import IssueToken

TOLD = text(
    "SELECT id, type, subject, subject_version, root_id, path, time, data, actor FROM event_log ORDER BY tx, seq"
)
PATIENCE = 30.0
OFFICES = ("district_officer", "audit_administrator")


async def tell(registry: Service, reader: Service) -> None:
    """What registry told, as the feed hands it to another service."""
    domains = import_module(f"{reader.name}.app").DOMAINS
    [consumer] = [one for one in consumers_of(domains) if one.source == "registry"]
    async with app_transaction(registry.app) as db:
        told = [Event(*row) for row in await db.execute(TOLD)]
    async with app_transaction(reader.app) as db:
        for event in told:
            if event.type in consumer.handlers:
                await consumer.handlers[event.type](db, event)


async def somebody(registers: Registers, issue_token: IssueToken) -> str:
    """A member with an account, who is an officer of the district as well."""
    district = await registers.district()
    member = await registers.member(district.branches[0])
    security = await registers.office("security_administrator")
    opening = {"username": "wang.xiaoming", "member_id": member["id"]}
    account = await security.made("/accounts", **opening)
    grants = [*((role, district.root["id"]) for role in OFFICES), ("member", district.branches[0]["id"])]
    return issue_token(grants=grants, person=UUID(member["id"]), subject=UUID(account["id"]))


async def play(
    services: dict[str, Service],
    issue_token: IssueToken,
    service_client: ServiceClient,
    verifier: Verifier,
    stack: AsyncExitStack,
) -> tuple[dict[str, Any], list[Played]]:
    urls: dict[str, Any] = {}
    for name, service in services.items():
        await stack.enter_async_context(service_client(service.app))
        urls[f"{name}_url"] = await stack.enter_async_context(listening(service.app, date_header=False))
        await set_to_noon(service.app)
    registry = services["registry"]
    registers = Registers(registry.app, registry.database, issue_token, service_client, stack)
    token = await somebody(registers, issue_token)
    for reader in ("scoring", "training"):
        await tell(registry, services[reader])
    app = create_app(Settings(**urls, health_seconds=PATIENCE, compose_seconds=PATIENCE), verifier)
    client = await stack.enter_async_context(service_client(app))
    return app.openapi(), [await asked(client, one, token) for one in operations_of(app.openapi())]


async def asked(client: httpx2.AsyncClient, operation: Operation, token: str) -> Played:
    """By the first office of that somebody that may ask it."""
    roles = operation.described["x-roles"]
    by = PUBLIC if PUBLIC in roles else next(role for role in OFFICES if {role, SIGNED_IN} & set(roles))
    headers = {} if by == PUBLIC else {"Authorization": f"Bearer {token}"}
    answer = await client.get(operation.path, params=manner_of(operation), headers=headers)
    assert answer.is_success, f"{operation}: {answer.status_code} {answer.text}"
    return Played(operation, by, manner_of(operation), None, answer, [], [])
