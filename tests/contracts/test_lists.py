"""Every list in every service is narrowed, ordered, paged, counted and exported in the one way (libs/records)."""

import csv
import io
import json
import re
import subprocess
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
from openpyxl import load_workbook

from deploy.launcher.provision import conninfo
from kit.permissions import SIGNED_IN
from tests.contracts.conftest import MakeService
from tests.contracts.places import World
from tests.contracts.worlds import make_world
from tests.support.applications import SERVICES, Operation
from tests.support.clients import ServiceClient
from tests.support.programs import program
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
PLACES_OF = {
    "district_officer": "root", "town_officer": "town", "branch_secretary": "branch", "member": "branch",
    "security_administrator": None, "system_administrator": None, "audit_administrator": None,
}  # fmt: skip
MANNERS = frozenset({"limit", "after", "sort", "with_total"})
FEW = 20
LARGEST = 200
UNWRAPPED = 24
FOR_MACHINES = "(JSON)"
WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class List:
    """One list operation, and somebody who may read and export it."""

    world: World
    operation: Operation
    client: httpx2.AsyncClient

    @property
    def sortable(self) -> list[str]:
        return [name for one in self.operation.parameters("query") for name in one["schema"].get("x-sortable", ())]

    @property
    def needed(self) -> dict[str, str]:
        """Parameters without which the list does not answer."""
        names = [one["name"] for one in self.operation.parameters("query") if one.get("required")]
        return {name: self.world.objects.get(name, {}).get("branch", "2025") for name in names}

    @property
    def item(self) -> Mapping[str, Any]:
        schemas = self.world.service.document["components"]["schemas"]
        answer = self.operation.described["responses"]["200"]["content"]["application/json"]["schema"]
        page = schemas[answer["$ref"].rpartition("/")[2]]
        found: Mapping[str, Any] = schemas[page["properties"]["items"]["items"]["$ref"].rpartition("/")[2]]
        return found

    async def read(self, **query: Any) -> Any:
        answer = await self.client.get(self.operation.path, params={**self.needed, **query})
        assert answer.status_code == 200, f"{self.operation} {query}: {answer.text}"
        return answer.json()

    async def all(self, **query: Any) -> list[Any]:
        return await self.by_steps(LARGEST, **query)

    async def by_single_steps(self, **query: Any) -> list[Any]:
        """One by one; a list of many rows in about as many steps as a list of a few has."""
        total = (await self.read(limit=1, with_total=True))["total"]
        return await self.by_steps(1 if total <= FEW else total // FEW + 1, **query)

    async def by_steps(self, limit: int, **query: Any) -> list[Any]:
        items, after = [], None
        while True:
            page = await self.read(limit=limit, **query, **({"after": after} if after else {}))
            items += page["items"]
            after = page["next"]
            if after is None:
                return items


def written(items: list[Any]) -> list[str]:
    return [json.dumps(one, sort_keys=True) for one in items]


def is_list(operation: Operation) -> bool:
    return operation.name.startswith("list_") and "{" not in operation.path and not is_internal(operation)


def is_internal(operation: Operation) -> bool:
    return operation.path.startswith("/internal/")


def carried(operation: Operation) -> bool:
    return any(one["name"] == "sort" for one in operation.parameters("query"))


@pytest.fixture(scope="module", params=SERVICES)
async def world(
    request: pytest.FixtureRequest, make_service: MakeService, issue_token: IssueToken, service_client: ServiceClient
) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        yield await make_world(make_service(request.param), issue_token, service_client, stack)


@pytest.fixture
async def lists(world: World) -> list[List]:
    """Every list of the service."""
    found = []
    for operation in world.service.operations:
        if is_list(operation) and carried(operation):
            found.append(List(world, operation, await reader_of(world, operation)))
    return found


async def reader_of(world: World, operation: Operation) -> httpx2.AsyncClient:
    roles = world.service.rules[operation.name.replace("list_", "export_", 1)].roles
    role, place = next((role, place) for role, place in PLACES_OF.items() if roles & {role, SIGNED_IN})
    if place is None:
        token = world.issue_token([role])
        client: httpx2.AsyncClient = await world.stack.enter_async_context(
            world.service_client(world.service.app, token)
        )
        return client
    person = world.at("member_id", "branch") if role == "member" else None
    opened: httpx2.AsyncClient = await world.client(role, place, person)
    return opened


def filters_of(one: List) -> Iterator[str]:
    for parameter in one.operation.parameters("query"):
        if parameter["name"] not in MANNERS and not parameter.get("required"):
            yield parameter["name"]


class TestLists:
    async def test_count_page_and_export_the_same_rows(self, lists: list[List]) -> None:
        for one in lists:
            whole = await one.all()
            assert written(await one.by_single_steps()) == written(whole), str(one.operation)
            assert (await one.read(with_total=True, limit=1))["total"] == len(whole), str(one.operation)
            exported = await one.client.get(f"{one.operation.path}/export", params={**one.needed, "format": "csv"})
            assert exported.status_code == 200, f"{one.operation}: {exported.text}"
            rows = list(csv.reader(io.StringIO(exported.content.decode("utf-8-sig"))))
            assert len(rows) - 1 == len(whole), str(one.operation)
            assert len(rows[0]) > 1, str(one.operation)

    async def test_follow_every_order_without_losing_a_row(self, lists: list[List]) -> None:
        for one in lists:
            assert one.sortable, str(one.operation)
            whole = sorted(written(await one.all()))
            for name in one.sortable:
                ordered = {sort: await one.all(sort=sort) for sort in (name, f"-{name}")}
                for sort, items in ordered.items():
                    assert sorted(written(items)) == whole, f"{one.operation} {sort}"
                    assert written(await one.by_single_steps(sort=sort)) == written(items), f"{one.operation} {sort}"
                rising, falling = [[item[name] for item in items if name in item] for items in ordered.values()]
                assert rising == falling[::-1], f"{one.operation} {name}"

    async def test_refuse_an_order_nobody_knows(self, lists: list[List]) -> None:
        for one in lists:
            answer = await one.client.get(one.operation.path, params={**one.needed, "sort": "nobody_knows"})
            assert (answer.status_code, answer.json()["code"]) == (422, "unknown-sort"), str(one.operation)

    async def test_refuse_a_cursor_of_another_order(self, lists: list[List]) -> None:
        for one in lists:
            page = await one.read(limit=1)
            if page["next"]:
                query = {**one.needed, "after": page["next"], "sort": one.sortable[0]}
                answer = await one.client.get(one.operation.path, params=query)
                assert (answer.status_code, answer.json()["code"]) == (400, "invalid-cursor"), str(one.operation)

    async def test_keep_to_every_filter(self, lists: list[List]) -> None:
        """A value taken from a row finds that row, and only rows that have it."""
        for one in lists:
            whole = await one.all()
            for name in filters_of(one):
                known = next((item for item in whole if isinstance(item.get(name), str | bool | int)), None)
                if known is not None:
                    found = await one.all(**{name: json.dumps(known[name], ensure_ascii=False).strip('"')})
                    assert {item[name] for item in found} == {known[name]}, f"{one.operation} {name}"
                    assert known in found, f"{one.operation} {name}"

    async def test_name_whom_every_id_is_about(self, lists: list[List]) -> None:
        for one in lists:
            fields = set(one.item["properties"])
            ids = {name for name in fields if name.endswith("_id")} - {"root_id"}
            assert {name for name in ids if name.removesuffix("_id") + "_name" not in fields} == set(), str(
                one.operation
            )

    async def test_leave_each_export_on_record(self, lists: list[List]) -> None:
        for one in lists:
            path, operation = f"{one.operation.path}/export", one.operation.name.replace("list_", "export_", 1)
            before = exports_of(one.world, operation)
            await one.client.get(path, params=one.needed)
            assert exports_of(one.world, operation) == before + 1, operation

    async def test_print_with_every_date_name_and_number_readable(self, lists: list[List], tmp_path: Path) -> None:
        """As an official prints them: a cell too narrow for a date or a number would show `###`."""
        sheets = {}
        for one in lists:
            answer = await one.client.get(f"{one.operation.path}/export", params={**one.needed, "format": "xlsx"})
            sheets[one.operation.name] = answer.content
        for name, text in printed(sheets, tmp_path).items():
            assert "###" not in text, name
            for column in load_workbook(BytesIO(sheets[name])).worksheets[0].iter_cols():
                if str(column[0].value).endswith(FOR_MACHINES):
                    continue
                for cell in column:
                    if isinstance(cell.value, str):
                        missing = [one for one in pieces(cell.value) if one not in bare(text)]
                        assert missing == [], f"{name} {cell.coordinate}: {cell.value}"


def printed(sheets: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """What stands on the pages when each workbook is printed."""
    office, reader = program("soffice", "libreoffice-calc"), program("pdftotext", "poppler-utils")
    for name, content in sheets.items():
        (folder / f"{name}.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(folder.glob("*.xlsx"))
    convert = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
    subprocess.run(convert, check=True, capture_output=True, timeout=300)
    found = {}
    for file in files:
        pages = subprocess.run([reader, "-layout", file.with_suffix(".pdf"), "-"], check=True, capture_output=True)
        found[file.stem] = pages.stdout.decode()
    return found


def pieces(text: str) -> list[str]:
    """What has to stand on the page in one piece: of a text that is wrapped, how each word begins."""
    return [bare(text)] if len(text) <= UNWRAPPED else [one[:8] for one in WORD.findall(text)]


def bare(text: str) -> str:
    """Without what a line break in a cell or on a page changes."""
    return "".join(text.split())


def exports_of(world: World, operation: str) -> int:
    with psycopg.connect(conninfo(world.service.database.app_url)) as db:
        query = "SELECT count(*) FROM event_log WHERE type = %s AND data->>'operation' = %s"
        found = db.execute(query, [f"{world.service.name}.export.made.v1", operation]).fetchone()
    assert found is not None
    return int(found[0])
