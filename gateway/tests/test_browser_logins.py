"""The cookie is set, read, renewed and forgotten at the gateway; no other page can use it and no service sees it."""

from typing import Any

import pytest

from gateway.tests.conftest import DOWN, Gateway

pytestmark = pytest.mark.anyio

LOGINS = "/api/v1/browser/logins"
REGISTRY = "/api/v1/registry/logins"
OPENED = {"access_token": "a1", "refresh_token": "r1", "expires_in": 600, "token_type": "Bearer"}
BODY = {"username": "dongmen.shuji", "password": "x" * 12}


def own_page(gateway: Gateway, **more: str) -> dict[str, str]:
    return {"Origin": gateway.url, **more}


async def opened(gateway: Gateway) -> Any:
    gateway.registry.answers[REGISTRY] = (201, OPENED)
    return await gateway.client.post(LOGINS, json=BODY, headers=own_page(gateway))


class TestOpening:
    async def test_keeps_the_refresh_token_from_scripts(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await opened(gateway)

            assert answer.status_code == 201
            assert answer.json() == {name: value for name, value in OPENED.items() if name != "refresh_token"}
            assert answer.headers["set-cookie"] == "liangxin-login=r1; Path=/; HttpOnly; SameSite=Strict"
            assert answer.headers["cache-control"] == "no-store"

    async def test_of_an_encrypted_page_is_bound_to_this_host(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers[REGISTRY] = (201, OPENED)
            headers = {"Origin": gateway.url.replace("http:", "https:")}
            answer = await gateway.client.post(LOGINS, json=BODY, headers=headers)

            assert answer.headers["set-cookie"] == (
                "__Host-liangxin-login=r1; Path=/; HttpOnly; SameSite=Strict; Secure"
            )

    async def test_hands_the_body_on_unread(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            headers = own_page(gateway, **{"Content-Type": "text/plain"})
            await gateway.client.post(LOGINS, content=b"{not json", headers=headers)

            assert gateway.registry.received == len(b"{not json")
            assert gateway.registry.last_headers["content-type"] == "application/json"
            assert gateway.registry.last_headers["x-forwarded-for"] == "127.0.0.1"

    async def test_passes_a_refusal_on(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers[REGISTRY] = (429, {"code": "too-many-attempts"})
            answer = await gateway.client.post(LOGINS, json=BODY, headers=own_page(gateway))

            assert (answer.status_code, answer.json()) == (429, {"code": "too-many-attempts"})
            assert "set-cookie" not in answer.headers

    async def test_takes_no_large_body(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.post(LOGINS, content=b"x" * 70_000, headers=own_page(gateway))

            assert (answer.status_code, gateway.registry.seen) == (413, [])

    async def test_without_the_registry_says_so(self, open_gateway) -> None:
        async with open_gateway(registry_url=DOWN) as gateway:
            answer = await gateway.client.post(LOGINS, json=BODY, headers=own_page(gateway))

            assert (answer.status_code, answer.json()["code"]) == (502, "service-unreachable")

    async def test_that_was_answered_without_a_token_is_none(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            gateway.registry.answers[REGISTRY] = (201, ["x"])
            answer = await gateway.client.post(LOGINS, json=BODY, headers=own_page(gateway))

            assert (answer.status_code, answer.json()["code"]) == (502, "service-answer-broken")


class TestRenewal:
    async def test_uses_the_cookie_and_keeps_the_next_one(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            gateway.registry.answers[f"{REGISTRY}/refresh"] = (
                200,
                OPENED | {"access_token": "a2", "refresh_token": "r2"},
            )
            answer = await gateway.client.post(f"{LOGINS}/refresh", headers=own_page(gateway))

            assert (answer.status_code, answer.json()["access_token"]) == (200, "a2")
            assert answer.headers["set-cookie"].startswith("liangxin-login=r2;")
            assert gateway.registry.received == len(b'{"refresh_token": "r1"}')

    async def test_without_a_cookie_is_401(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            answer = await gateway.client.post(f"{LOGINS}/refresh", headers=own_page(gateway))

            assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
            assert gateway.registry.seen == []

    async def test_that_is_refused_forgets_the_cookie(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            gateway.registry.answers[f"{REGISTRY}/refresh"] = (401, {"code": "refresh-refused"})
            answer = await gateway.client.post(f"{LOGINS}/refresh", headers=own_page(gateway))

            assert answer.headers["set-cookie"].startswith("liangxin-login=; ")
            assert "Max-Age=0" in answer.headers["set-cookie"]
            assert len(gateway.client.cookies) == 0

    async def test_that_lost_a_race_keeps_it(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            gateway.registry.answers[f"{REGISTRY}/refresh"] = (409, {"code": "refresh-race-lost"})
            answer = await gateway.client.post(f"{LOGINS}/refresh", headers=own_page(gateway))

            assert (answer.status_code, "set-cookie" in answer.headers) == (409, False)


class TestClosing:
    async def test_ends_the_login_and_forgets_the_cookie(self, open_gateway, issue_token) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            gateway.registry.answers[f"{REGISTRY}/current"] = (200, OPENED | {"refresh_token": ""})
            headers = own_page(gateway, Authorization=f"Bearer {issue_token()}")
            answer = await gateway.client.delete(f"{LOGINS}/current", headers=headers)

            assert gateway.registry.seen[-1]["method"] == "DELETE"
            assert gateway.registry.last_headers["authorization"] == headers["Authorization"]
            assert "Max-Age=0" in answer.headers["set-cookie"]


class TestForeignPages:
    @pytest.mark.parametrize("path", [LOGINS, f"{LOGINS}/refresh"])
    @pytest.mark.parametrize(
        "origin", [None, "null", "https://evil.example", "http://127.0.0.1:1", "file://", "http://["]
    )
    async def test_are_refused(self, open_gateway, path: str, origin: str | None) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            before = len(gateway.registry.seen)
            answer = await gateway.client.post(path, json=BODY, headers={"Origin": origin} if origin else {})

            assert (answer.status_code, answer.json()["code"]) == (403, "foreign-page")
            assert len(gateway.registry.seen) == before

    @pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
    async def test_are_refused_whatever_origin_is_named(self, open_gateway, site: str) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            headers = own_page(gateway, **{"Sec-Fetch-Site": site})

            assert (await gateway.client.post(f"{LOGINS}/refresh", headers=headers)).status_code == 403

    async def test_of_a_partner_may_call_us_but_never_with_the_cookie(self, open_gateway) -> None:
        async with open_gateway(cors_origins="https://partner.example") as gateway:
            await opened(gateway)
            answer = await gateway.client.post(f"{LOGINS}/refresh", headers={"Origin": "https://partner.example"})

            assert answer.status_code == 403
            assert "access-control-allow-credentials" not in answer.headers

    async def test_cannot_open_it_by_a_link(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)

            for path in (LOGINS, f"{LOGINS}/refresh", f"{LOGINS}/current"):
                assert (await gateway.client.get(path)).status_code == 405
            assert (await gateway.client.post(f"{LOGINS}/other")).status_code == 404


class TestCookie:
    async def test_reaches_no_service(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            await opened(gateway)
            await gateway.client.get("/api/v1/registry/x")

            assert "cookie" not in gateway.registry.last_headers

    @pytest.mark.parametrize("cookie", ["liangxin-login=", "other=r1", "=;=", "liangxin-login", 'a="; liangxin-login'])
    async def test_that_holds_nothing_is_401(self, open_gateway, cookie: str) -> None:
        async with open_gateway() as gateway:
            headers = own_page(gateway, Cookie=cookie)

            assert (await gateway.client.post(f"{LOGINS}/refresh", headers=headers)).status_code == 401
