"""A second district: whatever the officers of one write, nothing that the other reads becomes different."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import httpx2
import pytest

from tests.contracts.bodies import body_of, identifying_fields
from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.test_scope import KIND_OF, MISSING, Answer, Eyes, Reader, is_id
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES, Operation
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = [pytest.mark.anyio, pytest.mark.feature("G08")]
OFFICES = ("district_officer", "town_officer", "branch_secretary", "member")
READERS = {role: Reader(role, "foreign", ("foreign",), {}) for role in OFFICES[:3]}
FEWEST_WRITES = {"registry": 4, "scoring": 8, "training": 5}
FROM_NOW_ON = {"effective_from": "2026-01-01"}
DIFFERS_BY_ITSELF = {"lend_file": "a link that ends ten minutes from now"}


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service(request.param), issue_token, service_client, stack)


async def seen_abroad(world: World) -> dict[tuple[str, str], Answer]:
    """Every read and export that somebody of the second district may ask for, of their own things."""
    found = {}
    for role, reader in READERS.items():
        eyes = Eyes(reader, world, await world.client(role, "foreign"))
        for operation in eyes.open_operations:
            if operation.method == "get" and operation.name not in DIFFERS_BY_ITSELF:
                found[role, operation.name] = await eyes.ask(operation)
    return found


STALE, NEWEST_VERSION = 412, 8


class Officers:
    """Every office of the first district in one hand, which names own things, then one of the second at a time."""

    def __init__(self, world: World, client: httpx2.AsyncClient) -> None:
        self.world, self.client = world, client

    def own(self, name: str) -> str:
        if name == "root_id":
            return str(self.world.at("organization_id", "root"))
        return self._at("branch", name) or self._at("town", name) or MISSING

    def abroad(self, name: str) -> str | None:
        return self._at("foreign", name)

    def _at(self, place: str, name: str) -> str | None:
        return self.world.objects.get(KIND_OF.get(name, name), {}).get(place)

    async def write(self, operation: Operation) -> list[int]:
        document = self.world.service.document
        ids = {one["name"]: self.own(one["name"]) for one in operation.parameters("path") if is_id(one)}
        content = body_of(operation, document, self.own)
        if content is not None:
            content |= {name: value for name, value in FROM_NOW_ON.items() if name in content}
        answers = [await self._send(operation, ids, content)]
        for name in ids:
            if foreign := self.abroad(name):
                answers.append(await self._send(operation, {**ids, name: foreign}, content))
        for name, is_list in identifying_fields(operation, document):
            if foreign := self.abroad(name):
                value = [foreign] if is_list else foreign
                answers.append(await self._send(operation, ids, {**(content or {}), name: value}))
        return answers

    async def _send(self, operation: Operation, ids: Mapping[str, str], content: object) -> int:
        """As the version of what is changed, every number it may have by now."""
        method, address = operation.method.upper(), operation.address(**ids)
        status = STALE
        for version in range(1, NEWEST_VERSION + 1):
            if status == STALE:
                headers = {"Idempotency-Key": uuid4().hex, "If-Match": f'"{version}"'}
                status = (await self.client.request(method, address, json=content, headers=headers)).status_code
        return status


async def signed_in(world: World, places: Sequence[tuple[str, UUID]], person: UUID | None) -> Officers:
    token = world.issue_token(grants=places, person=person)
    return Officers(world, await world.stack.enter_async_context(world.service_client(world.service.app, token)))


class TestASecondDistrict:
    async def test_reads_the_same_whatever_the_first_one_writes(self, world: World) -> None:
        root, person = world.at("organization_id", "root"), world.at("member_id", "branch")
        places = [(role, root) for role in OFFICES] + [("branch_secretary", world.at("organization_id", "branch"))]
        everybody, written = [await signed_in(world, places, one) for one in (None, person)], set()
        before = await seen_abroad(world)
        assert await seen_abroad(world) == before, "a read that differs by itself proves nothing"

        for operation in world.service.operations:
            is_open = world.service.rules[operation.name].roles & set(OFFICES)
            if operation.method != "get" and is_open:
                answers = [status for one in everybody for status in await one.write(operation)]
                written |= {operation.name} if any(status < 300 for status in answers) else set()

        after = await seen_abroad(world)
        assert [asked for asked, answer in before.items() if after[asked] != answer] == []
        assert len(before) >= 20
        assert len([one for one in before.values() if one.status == 200]) >= len(before) * 3 // 4
        assert len(written) >= FEWEST_WRITES[world.service.name], sorted(written)
