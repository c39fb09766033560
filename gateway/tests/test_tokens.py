import base64
import hmac
import json
import time

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from hosting.tokens import Verifier

pytestmark = pytest.mark.anyio

HEADER = {"alg": "ES256", "typ": "at+jwt", "kid": "test"}


def part(content: object) -> str:
    return part_of(json.dumps(content).encode())


def part_of(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@pytest.fixture
def forge(signing_key: ECKey, issue_token):
    """A token of each kind that must not be believed."""
    good = issue_token(["member"])
    claims = json.loads(base64.urlsafe_b64decode(good.split(".")[1] + "=="))
    public = signing_key.as_pem(private=False)
    hashed = f"{part({**HEADER, 'alg': 'HS256'})}.{part(claims)}"

    def signed(header: dict | None = None, key: ECKey | None = None, drop: str = "", **changed: object) -> str:
        payload = {name: value for name, value in {**claims, **changed}.items() if name != drop}
        return jwt.encode({**HEADER, **(header or {})}, payload, key or signing_key)

    stranger = ECKey.generate_key("P-256")
    return {
        "rubbish": "x",
        "unsigned": f"{part({**HEADER, 'alg': 'none'})}.{part(claims)}.",
        "signature cut": good.rpartition(".")[0] + ".",
        "HS256 with the public key": f"{hashed}.{part_of(hmac.digest(public, hashed.encode(), 'sha256'))}",
        "another's key": signed(key=stranger),
        "embedded key": signed({"jwk": stranger.as_dict(private=False)}, stranger),
        "key from an address": signed({"jku": "http://127.0.0.1:1/jwks"}, stranger),
        "kid path": signed({"kid": "../../dev/null"}, stranger),
        "kid unknown": signed({"kid": "other"}, stranger),
        "other audience": signed(aud="elsewhere"),
        "other issuer": signed(iss="elsewhere"),
        "refresh type": signed({"typ": "rt+jwt"}),
        "plain type": signed({"typ": "JWT"}),
        "expired": signed(exp=int(time.time()) - 1),
        "no exp": signed(drop="exp"),
        "no subject": signed(drop="sub"),
        "no jti": signed(drop="jti"),
        "exp as text": signed(exp="never"),
        "subject not an id": signed(sub="admin"),
        "grants missing": signed(drop="grants"),
        "claims swapped": ".".join([good.split(".")[0], part({**claims, "grants": []}), good.split(".")[2]]),
        "too long": "a" * 9000,
    }


class TestBadToken:
    async def test_each_is_401_and_reaches_no_service(self, open_gateway, forge) -> None:
        async with open_gateway() as gateway:
            for name, token in forge.items():
                answer = await gateway.client.get("/api/v1/registry/x", headers={"Authorization": f"Bearer {token}"})

                assert (name, answer.status_code) == (name, 401)
                assert answer.json()["code"] == "invalid-token"
                assert answer.headers["www-authenticate"] == "Bearer"
            assert gateway.registry.seen == []

    @pytest.mark.parametrize("value", ["Basic YWRtaW46YWRtaW4=", "Bearer", "Token x", "党员"])
    async def test_another_scheme_is_401(self, open_gateway, value: str) -> None:
        async with open_gateway() as gateway:
            headers = [(b"authorization", value.encode())]
            answer = await gateway.client.get("/api/v1/registry/x", headers=headers)

            assert answer.status_code == 401

    async def test_is_refused_on_composed_views_too(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            for path in ("/api/v1/me", "/api/v1/overview"):
                headers = {"Authorization": "Bearer x"}
                assert (await gateway.client.get(path, headers=headers)).status_code == 401
                assert (await gateway.client.get(path)).json()["code"] == "unauthenticated"

    async def test_without_keys_nobody_is_called_a_forger(self, open_gateway, issue_token, monkeypatch) -> None:
        async with open_gateway() as gateway:
            monkeypatch.setattr(gateway.app.state.verifier, "keys", Verifier("liangxin").keys)
            headers = {"Authorization": f"Bearer {issue_token()}"}
            answer = await gateway.client.get("/api/v1/registry/x", headers=headers)

            assert (answer.status_code, answer.json()["code"]) == (503, "keys-unknown")


class TestGoodToken:
    async def test_travels_on_unchanged(self, open_gateway, issue_token) -> None:
        async with open_gateway() as gateway:
            headers = {"Authorization": f"Bearer {issue_token(['member'])}"}
            answer = await gateway.client.get("/api/v1/registry/x", headers=headers)

            assert answer.status_code == 200
            assert gateway.registry.last_headers["authorization"] == headers["Authorization"]

    async def test_absence_is_left_to_the_service(self, open_gateway) -> None:
        async with open_gateway() as gateway:
            assert (await gateway.client.post("/api/v1/registry/logins", json={})).status_code == 200

    async def test_a_revoked_login_is_refused_though_cached(self, open_gateway, issue_token) -> None:
        async with open_gateway() as gateway:
            login = "0192f000-0000-7000-8000-000000000001"
            headers = {"Authorization": f"Bearer {issue_token(sid=login)}"}
            assert (await gateway.client.get("/api/v1/registry/x", headers=headers)).status_code == 200

            gateway.app.state.verifier.revoke([{"login_id": login}])

            assert (await gateway.client.get("/api/v1/registry/x", headers=headers)).status_code == 401
