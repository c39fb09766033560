"""A date is written out: a number would be read as seconds since 1970, and is refused wherever a date is asked for."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.contracts.bodies import body_of, resolved
from tests.support.applications import ROLES, SOME_ID, Operation, Service
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
MOMENT = 1_741_564_800
DATES = {"date", "date-time"}


def dated_fields(schema: Any, document: Any) -> Iterator[tuple[str, ...]]:
    """Where a body asks for a date, down to the objects in its lists."""
    for name, described in resolved(schema, document).get("properties", {}).items():
        field = resolved(described, document)
        inner = resolved(field.get("items", field), document)
        if inner.get("format") in DATES:
            yield (name,)
        yield from ((name, *rest) for rest in dated_fields(inner, document))


def with_number(body: dict[str, Any], place: tuple[str, ...]) -> dict[str, Any]:
    name, *rest = place
    if not rest:
        return {**body, name: MOMENT}
    below = body.get(name) or {}
    lines = below if isinstance(below, list) else [below]
    changed = [with_number(one, tuple(rest)) for one in lines or [{}]]
    return {**body, name: changed if isinstance(below, list) else changed[0]}


def attempts(service: Service) -> Iterator[tuple[Operation, str, dict[str, Any]]]:
    for operation in service.operations:
        content = operation.described.get("requestBody", {}).get("content", {}).get("application/json")
        body = body_of(operation, service.document, lambda _: SOME_ID)
        for place in dated_fields(content["schema"], service.document) if content else ():
            yield operation, "/".join(place), {"json": with_number(body, place)}
        for parameter in operation.parameters("query"):
            if resolved(parameter["schema"], service.document).get("format") in DATES:
                yield operation, parameter["name"], {"params": {parameter["name"]: str(MOMENT)}}


class TestDate:
    async def test_is_no_number(self, service: Service, stranger: httpx2.AsyncClient, issue_token: IssueToken) -> None:
        everybody = issue_token(grants=[(role, SOME_ID) for role in ROLES], person=uuid4(), client=False)
        tried, taken = 0, {}
        for operation, name, content in attempts(service):
            headers = {"Authorization": f"Bearer {everybody}", "Idempotency-Key": uuid4().hex, "If-Match": '"1"'}
            answer = await stranger.request(operation.method, operation.address(), headers=headers, **content)
            tried += 1
            if answer.status_code != 422 or name.rpartition("/")[2] not in answer.text:
                taken[f"{operation} {name}"] = answer.text[:300]

        assert taken == {}
        assert tried
