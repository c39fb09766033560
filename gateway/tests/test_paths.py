import pytest

from gateway.paths import checked, service_of
from gateway.refusals import MalformedPath

pytestmark = pytest.mark.anyio

TRICKS = [
    b"/api/v1/registry/../../internal/v1/events",
    b"/api/v1/registry/..",
    b"/api/v1/registry/./members",
    b"/api/v1/registry/%2e%2e/%2e%2e/internal/v1/events",
    b"/api/v1/registry/%2E./internal",
    b"/api/v1/registry/..%2finternal",
    b"/api/v1/registry/..%5cinternal",
    b"/api/v1/registry/..\\internal",
    b"/api/v1/registry/..;/internal",
    b"/api/v1/registry/%252e%252e/internal",
    b"/api/v1/registry//internal",
    b"//api/v1/registry/members",
    b"/api/v1//registry/members",
    b"/api/v1/registry/members%00",
    b"/api/v1/registry/members%0d%0aX-User:1",
    b"/api/v1/registry/%ff%fe",
    b"/api/v1/registry/%c0%ae%c0%ae/internal",
    b"/api/v1/registry/%zz",
    b"/api/v1/registry/%",
    b"/api/v1/registry/a b",
    b"/api/v1/registry/{a}",
    "/api/v1/registry/党员".encode(),
]


class TestCheckedPath:
    @pytest.mark.parametrize("path", TRICKS)
    def test_refuses_what_another_reader_could_read_differently(self, path: bytes) -> None:
        with pytest.raises(MalformedPath):
            checked(path)

    @pytest.mark.parametrize(
        "path",
        [
            "/api/v1/registry/members/01a1fbff-049774d9",
            "/api/v1/registry/imports/%E5%85%9A%E5%91%98/template",
            "/api/v1/scoring/stars...x",
            "/api/v1/training/a:b@c,d;e=f",
        ],
    )
    def test_passes_plain_paths_unchanged(self, path: str) -> None:
        assert checked(path.encode()) == path


class TestServiceOfPath:
    @pytest.mark.parametrize(
        ("path", "service"),
        [
            ("/api/v1/registry/members", "registry"),
            ("/api/v1/scoring/", "scoring"),
            ("/api/v1/training/x", "training"),
            ("/api/v1/registry", None),
            ("/api/v1/registryx/members", None),
            ("/api/v1/Registry/members", None),
            ("/api/v1/%72egistry/members", None),
            ("/internal/v1/events", None),
            ("/x/api/v1/registry/members", None),
        ],
    )
    def test_is_decided_by_the_literal_prefix(self, path: str, service: str | None) -> None:
        assert service_of(path) == service


class TestGatewayPaths:
    @pytest.mark.parametrize("path", [trick for trick in TRICKS if b" " not in trick])
    async def test_tricks_reach_no_service(self, open_gateway, path: bytes) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.talk(b"GET " + path + b" HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n")

            assert answer.startswith(b"HTTP/1.1 400")
            assert b"application/problem+json" in answer
            assert gateway.registry.seen == gateway.scoring.seen == gateway.training.seen == []

    @pytest.mark.parametrize(
        "path",
        [
            "/internal/v1/events",
            "/api/v1/registry",
            "/api/v1/nobody/x",
            "/api/v1/%72egistry/x",
            "/api/v1/m%65",
            "/api/v1/me/",
            "/x",
        ],
    )
    async def test_unknown_addresses_are_404(self, open_gateway, path: str) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get(path)

            assert answer.status_code == 404
            assert answer.headers["content-type"] == "application/problem+json"
            assert gateway.registry.seen == []

    async def test_absolute_form_cannot_choose_the_host(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.talk(
                b"GET http://evil.example/internal/v1/events HTTP/1.1\r\nHost: g\r\nConnection: close\r\n\r\n"
            )

            assert answer.startswith(b"HTTP/1.1 404")

    async def test_path_and_query_arrive_as_sent(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.get("/api/v1/scoring/stars/%E6%98%9F?q=%E5%85%9A&sort=-a,b&x=%2F..%2F")

            assert answer.json()["path"] == "/api/v1/scoring/stars/%E6%98%9F"
            assert answer.json()["query"] == "q=%E5%85%9A&sort=-a,b&x=%2F..%2F"
