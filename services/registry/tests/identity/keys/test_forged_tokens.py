import base64
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from registry.identity.keys.signing import SigningKeys

pytestmark = pytest.mark.anyio
TARGET = "/api/v1/registry/accounts"
Forge = Callable[[SigningKeys], str]


def claims(**changes: object) -> dict[str, Any]:
    now = int(time.time())
    honest = {
        "iss": "liangxin",
        "aud": "liangxin",
        "sub": str(uuid4()),
        "iat": now,
        "exp": now + 600,
        "jti": str(uuid4()),
        "sid": str(uuid4()),
        "person": None,
        "grants": [["security_administrator", None]],
        "client": False,
    }
    return {name: value for name, value in (honest | changes).items() if value is not ...}


def signed(keys: SigningKeys, header: dict[str, Any] | None = None, **changes: object) -> str:
    key = keys.keys[-1]
    full = {"alg": "ES256", "typ": "at+jwt", "kid": key.thumbprint()} | (header or {})
    full = {name: value for name, value in full.items() if value is not ...}
    return jwt.encode(full, claims(**changes), key, default_type=None)


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def unsigned(_: SigningKeys) -> str:
    return f"{part({'alg': 'none', 'typ': 'at+jwt'})}.{part(claims())}."


def hs256_with_the_public_key(keys: SigningKeys) -> str:
    header = {"alg": "HS256", "typ": "at+jwt", "kid": keys.keys[-1].thumbprint()}
    content = f"{part(header)}.{part(claims())}"
    digest = hmac.digest(keys.keys[-1].as_pem(private=False), content.encode(), "sha256")
    return f"{content}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def of_another_key(keys: SigningKeys) -> str:
    stranger = ECKey.generate_key("P-256")
    header = {"alg": "ES256", "typ": "at+jwt", "kid": keys.keys[-1].thumbprint()}
    return jwt.encode(header, claims(), stranger)


def with_its_own_key_in_the_header(keys: SigningKeys) -> str:
    stranger = ECKey.generate_key("P-256")
    public = stranger.as_dict(private=False)
    return jwt.encode({"alg": "ES256", "typ": "at+jwt", "jwk": public}, claims(), stranger)


def rs256(_: SigningKeys) -> str:
    key = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "typ": "at+jwt"}, claims(), key)


def with_changed_claims(keys: SigningKeys) -> str:
    header, _, signature = signed(keys, grants=[]).split(".")
    return f"{header}.{part(claims())}.{signature}"


FORGED: dict[str, Forge] = {
    "unsigned": unsigned,
    "HS256 with the public key": hs256_with_the_public_key,
    "of another key": of_another_key,
    "with its own key in the header": with_its_own_key_in_the_header,
    "RS256": rs256,
    "changed claims": with_changed_claims,
    "path as kid": lambda keys: signed(keys, {"kid": "../../dev/null"}),
    "no kid": lambda keys: signed(keys, {"kid": ...}),
    "an ID token": lambda keys: signed(keys, {"typ": "JWT"}),
    "no typ": lambda keys: signed(keys, {"typ": ...}),
    "another issuer": lambda keys: signed(keys, iss="elsewhere"),
    "another audience": lambda keys: signed(keys, aud="elsewhere"),
    "no audience": lambda keys: signed(keys, aud=...),
    "expired": lambda keys: signed(keys, exp=int(time.time()) - 1),
    "no exp": lambda keys: signed(keys, exp=...),
    "exp as text": lambda keys: signed(keys, exp="tomorrow"),
    "issued tomorrow": lambda keys: signed(keys, iat=int(time.time()) + 86_400),
    "no subject": lambda keys: signed(keys, sub=...),
    "a subject that is no id": lambda keys: signed(keys, sub="root"),
    "no jti": lambda keys: signed(keys, jti=...),
    "grants of another shape": lambda keys: signed(keys, grants={"security_administrator": None}),
    "garbage": lambda _: "not.a.token",
    "empty": lambda _: "",
    "huge": lambda _: "a" * 100_000,
    "non-ASCII": lambda _: "ä.ö.ü",
}


class TestToken:
    @pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
    async def test_that_is_forged_is_refused(self, registry: Any, registry_keys: SigningKeys, forge: Forge) -> None:
        header = b"Bearer " + forge(registry_keys).encode("utf-8")

        answer = await registry.http.get(TARGET, headers=[(b"Authorization", header)])

        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"

    async def test_that_is_honest_is_accepted(self, registry: Any, registry_keys: SigningKeys) -> None:
        answer = await registry.http.get(TARGET, headers={"Authorization": f"Bearer {signed(registry_keys)}"})

        assert answer.status_code == 200
