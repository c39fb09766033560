"""What is too large, too wide or no date is refused before it costs anything."""

import json
from collections.abc import AsyncIterator

import pytest
from pydantic import TypeAdapter, ValidationError

from kit.edge import BusinessDate, Instant
from kit.routing import LARGEST_BODY, LARGEST_PUBLIC_BODY

pytestmark = pytest.mark.anyio
JSON = {"content-type": "application/json"}


def padded(size: int) -> bytes:
    """A body of exactly that many bytes that would otherwise be accepted."""
    content = json.dumps({"name": "a"}).encode()
    return content + b" " * (size - len(content))


async def in_pieces(content: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(content), 16_000):
        yield content[start : start + 16_000]


@pytest.fixture
def headers(token):
    return {**JSON, "Authorization": f"Bearer {token('worker')}", "Idempotency-Key": "a-key-of-the-test"}


class TestLimits:
    @pytest.mark.parametrize(("path", "most"), [("/doors/name", LARGEST_PUBLIC_BODY), ("/things", LARGEST_BODY)])
    async def test_depend_on_who_may_call(self, client, headers, path, most):
        """A stranger may send 64 KiB, who is signed in 1 MiB, announced or streamed."""
        for content in (padded(most + 1), in_pieces(padded(most + 1))):
            refused = await client.post(path, content=content, headers=headers)
            assert (refused.status_code, refused.json()["code"]) == (413, "too-large")
        assert (await client.post(path, content=padded(most), headers=headers)).is_success

    async def test_are_wider_where_the_operation_declares_it(self, client):
        for most, status in ((LARGEST_PUBLIC_BODY + 1, 200), (2 * LARGEST_PUBLIC_BODY + 1, 413)):
            answer = await client.post("/gates/name", content=padded(most), headers=JSON)
            assert answer.status_code == status

    async def test_leave_a_file_what_the_service_takes(self, client):
        file = {"file": ("a.txt", b"x" * 2 * LARGEST_BODY)}
        assert (await client.post("/doors/file", files=file)).json() == 2 * LARGEST_BODY


class TestUnknownFields:
    async def test_are_named_when_they_are_few(self, client):
        answer = await client.post("/doors/name", json={"name": "a", "colour": 1})
        assert answer.json()["errors"] == [{"pointer": "/body/colour", "message": "不认识的字段,请删去"}]

    async def test_are_counted_when_they_are_many(self, client):
        wide = {f"k{number}": 1 for number in range(5000)}
        answer = await client.post("/doors/name", json=wide)
        [error] = answer.json()["errors"]
        assert (answer.status_code, error["pointer"]) == (422, "/body")
        assert error["message"] == "这里有 5000 个字段,认识的至多 1 个"


class TestDates:
    @pytest.mark.parametrize("value", [0, 1_700_000_000, 20_260_131, 1.5, True, "0", "1700000000", "20260131", "-1"])
    @pytest.mark.parametrize("kind", [BusinessDate, Instant])
    async def test_are_no_numbers(self, kind, value):
        with pytest.raises(ValidationError, match="日期须写成"):
            TypeAdapter(kind).validate_python(value)
