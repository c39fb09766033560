import csv
import json
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

import training
from tests.support.clients import ServiceClient

pytestmark = pytest.mark.anyio
SERVICE = Path(training.__file__).parents[1]
METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture
def operations(app: FastAPI) -> dict[str, tuple[str, str]]:
    return {
        operation["operationId"]: (method, path)
        for path, methods in app.openapi()["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    }


class TestOperations:
    async def test_stand_in_the_access_table_and_nowhere_else(self, operations: dict[str, tuple[str, str]]) -> None:
        with (SERVICE / "training/access.csv").open(encoding="utf-8", newline="") as table:
            rows = {row["operation"] for row in csv.DictReader(table)}

        assert rows == set(operations)

    async def test_answer_no_stranger(
        self, app: FastAPI, operations: dict[str, tuple[str, str]], service_client: ServiceClient
    ) -> None:
        async with service_client(app) as stranger:
            for method, path in operations.values():
                some = re.sub(r"{\w+_id}", "00000000-0000-7000-8000-000000000000", path)
                answer = await stranger.request(method, some.replace("{year}", "2025"))
                assert answer.status_code == 401, (method, path)

    async def test_are_those_of_the_committed_document(self, app: FastAPI) -> None:
        committed = json.loads((SERVICE / "openapi.json").read_text(encoding="utf-8"))

        assert committed == json.loads(json.dumps(app.openapi()))

    async def test_have_chinese_summaries(self, app: FastAPI) -> None:
        summaries = [
            operation["summary"] for methods in app.openapi()["paths"].values() for operation in methods.values()
        ]
        assert all(not summary.isascii() for summary in summaries)
