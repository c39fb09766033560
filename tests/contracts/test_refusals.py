"""Whatever an operation is provoked to answer stands in its list of problem codes."""

from collections.abc import AsyncIterator
from uuid import uuid4

import httpx2
import pytest

from tests.contracts.bodies import body_of
from tests.support.applications import CLIENT_ROLES, ROLES, SOME_ID, Operation, Service
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
VERSION = {"If-Match": '"1"'}
JSON = {"Content-Type": "application/json"}


def keyed(**headers: str) -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex, **headers}


@pytest.fixture
def tokens(service: Service, issue_token: IssueToken) -> dict[str, str]:
    """For every operation that of somebody it is open to."""
    found = {}
    for operation in service.operations:
        role = next((role for role in ROLES if service.is_open_to(operation, role)), "member")
        grants = [(role, uuid4())]
        found[operation.name] = issue_token(grants=grants, person=uuid4(), client=role in CLIENT_ROLES)
    return found


async def provoked(
    client: httpx2.AsyncClient, service: Service, operation: Operation, token: str
) -> AsyncIterator[httpx2.Response]:
    """A stranger, an unknown parameter, a missing header or body, and a good one about nothing that is there."""
    method, address = operation.method.upper(), operation.address()
    bearer = {"Authorization": f"Bearer {token}"}
    body = body_of(operation, service.document, lambda _: SOME_ID)
    yield await client.request(method, address, headers=keyed())
    yield await client.request(method, f"{address}?no_such_thing=1", headers=keyed(**bearer))
    yield await client.request(method, address, headers=bearer)
    yield await client.request(method, address, headers=keyed(**bearer))
    yield await client.request(method, address, headers=keyed(**bearer, **VERSION), json=body)
    yield await client.request(method, address, headers=keyed(**bearer) | {"If-Match": "one"}, json=body)
    yield await client.request(method, address, headers=keyed(**bearer, **VERSION, **JSON), content=b"{")


class TestProblemCodes:
    async def test_hold_whatever_is_answered(
        self, service: Service, stranger: httpx2.AsyncClient, tokens: dict[str, str]
    ) -> None:
        unlisted, seen = set(), set()
        for operation in service.operations:
            listed = set(operation.described["x-problem-codes"])
            async for answer in provoked(stranger, service, operation, tokens[operation.name]):
                if answer.is_success:
                    continue
                code = answer.json()["code"]
                seen.add(code)
                if code not in listed:
                    unlisted.add((str(operation), code))

        assert unlisted == set()
        assert {
            "unauthenticated", "unknown-parameter", "idempotency-key-required", "precondition-required",
            "malformed-if-match", "invalid-input", "bad-request",
        } <= seen  # fmt: skip
        assert len(seen) > 8
