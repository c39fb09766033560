"""What lies outside one's reach does not exist: not in a path, a filter, a body, a list, an export or a total."""

import re
import zipfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from tests.contracts.bodies import body_of, identifying_fields
from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES, Operation
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = [pytest.mark.anyio, pytest.mark.feature("G08")]
MISSING = "00000000-0000-7000-8000-000000000000"
NOT_YET_THERE = {"explain_result"}
OPEN_TO_THE_DISTRICT = {
    *("list_circles", "export_circles", "read_circle_figures", "list_circle_rooms", "export_circle_rooms"),
}
"""A circle and its rooms are there for everybody around (一刻钟党建活动圈); nothing of a person stands in them."""
KIND_OF = {
    "parent_id": "organization_id", "jurisdiction_id": "organization_id", "under": "organization_id",
    "subject_id": "member_id", "organization_ids": "organization_id", "participant_ids": "member_id",
    "member_ids": "member_id", "evidence_ids": "file_id", "sheet_file_id": "file_id",
}  # fmt: skip


Values = Mapping[str, str]


@dataclass(frozen=True)
class Reader:
    role: str
    at: str
    seen: tuple[str, ...]
    hidden: Mapping[str, str]


READERS = {
    "town officer": Reader(
        "town_officer", "town", ("branch", "town"), {"ancestor": "root", "sibling": "sibling", "foreign": "foreign"}
    ),
    "branch secretary": Reader(
        "branch_secretary", "branch", ("branch",), {"ancestor": "town", "sibling": "sibling", "foreign": "foreign"}
    ),
}


@dataclass(frozen=True)
class Eyes:
    """A reader in a world."""

    reader: Reader
    world: World
    client: httpx2.AsyncClient

    @property
    def open_operations(self) -> Iterator[Operation]:
        """Whatever the role may call, and every one of whose ids we know an example of."""
        for one in self.world.service.operations:
            if self.reader.role in self.world.service.rules[one.name].roles:
                yield one

    def seen(self, name: str) -> str:
        known = self.world.objects.get(KIND_OF.get(name, name), {})
        return next((known[place] for place in self.reader.seen if place in known), MISSING)

    def hidden(self, name: str) -> dict[str, str]:
        known = self.world.objects.get(KIND_OF.get(name, name), {})
        return {relation: known[place] for relation, place in self.reader.hidden.items() if place in known}

    def secret(self, name: str) -> dict[str, str]:
        """Everybody knows, and may filter by, the organisations above: what they read of them is still nothing."""
        is_organization = KIND_OF.get(name, name) == "organization_id"
        return {
            relation: one
            for relation, one in self.hidden(name).items()
            if not (is_organization and relation == "ancestor")
        }

    def kept_from(self, operation: Operation, things: Mapping[str, str]) -> Mapping[str, str]:
        """All of them, or of what is open to the district those of another one."""
        if operation.name not in OPEN_TO_THE_DISTRICT:
            return things
        return {relation: one for relation, one in things.items() if relation == "foreign"}

    async def ask(
        self,
        operation: Operation,
        body: Any = None,
        *,
        query: Mapping[str, str] | None = None,
        ids: Mapping[str, str] | None = None,
    ) -> "Answer":
        known = {one["name"]: self.seen(one["name"]) for one in operation.parameters("path") if is_id(one)}
        needed = {one["name"]: self.needed(one) for one in operation.parameters("query") if one.get("required")}
        answer = await self.client.request(
            operation.method.upper(),
            operation.address(**{**known, **(ids or {})}),
            params={**needed, **(query or {})},
            json=body,
            headers={"Idempotency-Key": uuid4().hex, "If-Match": '"1"'},
        )
        return Answer(answer.status_code, content_of(answer))

    def needed(self, parameter: Mapping[str, Any]) -> str:
        return self.seen(parameter["name"]) if is_id(parameter) else "2025"

    def body(self, operation: Operation) -> Any:
        return body_of(operation, self.world.service.document, self.seen)


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes


def is_id(parameter: Mapping[str, Any]) -> bool:
    return '"uuid"' in str(parameter["schema"]).replace("'", '"')


def content_of(answer: httpx2.Response) -> bytes:
    """A workbook's cells, without its time of making; anything else as it is."""
    if not answer.content.startswith(b"PK"):
        return answer.content
    with zipfile.ZipFile(BytesIO(answer.content)) as book:
        return b"".join(book.read(part) for part in sorted(book.namelist()) if not part.startswith("docProps"))


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service(request.param), issue_token, service_client, stack)


@pytest.fixture(params=READERS)
async def eyes(request: pytest.FixtureRequest, world: World) -> Eyes:
    reader = READERS[request.param]
    return Eyes(reader, world, await world.client(reader.role, reader.at))


class TestForeignThing:
    async def test_answers_like_a_missing_one_by_its_address(self, eyes: Eyes) -> None:
        told, compared = [], 0
        for operation in eyes.open_operations:
            for parameter in filter(is_id, operation.parameters("path")):
                name, body = parameter["name"], eyes.body(operation)
                missing = await eyes.ask(operation, body, ids={name: MISSING})
                for relation, thing in eyes.hidden(name).items():
                    compared += 1
                    if await eyes.ask(operation, body, ids={name: thing}) != missing:
                        told.append((str(operation), name, relation))

        assert told == []
        assert compared >= 10

    async def test_answers_like_a_missing_one_in_a_filter(self, eyes: Eyes) -> None:
        told, compared = [], 0
        for operation in eyes.open_operations:
            for parameter in filter(is_id, operation.parameters("query")):
                name = parameter["name"]
                missing = await eyes.ask(operation, query={name: MISSING})
                for relation, thing in eyes.kept_from(operation, eyes.secret(name)).items():
                    compared += 1
                    if await eyes.ask(operation, query={name: thing}) != missing:
                        told.append((str(operation), name, relation))

        assert told == []
        assert compared >= 10

    async def test_answers_like_a_missing_one_in_a_body(self, eyes: Eyes) -> None:
        told = []
        for operation in eyes.open_operations:
            for name, is_list in identifying_fields(operation, eyes.world.service.document):
                given = {MISSING: MISSING} | eyes.hidden(name)
                bodies = {
                    relation: eyes.body(operation) | {name: [one] if is_list else one}
                    for relation, one in given.items()
                }
                missing = await eyes.ask(operation, bodies.pop(MISSING))
                for relation, body in bodies.items():
                    if await eyes.ask(operation, body) != missing:
                        told.append((str(operation), name, relation))

        assert told == []

    async def test_is_in_no_list_export_or_total(self, eyes: Eyes) -> None:
        own = {thing for things in eyes.world.objects.values() for thing in map(things.get, eyes.reader.seen)}
        told = []
        for operation in eyes.open_operations:
            if operation.method == "get":
                answer = await eyes.ask(operation)
                kinds = (eyes.kept_from(operation, eyes.secret(kind)) for kind in eyes.world.objects)
                secret = {thing for kind in kinds for thing in kind.values()} - own
                told += [(str(operation), one) for one in secret if one.encode() in answer.content]

        assert told == []


class TestOwnThing:
    async def test_is_answered(self, eyes: Eyes) -> None:
        """Otherwise the silence of foreign ones would prove nothing."""
        reads = [
            operation
            for operation in eyes.open_operations
            if operation.method == "get" and operation.name not in NOT_YET_THERE
            and all(eyes.seen(one) != MISSING for one in re.findall(r"{(\w+_id)}", operation.path))
        ]  # fmt: skip
        answers = {str(one): (await eyes.ask(one)).status for one in reads}

        assert {operation: status for operation, status in answers.items() if status != 200} == {}
