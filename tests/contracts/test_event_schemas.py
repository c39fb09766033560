"""What the services tell each other is what their committed `events.json` say, and nobody reads what is not told."""

import ast
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from functools import cache
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

import psycopg
import pytest
from jsonschema_rs import Draft202012Validator
from psycopg.rows import dict_row
from sqlalchemy.ext.asyncio import create_async_engine

from deploy.launcher.provision import conninfo
from hosting.domains import consumers_of
from kit.calendar import real_now
from kit.database import transaction
from kit.events import Event
from kit.ids import uuid7
from records.events import described
from registry.identity.authorities.following import REVOKE
from registry.members.members.events import MemberChanged
from registry.tree.posts.events import PostChanged
from scoring.points.indicators.defaults import default_catalogues
from scoring.points.indicators.rules import Trigger
from scoring.points.indicators.sources import fault_of
from tests.contracts.bodies import body_of, plausible
from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.applications import ROLES, SERVICES, SOME_ID, Operation
from tests.support.clients import ServiceClient
from tests.support.databases import ROOT
from tests.support.earning_events import MONTH, read_copy, renewed
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
PERSONAL = frozenset({"id_number", "phone", "birth_on", "birth_date", "id_number_masked", "phone_masked"})
ALIASES = {"subject_id": "member_id", "parent_id": "organization_id", "jurisdiction_id": "organization_id"}
TELLS_NOTHING = {
    "refresh_login": "a renewed token changes nothing; refused ones are told",
    "register_voting_token": "nothing may join a voter to a moment (rules.md §8)",
    "cast_vote": "nothing may join a vote to a moment (rules.md §8)",
    "show_activation": "only reads, in a POST because the token may not stand in an address",
}
Schema = Mapping[str, Any]


@cache
def told_by(service: str) -> dict[str, Schema]:
    found: dict[str, Schema] = json.loads((ROOT / "services" / service / "events.json").read_text(encoding="utf-8"))
    return found


def schema_of(event: str) -> Schema:
    return told_by(event.partition(".")[0])[event]


