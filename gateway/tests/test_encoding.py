import gzip
import json

import pytest
from starlette.types import Receive, Scope, Send

from gateway.encoding import chosen, zstd
from gateway.tests.conftest import PIECE
from tests.support.listening import listening

pytestmark = pytest.mark.anyio

LARGE = {"items": ["党支部"] * 1000}
DECODE = {"gzip": gzip.decompress, "zstd": zstd.decompress}


async def raw_get(gateway, path: str, accepted: str, method: str = "GET") -> tuple[dict[str, str], bytes]:
    """Headers and body as they were on the wire."""
    async with gateway.client.stream(method, path, headers={"Accept-Encoding": accepted}) as answer:
        content = b"".join([piece async for piece in answer.aiter_raw()])
        return dict(answer.headers), content


class TestChoice:
    @pytest.mark.parametrize(
        ("accepted", "name"),
        [
            ("gzip, deflate, br, zstd", b"zstd"),
            ("gzip", b"gzip"),
            ("GZIP;q=0.5, zstd;q=0.1", b"gzip"),
            ("zstd;q=0, *", b"gzip"),
            ("*", b"zstd"),
            ("zstd;q=0, gzip;q=0", None),
            ("br", None),
            ("gzip;q=high", None),
            ("identity", None),
            ("", None),
            (None, None),
        ],
    )
    def test_is_the_callers(self, accepted: str | None, name: bytes | None) -> None:
        found = chosen(accepted)

        assert (found().name if found else None) == name


class TestLargeAnswer:
    @pytest.mark.parametrize("name", DECODE)
    async def test_is_sent_smaller_and_means_the_same(self, open_gateway, name: str) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers["/api/v1/registry/members"] = (200, LARGE)
            headers, content = await raw_get(gateway, "/api/v1/registry/members", name)

            assert headers["content-encoding"] == name
            assert headers["content-length"] == str(len(content))
            assert "Accept-Encoding" in headers["vary"]
            assert len(content) < 1024
            assert json.loads(DECODE[name](content)) == LARGE

    async def test_is_sent_as_it_is_to_who_accepts_nothing_else(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers["/api/v1/registry/members"] = (200, LARGE)
            headers, content = await raw_get(gateway, "/api/v1/registry/members", "identity")

            assert "content-encoding" not in headers
            assert json.loads(content) == LARGE

    async def test_of_a_write_is_never_shrunk_for_it_may_hold_a_token(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers["/api/v1/registry/logins"] = (201, {"access_token": "x" * 3000})
            headers, _ = await raw_get(gateway, "/api/v1/registry/logins", "gzip, zstd", "POST")

            assert "content-encoding" not in headers

    async def test_of_the_documentation_is_shrunk_too(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            page, _ = await raw_get(gateway, "/docs/assets/swagger-ui-bundle.js", "gzip")
            document, content = await raw_get(gateway, "/openapi.json", "zstd")

            assert (page["content-encoding"], document["content-encoding"]) == ("gzip", "zstd")
            assert "/api/v1/me" in json.loads(zstd.decompress(content))["paths"]

    async def test_head_says_the_length_it_would_have(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            headers, _ = await raw_get(gateway, "/docs/assets/swagger-ui.css", "gzip", "HEAD")

            assert "content-encoding" not in headers
            assert int(headers["content-length"]) > 1024


class TestSmallAnswer:
    async def test_is_left_alone(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            headers, content = await raw_get(gateway, "/api/v1/registry/x", "gzip")

            assert "content-encoding" not in headers
            assert json.loads(content)["method"] == "GET"


def answering(*pieces: bytes, **headers: str):
    """A service that streams these pieces under these headers."""

    async def answer(_: Scope, receive: Receive, send: Send) -> None:
        await receive()
        told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": told})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return answer


class TestStream:
    async def test_is_shrunk_piece_by_piece(self, open_gateway) -> None:
        pieces = [PIECE] * 8
        service = answering(*pieces, content_type="text/csv; charset=utf-8", etag='"7"')
        async with listening(service) as url, open_gateway(scoring_url=url) as gateway:
            headers, content = await raw_get(gateway, "/api/v1/scoring/x", "zstd")

            assert "content-length" not in headers
            assert headers["etag"] == 'W/"7"'
            assert zstd.decompress(content) == b"".join(pieces)
            assert len(content) < len(PIECE)

    @pytest.mark.parametrize(
        "headers",
        [
            {"content_type": "text/event-stream"},
            {"content_type": "application/json", "cache_control": "private, no-store"},
            {"content_type": "application/json", "content_encoding": "br"},
            {"content_type": "image/png"},
            {},
        ],
        ids=["events", "not to be stored", "encoded already", "picture", "nothing said"],
    )
    async def test_of_another_kind_is_passed_on_as_it_came(self, open_gateway, headers: dict[str, str]) -> None:
        async with listening(answering(PIECE, **headers)) as url, open_gateway(scoring_url=url) as gateway:
            told, content = await raw_get(gateway, "/api/v1/scoring/x", "gzip, zstd")

            assert told.get("content-encoding", "") == headers.get("content_encoding", "")
            assert content == PIECE
