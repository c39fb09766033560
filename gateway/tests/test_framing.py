import asyncio

import pytest

pytestmark = pytest.mark.anyio

POST = b"POST /api/v1/registry/x HTTP/1.1\r\nHost: g\r\n"
BAD_FRAMING = {
    "length and chunked": POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "signed length": POST + b"Content-Length: +5\r\n\r\nhello",
    "negative length": POST + b"Content-Length: -5\r\n\r\nhello",
    "hexadecimal length": POST + b"Content-Length: 0x5\r\n\r\nhello",
    "list of lengths": POST + b"Content-Length: 5, 5\r\n\r\nhello",
    "chunked twice named": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "bad chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
    "folded header": POST + b"X-A: 1\r\n 2\r\n\r\n",
    "space before colon": POST + b"X-A : 1\r\n\r\n",
    "no version": b"GET /api/v1/registry/x\r\n\r\n",
    "nul in header": POST + b"X-A: 1\x002\r\n\r\n",
    "bare carriage return": POST + b"X-A: 1\rX-User: 2\r\n\r\n",
    "no host": b"GET /api/v1/registry/x HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two hosts": b"GET /api/v1/registry/x HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "host with a path": b"GET /api/v1/registry/x HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n",
    "two tokens": b"GET /api/v1/registry/x HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\n"
    b"Authorization: Bearer b\r\nConnection: close\r\n\r\n",
    "header not text": b"GET /api/v1/registry/x HTTP/1.1\r\nHost: a\r\nX-A: \xff\xfe\r\nConnection: close\r\n\r\n",
}


class TestBadFraming:
    @pytest.mark.parametrize("raw", BAD_FRAMING.values(), ids=BAD_FRAMING.keys())
    async def test_is_refused_and_reaches_no_service(self, open_gateway, raw: bytes) -> None:
        async with open_gateway(body_seconds=1.0) as gateway:
            answer = await gateway.talk(raw)

            assert answer.startswith(b"HTTP/1.1 400")
            assert b"application/problem+json" in answer
            assert [scope["method"] for scope in gateway.registry.seen] in ([], ["POST"][: b"bad chunk" in raw])

    async def test_an_unknown_method_is_refused(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.talk(b"PROPFIND /api/v1/registry/x HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")

            assert answer.startswith(b"HTTP/1.1 405")
            assert gateway.registry.seen == []

    async def test_a_second_request_hidden_in_a_body_stays_a_body(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            hidden = b"GET /api/v1/registry/hidden HTTP/1.1\r\nHost: g\r\n\r\n"
            head = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(hidden)
            await gateway.talk(head + hidden)

            assert [scope["path"] for scope in gateway.registry.seen] == ["/api/v1/registry/x"]
            assert gateway.registry.received == len(hidden)

    async def test_pipelined_requests_are_answered_in_order(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            one = b"GET /api/v1/registry/%d HTTP/1.1\r\nHost: g\r\n"
            answer = await gateway.talk(one % 1 + b"\r\n" + one % 2 + b"Connection: close\r\n\r\n")

            assert answer.index(b"registry/1") < answer.index(b"registry/2")


class TestSlowHead:
    @pytest.mark.parametrize("start", [b"", b"GET /api", POST, POST + b"X-A: 1", b"\r\n\r\n"])
    async def test_is_cut(self, open_gateway, start: bytes) -> None:
        async with open_gateway(head_seconds=0.3) as gateway:
            answer = await gateway.talk(start, then=2.0)

            assert answer.startswith(b"HTTP/1.1 408")

    async def test_is_cut_on_a_kept_connection(self, open_gateway) -> None:
        async with open_gateway(head_seconds=0.3) as gateway:
            whole = b"GET /livez HTTP/1.1\r\nHost: g\r\n\r\n"
            answer = await gateway.talk(whole + b"GET /li", then=2.0)

            assert answer.startswith(b"HTTP/1.1 200")
            assert b"HTTP/1.1 408" in answer

    async def test_dripping_does_not_prolong_it(self, open_gateway) -> None:
        async with open_gateway(head_seconds=0.4) as gateway:
            reader, writer = await asyncio.open_connection("127.0.0.1", int(gateway.url.rpartition(":")[2]))
            answer = asyncio.create_task(reader.read())
            writer.write(b"GET /livez HTTP/1.1\r\n")
            for _ in range(10):
                await asyncio.sleep(0.1)
                if answer.done():
                    break
                writer.write(b"X-A: 1\r\n")

            assert (await answer).startswith(b"HTTP/1.1 408")
            writer.close()


class TestLargeHead:
    @pytest.mark.parametrize(
        "raw",
        [
            b"GET /livez HTTP/1.1\r\nHost: g\r\nX-A: " + b"a" * 40_000,
            b"GET /" + b"a" * 40_000,
            b"GET /livez HTTP/1.1\r\nHost: g\r\n" + b"X-A: 1\r\n" * 8_000,
        ],
    )
    async def test_is_refused_before_it_ends(self, open_gateway, raw: bytes) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.talk(raw, then=2.0)

            assert answer.startswith(b"HTTP/1.1 431")
