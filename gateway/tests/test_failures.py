import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest

from gateway.settings import Settings
from gateway.tests.conftest import DOWN, raw_server
from tests.support.listening import free_port, listening

pytestmark = pytest.mark.anyio

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answering(raw: bytes) -> Answer:
    """Reads one request, writes these bytes and closes."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(raw)
        await writer.drain()
        writer.close()

    return answer


async def never_answering(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    await reader.read()


BROKEN = {
    "closes at once": b"",
    "half a status line": b"HTTP/1.1 2",
    "half the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
    "half the body": b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhell",
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
    "header not ASCII": "HTTP/1.1 200 OK\r\nX-Name: 党\r\nContent-Length: 0\r\n\r\n".encode(),
}


class TestFailingService:
    async def test_a_dead_one_is_502(self, open_gateway) -> None:
        async with open_gateway(scoring_url=DOWN) as gateway:
            answer = await gateway.client.get("/api/v1/scoring/x")

            assert answer.status_code == 502
            assert answer.json()["code"] == "service-unreachable"
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["retry-after"] == "2"
            assert "暂时连接不上" in answer.json()["detail"]
            assert "127.0.0.1" not in answer.text

    @pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN.keys())
    async def test_a_broken_answer_is_502(self, open_gateway, raw: bytes) -> None:
        async with raw_server(answering(raw)) as url, open_gateway(scoring_url=url) as gateway:
            answer = await gateway.client.get("/api/v1/scoring/x")

            assert answer.status_code == 502
            assert answer.json()["code"] in ("service-answer-broken", "service-unreachable")

    async def test_a_hung_one_is_504_within_the_deadline(self, open_gateway) -> None:
        async with raw_server(never_answering) as url, open_gateway(scoring_url=url, read_seconds=0.3) as gateway:
            answer = await gateway.client.get("/api/v1/scoring/x")

            assert answer.status_code == 504
            assert answer.json()["code"] == "service-timeout"
            assert "retry-after" in answer.headers

    async def test_one_that_is_stopped_is_504_long_before_a_slow_one(self, open_gateway) -> None:
        """Read deadline 20 s: the answer comes because the cheapest question found nobody."""
        limits = {"doubt_seconds": 0.2, "pulse_seconds": 0.2}
        async with raw_server(never_answering) as url, open_gateway(scoring_url=url, **limits) as gateway:
            async with asyncio.timeout(5):
                waiting = [gateway.client.get("/api/v1/scoring/x") for _ in range(3)]
                answers = await asyncio.gather(*waiting)

            assert {answer.json()["code"] for answer in answers} == {"service-timeout"}

    def test_is_answered_for_within_eight_seconds(self) -> None:
        settings = Settings()

        assert settings.doubt_seconds + settings.pulse_seconds < 8

    async def test_one_that_is_slow_but_alive_is_waited_for(self, open_gateway) -> None:
        async with open_gateway(doubt_seconds=0.1, pulse_seconds=0.5) as gateway:
            gateway.scoring.seconds = 0.6
            answer = await gateway.client.get("/api/v1/scoring/slow")

            assert answer.status_code == 200
            asked = [scope["path"] for scope in gateway.scoring.seen]
            assert asked.count("/livez") >= 2

    async def test_one_that_stops_within_a_long_answer_is_cut_not_completed(self, open_gateway) -> None:
        piece = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + piece * 2
        async with raw_server(answering(raw)) as url, open_gateway(scoring_url=url) as gateway:
            answer = await gateway.talk(b"GET /api/v1/scoring/x HTTP/1.1\r\nHost: g\r\n\r\n")

            assert answer.startswith(b"HTTP/1.1 200")
            assert not answer.endswith(b"0\r\n\r\n")

    async def test_a_write_is_never_repeated(self, open_gateway) -> None:
        attempts = 0

        async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal attempts
            attempts += 1
            await answering(b"")(reader, writer)

        async with raw_server(count) as url, open_gateway(scoring_url=url) as gateway:
            answer = await gateway.client.post("/api/v1/scoring/x", content=b"{}")

            assert answer.status_code == 502
            assert attempts == 1

    async def test_a_write_with_a_key_is_repeated_when_its_connection_breaks(self, open_gateway) -> None:
        """The service that took over knows the key, and whether the write was done."""
        attempts = 0

        async def break_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal attempts
            attempts += 1
            sound = b"HTTP/1.1 201 C\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            await answering(b"" if attempts == 1 else sound)(reader, writer)

        async with raw_server(break_once) as url, open_gateway(scoring_url=url) as gateway:
            headers = {"Idempotency-Key": "k1"}
            answer = await gateway.client.post("/api/v1/scoring/x", content=b"{}", headers=headers)

            assert (answer.status_code, attempts) == (201, 2)

    async def test_redirects_are_passed_on_not_followed(self, open_gateway) -> None:
        raw = (
            b"HTTP/1.1 307 T\r\nLocation: http://127.0.0.1:1/internal\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )
        async with raw_server(answering(raw)) as url, open_gateway(scoring_url=url) as gateway:
            assert (await gateway.client.get("/api/v1/scoring/x")).status_code == 307


class TestSuspendedService:
    async def test_is_left_alone_after_failures_in_a_row(self, open_gateway) -> None:
        async with open_gateway(scoring_url=DOWN, breaker_failures=3, breaker_seconds=9.0) as gateway:
            statuses = [(await gateway.client.get("/api/v1/scoring/x")).status_code for _ in range(4)]
            refused = await gateway.client.get("/api/v1/scoring/x")

            assert statuses == [502, 502, 502, 503]
            assert refused.json()["code"] == "service-suspended"
            assert 1 <= int(refused.headers["retry-after"]) <= 9
            assert (await gateway.client.get("/api/v1/registry/x")).status_code == 200

    async def test_comes_back_by_itself(self, open_gateway) -> None:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        async with open_gateway(scoring_url=url, breaker_failures=1, breaker_seconds=0.2) as gateway:
            assert (await gateway.client.get("/api/v1/scoring/x")).status_code == 502
            assert (await gateway.client.get("/api/v1/scoring/x")).status_code == 503

            async with listening(gateway.scoring, port):
                for _ in range(60):
                    await asyncio.sleep(0.05)
                    if (await gateway.client.get("/api/v1/scoring/x")).status_code == 200:
                        break

            assert [scope["path"] for scope in gateway.scoring.seen] == ["/livez", "/api/v1/scoring/x"]

    async def test_lets_no_request_wait_to_find_out(self, open_gateway) -> None:
        async with raw_server(never_answering) as url:
            limits = {"breaker_failures": 1, "breaker_seconds": 0.1, "read_seconds": 0.3, "pulse_seconds": 0.2}
            async with open_gateway(scoring_url=url, **limits) as gateway:
                assert (await gateway.client.get("/api/v1/scoring/x")).status_code == 504

                codes = set()
                for _ in range(12):
                    codes.add((await gateway.client.get("/api/v1/scoring/x")).json()["code"])
                    await asyncio.sleep(0.05)
                assert codes == {"service-suspended"}

    async def test_refusals_by_the_service_do_not_suspend_it(self, open_gateway) -> None:
        async with open_gateway(breaker_failures=1) as gateway:
            gateway.scoring.answers["/api/v1/scoring/x"] = (500, {})

            statuses = [(await gateway.client.get("/api/v1/scoring/x")).status_code for _ in range(3)]

            assert statuses == [500, 500, 500]


class TestNeighbours:
    async def test_a_hung_service_costs_the_others_nothing(self, open_gateway) -> None:
        async with open_gateway(max_in_flight_per_service=20) as gateway:
            await self._cpu_seconds(gateway)
            alone = await self._cpu_seconds(gateway)
            hung = [asyncio.create_task(gateway.client.get("/api/v1/scoring/hang")) for _ in range(40)]
            await asyncio.sleep(0.3)
            beside = await self._cpu_seconds(gateway)
            busy = [task.result() for task in hung if task.done()]
            for task in hung:
                task.cancel()

            assert {answer.json()["code"] for answer in busy} == {"service-busy"}
            assert len(busy) == 20
            assert beside <= 2 * alone

    async def test_too_many_at_once_are_told_to_come_back(self, open_gateway) -> None:
        async with open_gateway(max_in_flight=2) as gateway:
            hung = [asyncio.create_task(gateway.client.get("/api/v1/scoring/hang")) for _ in range(2)]
            await asyncio.sleep(0.2)
            refused = await gateway.client.get("/api/v1/registry/x")
            health = await gateway.client.get("/livez")
            for task in hung:
                task.cancel()

            assert (refused.status_code, refused.json()["code"]) == (503, "gateway-busy")
            assert "retry-after" in refused.headers
            assert health.status_code == 200

    async def _cpu_seconds(self, gateway) -> float:
        """Processor time of two hundred requests, whatever else the machine does."""
        began = time.process_time()
        for _ in range(200):
            assert (await gateway.client.get("/api/v1/registry/x")).status_code == 200
        return time.process_time() - began
