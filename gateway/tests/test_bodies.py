import asyncio
import resource
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.anyio

MIB = 1024 * 1024


async def pieces(count: int, size: int = 64 * 1024) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * size


def resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


class TestLargeBody:
    async def test_announced_is_refused_before_it_is_sent(self, open_gateway) -> None:
        async with open_gateway(max_body_bytes=MIB) as gateway:
            head = b"POST /api/v1/registry/x HTTP/1.1\r\nHost: g\r\nContent-Length: 999999999\r\n\r\n"
            answer = await gateway.talk(head, then=25.0)

            assert answer.startswith(b"HTTP/1.1 413")
            assert b"too-large" in answer
            assert b"connection: close" in answer
            assert gateway.registry.seen == []

    async def test_chunked_is_refused(self, open_gateway) -> None:
        async with open_gateway(max_body_bytes=MIB) as gateway:
            answer = await gateway.client.post("/api/v1/registry/x", content=pieces(100))

            assert answer.status_code == 413
            assert answer.json()["code"] == "too-large"

    async def test_refusal_leaves_health_and_others_alone(self, open_gateway) -> None:
        async with open_gateway(max_body_bytes=MIB) as gateway:
            await gateway.client.post("/api/v1/registry/x", content=pieces(100))

            assert (await gateway.client.get("/api/v1/registry/x")).status_code == 200
            assert not gateway.app.state.upstreams["registry"].breaker.is_open

    async def test_below_the_limit_passes_whole(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            for content in (b"", b"x", b"x" * MIB * 3, pieces(40), pieces(3, 10)):
                answer = await gateway.client.post("/api/v1/registry/x", content=content)
                assert answer.status_code == 200

            assert (await gateway.client.post("/api/v1/registry/x", content=b"x" * MIB)).json()["received"] == MIB
            assert gateway.registry.last_headers["content-length"] == str(MIB)
            assert (await gateway.client.post("/api/v1/registry/x", content=pieces(40))).json()[
                "received"
            ] == 40 * 65536
            assert gateway.registry.last_headers["transfer-encoding"] == "chunked"


class TestSlowBody:
    @pytest.mark.parametrize(
        "announced", [b"Content-Length: 10", b"Content-Length: 900000", b"Transfer-Encoding: chunked"]
    )
    async def test_is_cut_with_408(self, open_gateway, announced: bytes) -> None:
        async with open_gateway(body_seconds=0.4) as gateway:
            head = b"POST /api/v1/registry/x HTTP/1.1\r\nHost: g\r\n" + announced + b"\r\n\r\n"
            answer = await gateway.talk(head, then=25.0)

            assert answer.startswith(b"HTTP/1.1 408")
            assert not gateway.app.state.upstreams["registry"].breaker.is_open

    async def test_a_caller_who_leaves_costs_the_service_nothing(self, open_gateway) -> None:
        async with open_gateway(breaker_failures=1) as gateway:
            _, writer = await asyncio.open_connection("127.0.0.1", int(gateway.url.rpartition(":")[2]))
            writer.write(
                b"POST /api/v1/registry/x HTTP/1.1\r\nHost: g\r\nContent-Length: 900000\r\n\r\n" + b"x" * 99_000
            )
            await asyncio.sleep(0.1)
            writer.close()
            await asyncio.sleep(0.2)

            assert (await gateway.client.get("/api/v1/registry/x")).status_code == 200


class TestStreaming:
    async def test_large_answers_pass_in_flat_memory(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await self._read(gateway, 160)
            before = resident_bytes()

            assert await self._read(gateway, 3200) == 200 * MIB
            assert resident_bytes() - before < 30 * MIB

    async def test_a_slow_reader_is_given_up(self, open_gateway) -> None:
        async with open_gateway(total_seconds=0.5) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(gateway.url.rpartition(":")[2]))
            writer.write(b"GET /api/v1/registry/big?3200 HTTP/1.1\r\nHost: g\r\n\r\n")
            await asyncio.sleep(1.2)

            assert gateway.app.state.upstreams["registry"]._in_flight == 0
            assert reader is not None
            writer.close()

    async def _read(self, gateway, count: int) -> int:
        received = 0
        async with gateway.client.stream("GET", f"/api/v1/registry/big?{count}") as answer:
            async for piece in answer.aiter_raw():
                received += len(piece)
        return received
