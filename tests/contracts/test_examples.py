"""Every operation is played against its real service as its document shows it; `make examples` writes what is shown."""

import csv
import io
import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from describing.words import is_chinese
from hosting.tokens import Verifier
from tests.contracts.bodies import resolved
from tests.contracts.conftest import MakeService
from tests.contracts.plays import gateway
from tests.contracts.plays.playing import Player, set_to_noon
from tests.contracts.plays.reading import read_everything
from tests.contracts.plays.recording import Played, Recorder, first_of_each
from tests.contracts.plays.stable import Names
from tests.contracts.test_event_schemas import TELLS_NOTHING, closed, told_by
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES, Service
from tests.support.clients import ServiceClient
from tests.support.databases import ROOT
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
WRITE = "LIANGXIN_WRITE_EXAMPLES"
NOTHING_TO_CHANGE = {
    "disclose_member": "the event is what is kept of a look at a sealed field",
    "open_client_token": "a token is signed, not stored",
    "unlock_account": "the account was not locked",
}
FEWEST_CELLS = 1
LINES_OF = {"export_resolutions": "decisions", "export_surveys": "results"}
EMPTY: dict[str, str] = {}


class Season:
    """What was played in one service, once for all tests."""

    def __init__(self, service: Service, player: Player, recorder: Recorder, filled: int) -> None:
        """The first `filled` requests filled the world; they are shown only where the play has nothing better."""
        self.service, self.player, self.played = service, player, list(recorder.played)
        self.shown = first_of_each(self.played[:filled]) | first_of_each(self.played[filled:])

    @property
    def file(self) -> Path:
        return self.service.folder / self.service.name / "examples.json"

    async def rows(self, name: str) -> list[dict[str, Any]]:
        found, after = list[dict[str, Any]](), dict[str, str]()
        while True:
            page = await self.player.play(name, limit=200, **after)
            found += page["items"]
            if page["next"] is None:
                return found
            after = {"after": page["next"]}

    @property
    def examples(self) -> dict[str, Any]:
        names = Names(self.player.world.objects)
        return {name: names.example(one) for name, one in sorted(self.shown.items())}


