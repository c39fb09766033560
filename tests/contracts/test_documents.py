"""What the OpenAPI document of every service promises."""

import json
import re

import httpx2
import pytest

from kit.problems import MEDIA_TYPE
from tests.support.applications import Service
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WORD_START = re.compile(r"(?<!^)(?=[A-Z])")


def is_chinese(text: str) -> bool:
    return bool(CHINESE.search(text))


class TestDocument:
    def test_names_exactly_the_operations_of_the_access_table(self, service: Service) -> None:
        names = [operation.name for operation in service.operations]

        assert sorted(names) == sorted(service.rules)

    def test_is_the_committed_one(self, service: Service) -> None:
        committed = json.loads((service.folder / "openapi.json").read_text(encoding="utf-8"))
        is_stale = committed != service.document

        assert not is_stale, f"services/{service.name}/openapi.json is stale: run `make openapi`"

    def test_speaks_chinese(self, service: Service) -> None:
        silent = [
            str(operation)
            for operation in service.operations
            if not is_chinese(operation.described.get("summary", ""))
            or not operation.described.get("tags")
            or not all(map(is_chinese, operation.described["tags"]))
        ]

        assert silent == []

    def test_tells_success_and_problems(self, service: Service) -> None:
        untold = [
            str(operation)
            for operation in service.operations
            if not any(status.startswith("2") for status in operation.described["responses"])
            or not all(
                MEDIA_TYPE in operation.described["responses"].get(status, {}).get("content", {})
                for status in ("4XX", "5XX")
            )
        ]

        assert untold == []

    async def test_sends_no_vocabulary_twice(
        self, service: Service, stranger: httpx2.AsyncClient, issue_token: IssueToken
    ) -> None:
        address, headers = f"/api/v1/{service.name}/vocabulary", {"Authorization": f"Bearer {issue_token(['member'])}"}
        first = await stranger.get(address, headers=headers)
        again = await stranger.get(address, headers={**headers, "If-None-Match": f"W/{first.headers['etag']}"})
        other = await stranger.get(address, headers={**headers, "If-None-Match": '"other"'})

        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
        assert other.json() == first.json()

    async def test_has_a_label_for_every_value(
        self, service: Service, stranger: httpx2.AsyncClient, issue_token: IssueToken
    ) -> None:
        headers = {"Authorization": f"Bearer {issue_token(['member'])}"}
        answer = await stranger.get(f"/api/v1/{service.name}/vocabulary", headers=headers)
        labels = {
            name: {term["value"] for term in terms if term["label"] != term["value"]}
            for name, terms in answer.json()["terms"].items()
        }
        enums = {
            WORD_START.sub("_", name).lower(): set(schema["enum"])
            for name, schema in service.document["components"]["schemas"].items()
            if "enum" in schema
        }

        nameless = {name: values - labels.get(name, set()) for name, values in enums.items()}
        assert {name: values for name, values in nameless.items() if values} == {}
