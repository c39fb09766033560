import pytest

from gateway.callers import address, rate_key
from gateway.settings import Settings

pytestmark = pytest.mark.anyio

CLAIMS = ["X-User-Id", "X-User", "X-Actor", "X-Actor-Roles", "X-Forwarded-User", "X-Remote-User", "X-Real-IP"]
HOP_BY_HOP = [
    "Keep-Alive",
    "Proxy-Authorization",
    "TE",
    "Trailer",
    "Proxy-Connection",
    "X_User",
    "X-HTTP-Method-Override",
]


class TestRequestHeaders:
    @pytest.mark.parametrize("name", CLAIMS + HOP_BY_HOP)
    async def test_claimed_identity_and_hop_by_hop_stay_outside(self, open_gateway, name: str) -> None:
        async with open_gateway() as gateway:
            await gateway.client.get("/api/v1/registry/x", headers={name: "forged"})

            assert "forged" not in gateway.registry.last_headers.values()

    async def test_headers_listed_by_connection_stay_outside(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            headers = {"Connection": "close, X-Secret", "X-Secret": "1", "X-Other": "2"}
            await gateway.client.get("/api/v1/registry/x", headers=headers)

            assert "x-secret" not in gateway.registry.last_headers
            assert gateway.registry.last_headers["x-other"] == "2"

    async def test_a_stranger_cannot_choose_its_address(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            headers = {"X-Forwarded-For": "10.9.9.9", "Forwarded": "for=10.9.9.9", "X-Forwarded-Proto": "https"}
            await gateway.client.get("/api/v1/registry/x", headers=headers)

            assert gateway.registry.last_headers["x-forwarded-for"] == "127.0.0.1"
            assert gateway.registry.last_headers["forwarded"] == "for=127.0.0.1;proto=http"
            assert gateway.registry.last_headers["x-forwarded-proto"] == "http"

    async def test_a_trusted_hop_is_believed(self, open_gateway) -> None:
        async with open_gateway(trusted_hops=("127.0.0.0/8",)) as gateway:
            await gateway.client.get("/api/v1/registry/x", headers={"X-Forwarded-For": "6.6.6.6, 10.9.9.9"})

            assert gateway.registry.last_headers["x-forwarded-for"] == "10.9.9.9"

    @pytest.mark.parametrize("offered", ["short", "x" * 65, "with space in it", "a;b;c;d;e;f"])
    async def test_a_malformed_request_id_is_replaced(self, open_gateway, offered: str) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get("/api/v1/registry/x", headers={"X-Request-Id": offered})

            assert answer.headers["x-request-id"] != offered
            assert gateway.registry.last_headers["x-request-id"] == answer.headers["x-request-id"]

    async def test_request_id_and_trace_travel(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            trace = f"00-{'a' * 32}-{'b' * 16}-01"
            headers = {"X-Request-Id": "order-12345678", "traceparent": trace}
            answer = await gateway.client.get("/api/v1/registry/x", headers=headers)

            assert answer.headers["x-request-id"] == "order-12345678"
            assert gateway.registry.last_headers["traceparent"] == trace

    async def test_a_malformed_trace_is_dropped(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await gateway.client.get("/api/v1/registry/x", headers={"traceparent": "forged"})

            assert "traceparent" not in gateway.registry.last_headers


class TestAnswerHeaders:
    async def test_hop_by_hop_and_listed_headers_stay_inside(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get("/api/v1/registry/x")

            assert "x-internal" not in answer.headers
            assert answer.headers["x-request-id"] != "forged-by-service"
            assert "server" not in answer.headers
            assert answer.headers.get_list("date", split_commas=False) == [answer.headers["date"]]

    async def test_repeated_headers_stay_apart(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get("/api/v1/registry/x")

            assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]


class TestCallerAddress:
    SETTINGS = Settings(trusted_hops=("10.0.0.0/8",), front_proxies="10.0.0.2 10.0.3.0/24")

    @pytest.mark.parametrize(
        ("peer", "forwarded", "expected"),
        [
            ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
            ("10.0.0.1", None, "10.0.0.1"),
            ("10.0.0.1", "1.1.1.1", "1.1.1.1"),
            ("10.0.0.1", "2.2.2.2, 1.1.1.1", "1.1.1.1"),
            ("10.0.0.1", "1.1.1.1, 10.0.0.2", "1.1.1.1"),
            ("10.0.0.1", "1.1.1.1, 10.0.3.7, 10.0.0.2", "1.1.1.1"),
            ("10.0.0.1", "6.6.6.6, 10.0.9.9", "10.0.9.9"),
            ("10.0.0.1", "6.6.6.6, 10.0.9.9, 10.0.0.2", "10.0.9.9"),
            ("10.0.0.1", "junk, 10.0.0.2", "10.0.0.2"),
            ("10.0.0.1", "1.1.1.1\r\nx: y", "10.0.0.1"),
        ],
    )
    def test_is_the_nearest_no_proxy_of_ours_vouches_for(self, peer: str, forwarded: str | None, expected: str) -> None:
        assert address(peer, forwarded, self.SETTINGS.trusted_hops, self.SETTINGS.front_proxies) == expected

    def test_counts_an_ipv6_network_as_one(self) -> None:
        assert rate_key("2001:db8::1") == rate_key("2001:db8::ffff") != rate_key("2001:db8:0:1::1")
