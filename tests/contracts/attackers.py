"""Somebody with every role at once, in a running service with something of everything in it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
from anyio.from_thread import BlockingPortal, start_blocking_portal

from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.applications import ROLES, SOME_ID, Operation, Service
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

ALIASES = {"subject_id": "member_id", "parent_id": "organization_id", "jurisdiction_id": "organization_id"}


@dataclass(frozen=True)
class Attacker:
    portal: BlockingPortal
    world: World
    client: httpx2.AsyncClient
    new_token: Callable[[], str]

    @property
    def service(self) -> Service:
        return self.world.service

    def known(self, name: str) -> str:
        return self.world.objects.get(ALIASES.get(name, name), {}).get("branch", SOME_ID)

    def address(self, operation: Operation) -> str:
        ids = {one["name"]: self.known(one["name"]) for one in operation.parameters("path") if "_id" in one["name"]}
        return operation.address(**ids)

    def send(self, operation: Operation, url: str, **content: Any) -> httpx2.Response:
        """Signed in anew each time: one of the operations ends the login."""
        signed_in = {"Authorization": f"Bearer {self.new_token()}"}
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": '"1"', **signed_in, **content.pop("headers", {})}
        return self.portal.call(lambda: self.client.request(operation.method.upper(), url, headers=headers, **content))


@asynccontextmanager
async def opened_world(
    service: Service, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[tuple[World, httpx2.AsyncClient]]:
    async with AsyncExitStack() as stack:
        world = await make_world(service, issue_token, service_client, stack)
        yield world, await stack.enter_async_context(service_client(service.app))


@contextmanager
def attacking(service: Service, issue_token: IssueToken, service_client: ServiceClient) -> Iterator[Attacker]:
    opening = opened_world(service, issue_token, service_client)
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(opening) as (world, client):
        root, person = world.at("organization_id", "root"), world.at("member_id", "branch")
        grants = [(role, root) for role in ROLES]
        yield Attacker(portal, world, client, lambda: issue_token(grants=grants, person=person, client=False))