@pytest.fixture(scope="module", params=SERVICES)
async def season(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[Season]:
    service = make_service(request.param)
    recorder = Recorder(service)
    play = import_module(f"tests.contracts.plays.{service.name}")
    async with AsyncExitStack() as stack:
        stack.callback(recorder.close)
        await stack.enter_async_context(service_client(service.app))
        await set_to_noon(service.app)
        client = partial(service_client, event_hooks=recorder.hooks)
        player = Player(await make_world(service, issue_token, client, stack))
        filled = len(recorder.played)
        await play.play(player)
        await read_everything(player, play.ASKED)
        yield Season(service, player, recorder, filled)


def assert_committed(file: Path, played: Mapping[str, Any]) -> None:
    if os.environ.get(WRITE):
        text = json.dumps(played, ensure_ascii=False, indent=1, sort_keys=True)
        file.write_text(text + "\n", encoding="utf-8")
    committed = json.loads(file.read_text(encoding="utf-8"))

    stale = {name: (committed.get(name), one) for name, one in sorted(played.items()) if committed.get(name) != one}
    assert stale == {}, f"{file.parent.name} answers otherwise than {file}: run `make examples`"
    assert committed.keys() == played.keys()


class Promises:
    """The shapes of a document, closed: an answer must not hold what they do not name."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._components = closed(json.loads(json.dumps(document["components"])))
        self._validators: dict[tuple[str, int], Draft202012Validator] = {}

    def holds_for(self, one: Played) -> bool:
        return one.media_type.endswith("json") and one.media_type in self._contents(one)

    def faults(self, one: Played) -> list[str]:
        key = (one.operation.name, one.answer.status_code)
        if key not in self._validators:
            schema = {**self._contents(one)[one.media_type]["schema"], "components": self._components}
            self._validators[key] = Draft202012Validator(schema, validate_formats=True)
        return [
            f"{fault.instance_path} {fault.message}" for fault in self._validators[key].iter_errors(one.answer.json())
        ]

    def _contents(self, one: Played) -> Mapping[str, Any]:
        described = one.operation.described["responses"][str(one.answer.status_code)]
        found: Mapping[str, Any] = described.get("content", {})
        return found


async def test_of_the_gateway_are_the_committed_ones(
    make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient, test_verifier: Verifier
) -> None:
    services = {name: make_service(name) for name in SERVICES}
    async with AsyncExitStack() as stack:
        document, played = await gateway.play(services, issue_token, service_client, test_verifier, stack)
    names, promises = Names({}), Promises(document)

    assert_committed(ROOT / "gateway/gateway/examples.json", {one.operation.name: names.example(one) for one in played})
    assert {one.operation.name: promises.faults(one) for one in played if promises.holds_for(one)} == {
        one.operation.name: [] for one in played
    }


class TestExamples:
    async def test_are_there_for_every_operation(self, season: Season) -> None:
        assert sorted({one.name for one in season.service.operations} - season.shown.keys()) == []

    async def test_are_the_committed_ones(self, season: Season) -> None:
        assert_committed(season.file, season.examples)

    async def test_show_rows_wherever_there_is_a_list(self, season: Season) -> None:
        lists = {name: one.answer.json() for name, one in season.shown.items() if name.startswith("list_")}

        assert {name for name, page in lists.items() if not page["items"]} == EMPTY.keys() & lists.keys()

    async def test_fit_the_shapes_that_the_document_promises(self, season: Season) -> None:
        """Answers are made without a second validation, so here every one of them is held against its schema."""
        promises = Promises(season.service.document)
        held = [one for one in season.played if promises.holds_for(one)]

        assert [(str(one.operation), faults) for one in held if (faults := promises.faults(one))] == []
        assert len({one.operation.name for one in held}) > len(season.shown) // 2

    async def test_were_asked_as_the_document_says(self, season: Season) -> None:
        components, wrong = season.service.document["components"], dict[str, list[str]]()
        for one in season.shown.values():
            content = one.operation.described.get("requestBody", {}).get("content", {})
            if one.body is not None and "application/json" in content:
                schema = {**content["application/json"]["schema"], "components": components}
                faults = [error.message for error in Draft202012Validator(schema).iter_errors(one.body)]
                wrong |= {one.operation.name: faults} if faults else {}

        assert wrong == {}


class TestWritesAndExports:
    async def test_leave_an_event_of_a_known_type(self, season: Season) -> None:
        writes = [one for one in season.played if one.writes and one.operation.name not in TELLS_NOTHING]

        assert sorted({one.operation.name for one in writes if not one.events}) == []
        assert {kind for one in writes for kind in one.events} <= told_by(season.service.name).keys()

    async def test_tell_it_in_the_transaction_of_the_change(self, season: Season) -> None:
        writes = [one for one in season.played if one.operation.method != "get" and one.events]

        assert {one.operation.name for one in writes if not one.changed} == (
            NOTHING_TO_CHANGE.keys() & season.shown.keys()
        )

    async def test_of_an_export_name_it(self, season: Season) -> None:
        exports = {name: one.events for name, one in season.shown.items() if name.startswith("export_")}

        assert {tuple(events) for events in exports.values()} == {(f"{season.service.name}.export.made.v1",)}


class TestExportedLists:
    async def test_hold_what_the_lists_hold(self, season: Season) -> None:
        """Row for row: wherever a heading is the title of a field of the list, the cell is the field."""
        for operation in season.service.operations:
            name = operation.name.replace("list_", "export_", 1)
            if operation.name.startswith("list_") and name in season.shown:
                listed = await season.rows(operation.name)
                rows = [row for row in listed for _ in row.get(LINES_OF.get(name, ""), [name])]
                content = (await season.player.play(name, format="csv")).content.decode("utf-8-sig")
                table = list(csv.DictReader(io.StringIO(content)))
                assert len(table) == len(rows), name
                fields = fields_of(season.service, operation.name)
                for row, cells in zip(rows, table, strict=True):
                    told = {title: fields[title].cell(row) for title in cells.keys() & fields.keys()}
                    plain = {title: cell for title, cell in told.items() if cell is not None}
                    assert {title: cell for title, cell in plain.items() if cells[title] != cell} == {}, name
                    assert len(plain) >= FEWEST_CELLS, name


@dataclass(frozen=True)
class Field:
    """A field of a list's rows, and how its value stands in a file where it has one plain cell."""

    name: str
    schema: Mapping[str, Any]

    def cell(self, row: Mapping[str, Any]) -> str | None:
        value, labels = row[self.name], self.schema.get("x-enum-labels")
        if value is None:
            return ""
        if isinstance(value, bool):
            return "是" if value else "否"
        if labels:
            return str(labels[value])
        is_plain = isinstance(value, int) or self.schema.get("format") == "date" or is_chinese(value)
        return str(value) if is_plain else None


def fields_of(service: Service, name: str) -> dict[str, Field]:
    """By the title that heads its column, of the fields of a list's rows that stand in a file as they travel."""
    document = service.document
    content = service.operation(name).described["responses"]["200"]["content"]["application/json"]["schema"]
    page = resolved(content, document)
    item = resolved(page["properties"]["items"]["items"], document)["properties"]
    return {one.get("title", name): Field(name, resolved(one, document)) for name, one in item.items()}
