"""How many statements the hottest operations send to the database: frozen, so that each further one is meant.

In a demonstration, where an operation that knows the day also asks for the business clock.
"""

import csv
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager
from contextvars import ContextVar
from typing import Any

import httpx2
import pytest
from sqlalchemy import event

from kit.ids import uuid7
from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES
from tests.support.clients import ServiceClient
from tests.support.databases import ROOT
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
TABLE = ROOT / "tests/contracts/statements.csv"
sent: ContextVar[list[str] | None] = ContextVar("sent", default=None)


def frozen(service: str) -> dict[str, int]:
    rows = csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
    return {row["operation"]: int(row["statements"]) for row in rows if row["service"] == service}


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service(request.param), issue_token, service_client, stack)


@contextmanager
def counted(world: World) -> Iterator[list[str]]:
    """The statements of this context; what the service does beside it is another's."""

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        found = sent.get()
        if found is not None:
            found.append(statement)

    engines = [world.service.app.state.engine.sync_engine, world.service.app.state.reading_engine.sync_engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    found: list[str] = []
    token = sent.set(found)
    try:
        yield found
    finally:
        sent.reset(token)
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


async def ask(world: World, operation: str) -> httpx2.Response:
    """By whoever does it every day."""
    asked = world.service.operation(operation)
    if asked.method == "get":
        officer = await world.client("district_officer", "root")
        query = {"year": 2025} if any(one["name"] == "year" for one in asked.parameters("query")) else {}
        address = asked.address(member_id=str(world.objects["member_id"]["branch"]))
        answer: httpx2.Response = await officer.get(address, params=query)
        return answer
    member = await world.client("member", "branch", world.at("member_id", "branch"))
    body = {"subject_kind": "member", "indicator_code": "M48", "occurred_on": "2025-03-12", "description": "稿件被采用"}
    claim: Mapping[str, Any] = {**body, "subject_id": str(world.at("member_id", "branch"))}
    made: httpx2.Response = await member.post(asked.path, json=claim, headers={"Idempotency-Key": str(uuid7())})
    return made


class TestHotOperations:
    async def test_send_no_statement_more_than_the_table_says(self, world: World) -> None:
        """The first time something may be read that is kept afterwards."""
        expected, found = frozen(world.service.name), {}
        for operation in expected:
            assert (await ask(world, operation)).is_success
            with counted(world) as statements:
                assert (await ask(world, operation)).is_success
            found[operation] = len(statements)

        assert found == expected

    async def test_are_ten(self) -> None:
        assert sum(len(frozen(service)) for service in SERVICES) == 10
