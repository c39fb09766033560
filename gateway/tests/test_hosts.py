import pytest
from pydantic import ValidationError

from gateway.settings import Settings

pytestmark = pytest.mark.anyio

PAGES = ["/", "/docs", "/openapi.json", "/docs/assets/swagger-ui.css", "/health", "/version", "/api/v1/registry/x"]
PORTAL = "https://portal.example.cn"
PREFLIGHT = {
    "Origin": PORTAL,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, idempotency-key",
}


class TestHost:
    @pytest.mark.parametrize("path", PAGES)
    async def test_of_another_name_is_refused_on_every_page(self, open_gateway, path: str) -> None:
        async with open_gateway(allowed_hosts="liangxin.example.cn [::1]") as gateway:
            foreign = await gateway.client.get(path, headers={"Host": "evil.example.cn"})
            own = await gateway.client.get(path, headers={"Host": "LiangXin.example.cn:8443"})
            sixth = await gateway.client.get(path, headers={"Host": "[::1]:8000"})

            assert (foreign.status_code, foreign.json()["code"]) == (421, "unknown-host")
            assert own.status_code == sixth.status_code
            assert own.status_code in (200, 503)

    @pytest.mark.parametrize("path", PAGES)
    async def test_that_is_no_name_is_refused_on_every_page(self, open_gateway, path: str) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get(path, headers={"Host": "a/b"})

            assert (answer.status_code, answer.json()["code"]) == (400, "malformed-headers")

    async def test_of_a_probe_may_be_a_number(self, open_gateway) -> None:
        async with open_gateway(allowed_hosts="liangxin.example.cn") as gateway:
            assert (await gateway.client.get("/livez")).status_code == 200

    def test_is_written_apart_by_blanks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GATEWAY_ALLOWED_HOSTS", "a.example.cn B.example.cn")
        monkeypatch.setenv("GATEWAY_CORS_ORIGINS", "")

        assert Settings().allowed_hosts == ("a.example.cn", "b.example.cn")
        assert Settings().cors_origins == ()

    def test_with_a_port_is_no_setting(self) -> None:
        with pytest.raises(ValidationError):
            Settings(allowed_hosts="a.example.cn:8000")


class TestPageFromElsewhere:
    async def test_is_told_nothing_by_default(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            asked = await gateway.client.options("/api/v1/registry/x", headers=PREFLIGHT)
            answer = await gateway.client.get("/api/v1/registry/x", headers={"Origin": PORTAL})

            told = {name for one in (asked, answer) for name in one.headers if name.startswith("access-control")}
            assert told == set()

    async def test_may_call_when_it_is_configured(self, open_gateway) -> None:
        async with open_gateway(cors_origins=PORTAL) as gateway:
            asked = await gateway.client.options("/api/v1/registry/x", headers=PREFLIGHT)
            answer = await gateway.client.get("/api/v1/registry/x", headers={"Origin": PORTAL})
            refused = await gateway.client.get("/api/v1/nowhere", headers={"Origin": PORTAL})

            assert asked.status_code == 200
            assert asked.headers["access-control-allow-origin"] == PORTAL
            assert "Idempotency-Key" in asked.headers["access-control-allow-headers"]
            assert gateway.registry.seen[0]["method"] == "GET"
            assert "ETag" in answer.headers["access-control-expose-headers"]
            assert refused.headers["access-control-allow-origin"] == PORTAL
            assert "access-control-allow-credentials" not in answer.headers

    async def test_of_another_origin_is_told_nothing(self, open_gateway) -> None:
        async with open_gateway(cors_origins=PORTAL) as gateway:
            other = {**PREFLIGHT, "Origin": "https://evil.example.cn"}
            asked = await gateway.client.options("/api/v1/registry/x", headers=other)
            answer = await gateway.client.get("/api/v1/registry/x", headers={"Origin": "https://evil.example.cn"})

            assert asked.status_code == 400
            assert "access-control-allow-origin" not in {**asked.headers, **answer.headers}