def closed(schema: Any) -> Any:
    """The same schema, refusing what it does not name."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(one) for name, one in schema.items()}
    return inner | ({"additionalProperties": False} if "properties" in inner else {})


def fields_of(schema: Schema, whole: Schema) -> dict[str, Schema]:
    if "$ref" in schema:
        return fields_of(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    found: dict[str, Schema] = schema.get("properties", {})
    return found


def all_fields(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for one in schema.values():
            yield from all_fields(one)
    if isinstance(schema, list):
        for one in schema:
            yield from all_fields(one)


def sample_of(event: str) -> Any:
    """Data with every field that is told."""
    schema = schema_of(event)
    document = {"components": {"schemas": schema.get("$defs", {})}}
    whole = json.loads(json.dumps(schema), object_hook=with_everything)
    document = {"components": {"schemas": whole.get("$defs", {})}}
    return plausible(whole, document, lambda _: str(uuid7()))


def with_everything(schema: dict[str, Any]) -> dict[str, Any]:
    if schema.get("format") == "decimal":
        return {"const": "1.00"}
    if schema.get("pattern") == MONTH:
        return {"const": "2025-03"}
    return schema | ({"required": list(schema["properties"])} if "properties" in schema else {})


class Told(dict[str, Any]):
    """Data in which nobody looks, even in vain, for a field that the schema does not name."""

    def get(self, name: str, default: Any = None) -> Any:
        assert name in self or name == "revision", f"nobody tells {name}"
        return super().get(name, default)


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service(request.param), issue_token, service_client, stack)


def log_of(world: World) -> list[dict[str, Any]]:
    with psycopg.connect(conninfo(world.service.database.app_url), row_factory=dict_row) as db:
        found = db.execute("SELECT type, data FROM event_log WHERE type LIKE %s", [f"{world.service.name}.%"])
        return found.fetchall()


@pytest.mark.parametrize("service", SERVICES)
class TestCommittedDocument:
    def test_is_what_the_classes_say(self, service: str) -> None:
        import_module(f"{service}.app")

        assert told_by(service) == described(service), f"services/{service}/events.json is stale: run `make openapi`"

    def test_names_every_type_in_chinese_and_once(self, service: str) -> None:
        titles = [one["title"] for one in told_by(service).values()]

        assert [one for one in titles if one.isascii()] == []
        assert len(set(titles)) == len(titles)

    def test_tells_nothing_personal(self, service: str) -> None:
        assert {name for one in told_by(service).values() for name in all_fields(one)} & PERSONAL == set()

    def test_is_the_only_way_to_tell(self, service: str) -> None:
        """Nobody beside records.events writes the log, so that no payload is made by hand."""
        tellers = [path for path in (ROOT / "services" / service / service).rglob("*.py") if writes_by_hand(path)]

        assert tellers == []


def writes_by_hand(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    named = {one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for one in node.names}
    whole = "events" in {
        one.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "kit"
        for one in node.names
    }  # fmt: skip
    return whole or bool(named & {"append", "append_many"})


class TestReaders:
    def test_of_the_shipped_catalogue_earn_from_what_is_told(self) -> None:
        shipped = [
            (indicator["code"], trigger)
            for catalogue in default_catalogues()
            for indicator in catalogue.indicators
            for trigger in map(Trigger.from_record, indicator["triggers"])
        ]

        assert len(shipped) >= 30
        assert [(code, fault_of(one)) for code, one in shipped if fault_of(one)] == []

    def test_of_catalogues_know_what_the_producers_tell(self) -> None:
        copy = read_copy()

        assert copy == renewed(copy), "scoring/data/earning_events.json is stale: run `make openapi`"

    @pytest.mark.parametrize("service", SERVICES)
    def test_handle_types_that_exist(self, service: str) -> None:
        for consumer in consumers_of(import_module(f"{service}.app").DOMAINS):
            assert sorted(set(consumer.handlers) - set(told_by(consumer.source))) == []

    async def test_find_every_field_they_read(self, world: World) -> None:
        engine = create_async_engine(world.service.database.app_url)
        read = 0
        for consumer in consumers_of(import_module(f"{world.service.name}.app").DOMAINS):
            for name, handler in consumer.handlers.items():
                data = json.loads(json.dumps(sample_of(name)), object_hook=Told)
                subject = root = world.at("organization_id", "branch")
                event = Event(uuid7(), name, subject, 1, root, "0001/", real_now(), data, None)
                async with transaction(engine) as db:
                    await handler(db, event)
                    await db.rollback()
                read += 1
        await engine.dispose()
        assert read >= 2

    def test_of_the_own_log_find_the_field_they_read(self) -> None:
        """Registry ends authority by a statement over its log, which no handler stands for."""
        assert "data->>'member_id'" in REVOKE.text
        assert "member_id" in told_by("registry")[PostChanged.type]["required"]
        assert MemberChanged.type in told_by("registry")


class TestWrites:
    """Every writing operation that succeeds, by somebody who may do everything, leaves an event that fits."""

    async def test_leave_events_that_fit(self, world: World, issue_token: IssueToken) -> None:
        silent, succeeded = [], set()
        for operation in world.service.operations:
            if operation.method == "get" or operation.path.startswith("/internal/"):
                continue
            before = len(log_of(world))
            if await succeeds(world, operation, issue_token):
                succeeded.add(operation.name)
                if len(log_of(world)) == before and operation.name not in TELLS_NOTHING:
                    silent.append(operation.name)
        assert silent == []
        assert len(succeeded) >= {"registry": 8, "scoring": 2, "training": 2}[world.service.name], sorted(succeeded)
        told = log_of(world)
        assert {one["type"] for one in told} <= set(told_by(world.service.name))
        for one in told:
            validator = Draft202012Validator(closed(schema_of(one["type"])), validate_formats=True)
            assert [error.message for error in validator.iter_errors(one["data"])] == [], one["type"]


async def succeeds(world: World, operation: Operation, issue_token: IssueToken) -> bool:
    def known(name: str) -> str:
        return world.objects.get(ALIASES.get(name, name), {}).get("branch", SOME_ID)

    root, person = world.at("organization_id", "root"), world.at("member_id", "colleague")
    token = issue_token(grants=[(role, root) for role in ROLES], person=person, client=False)
    client = await world.stack.enter_async_context(world.service_client(world.service.app, token))
    ids = {one["name"]: known(one["name"]) for one in operation.parameters("path") if "_id" in one["name"]}
    content = body_of(operation, world.service.document, known)
    for version in range(1, 9):
        headers = {"Idempotency-Key": uuid7().hex, "If-Match": f'"{version}"'}
        answer = await client.request(operation.method.upper(), operation.address(**ids), headers=headers, json=content)
        if answer.status_code != HTTPStatus.PRECONDITION_FAILED:
            return bool(answer.is_success)
    return False
