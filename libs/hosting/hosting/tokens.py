"""Access tokens: ES256, short-lived, verified by every service against registry's JWKS (architecture D5)."""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import httpx2
import structlog
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from kit.claims import AUDIENCE, TOKEN_TYPE, Claims, Grant, InvalidToken

LONGEST_TOKEN = 8192
CACHE_SIZE = 20_000
CLOCK_SKEW_SECONDS = 0
POLL_SECONDS = 2.0
KEYS_SECONDS = 60.0
log = structlog.get_logger()


def read_claims(payload: dict[str, Any]) -> Claims:
    """Shape of the payload; anything missing or of another type is an invalid token."""
    try:
        return Claims(
            subject=UUID(payload["sub"]),
            expires_at=int(payload["exp"]),
            token_id=str(payload["jti"]),
            login_id=UUID(payload["sid"]) if payload.get("sid") else None,
            person=UUID(payload["person"]) if payload.get("person") else None,
            grants=tuple(Grant(str(role), UUID(at) if at else None) for role, at in payload["grants"]),
            is_client=payload.get("client") is True,
            issued_at=int(payload["iat"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidToken("claims") from error


class RevocationList:
    """What registry revoked: login ids for good, subjects for tokens issued up to that second."""

    def __init__(self) -> None:
        self.logins: set[UUID] = set()
        self.subjects: dict[UUID, int] = {}
        self.cursor = ""

    def add(self, item: dict[str, Any]) -> None:
        if item.get("login_id"):
            self.logins.add(UUID(item["login_id"]))
        if item.get("subject"):
            subject, second = UUID(item["subject"]), int(item["revoked_at_epoch"])
            self.subjects[subject] = max(second, self.subjects.get(subject, 0))

    def covers(self, claims: Claims) -> bool:
        revoked_up_to = self.subjects.get(claims.subject)
        return claims.login_id in self.logins or (revoked_up_to is not None and claims.issued_at <= revoked_up_to)


class Verifier:
    """Checks tokens; caches verified ones by hash, never past `exp`, emptied when keys or revocations change."""

    def __init__(self, issuer: str, keys: KeySet | None = None, clock: Callable[[], float] = time.time) -> None:
        self.issuer = issuer
        self.keys = keys or KeySet([])
        self.revocations = RevocationList()
        self.clock = clock
        self._cache: OrderedDict[bytes, Claims] = OrderedDict()
        self._registry = JWSRegistry(algorithms=["ES256"])
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock()),
            leeway=CLOCK_SKEW_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": AUDIENCE},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
            jti={"essential": True},
        )

    def verify(self, token: str) -> Claims:
        key = hashlib.sha256(token.encode("ascii", "replace")).digest()
        claims = self._cache.get(key)
        if claims is not None:
            if claims.expires_at > self.clock():
                return claims
            del self._cache[key]
        claims = self._decode(token)
        if self.revocations.covers(claims):
            raise InvalidToken("revoked")
        self._cache[key] = claims
        if len(self._cache) > CACHE_SIZE:
            self._cache.popitem(last=False)
        return claims

    def _decode(self, token: str) -> Claims:
        if len(token) > LONGEST_TOKEN or not self.keys.keys:
            raise InvalidToken("size or keys")
        try:
            decoded = jwt.decode(token, self.keys, algorithms=["ES256"], registry=self._registry)
            self._claims.validate(decoded.claims)
        except (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise InvalidToken("signature or claims") from error
        if decoded.header.get("typ") != TOKEN_TYPE or not isinstance(decoded.header.get("kid"), str):
            raise InvalidToken("header")
        return read_claims(decoded.claims)

    def replace_keys(self, keys: KeySet) -> None:
        if keys.as_dict() != self.keys.as_dict():
            self.keys = keys
            self._cache.clear()

    def revoke(self, items: Iterable[dict[str, Any]]) -> None:
        changed = False
        for item in items:
            self.revocations.add(item)
            changed = True
        if changed:
            self._cache.clear()

    async def follow(self, keys_client: httpx2.AsyncClient, revocations_client: httpx2.AsyncClient) -> None:
        """Poll registry for keys and revocations until cancelled; a missing registry leaves what is known in force."""
        keys_read_at = 0.0
        while True:
            try:
                if self.clock() - keys_read_at > (KEYS_SECONDS if self.keys.keys else 0):
                    await self.read_keys(keys_client)
                    keys_read_at = self.clock()
                await self.read_revocations(revocations_client)
            except (httpx2.HTTPError, JoseError, ValueError, KeyError) as error:
                log.warning("tokens.registry_unreachable", reason=type(error).__name__)
            await asyncio.sleep(POLL_SECONDS if self.keys.keys else 0.2)

    async def read_keys(self, client: httpx2.AsyncClient) -> None:
        answer = await client.get("/api/v1/registry/jwks")
        answer.raise_for_status()
        self.replace_keys(KeySet.import_key_set(answer.json()))

    async def read_revocations(self, client: httpx2.AsyncClient) -> None:
        answer = await client.get("/internal/v1/revocations", params={"since": self.revocations.cursor})
        answer.raise_for_status()
        body = answer.json()
        self.revoke(body["items"])
        self.revocations.cursor = body["next"]
