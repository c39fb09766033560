"""Tokens as registry would issue them, signed with a key that only the tests know."""

import time
from collections.abc import Callable, Iterable
from uuid import UUID, uuid4

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from hosting.tokens import Verifier
from kit.claims import AUDIENCE, TOKEN_TYPE

ISSUER = "liangxin"
KEY_ID = "test"
LIFETIME_SECONDS = 3600
IssueToken = Callable[..., str]
GrantPair = tuple[str, UUID | str | None]


@pytest.fixture(scope="session")
def signing_key() -> ECKey:
    return ECKey.generate_key("P-256", parameters={"kid": KEY_ID, "use": "sig", "alg": "ES256"}, private=True)


@pytest.fixture(scope="session")
def test_verifier(signing_key: ECKey) -> Verifier:
    public = ECKey.import_key(signing_key.as_dict(private=False))
    return Verifier(ISSUER, KeySet([public]))


@pytest.fixture(scope="session")
def issue_token(signing_key: ECKey) -> IssueToken:
    """`issue_token(grants=[("town_officer", organization_id)])`, `issue_token(["service"])`; `claims` override."""

    def issue(
        roles: Iterable[str] = (),
        grants: Iterable[GrantPair] = (),
        *,
        person: UUID | None = None,
        subject: UUID | None = None,
        client: bool | None = None,
        lifetime: int = LIFETIME_SECONDS,
        **claims: object,
    ) -> str:
        now = int(time.time())
        pairs = [*((role, None) for role in roles), *grants]
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(subject or uuid4()),
            "iat": now,
            "exp": now + lifetime,
            "jti": uuid4().hex,
            "sid": str(uuid4()),
            "person": str(person) if person else None,
            "grants": [[role, str(organization) if organization else None] for role, organization in pairs],
            "client": any(role == "service" for role, _ in pairs) if client is None else client,
            **claims,
        }
        return jwt.encode({"alg": "ES256", "typ": TOKEN_TYPE, "kid": KEY_ID}, payload, signing_key)

    return issue
