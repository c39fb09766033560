"""Who asks: one officer who really signs in, and many callers whose tokens this installation's own key signs.

Signing in is limited on purpose; sixteen connections of one subject would measure the gateway's quota.
"""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx2
import psycopg

from deploy.bench.system import database_url
from deploy.launcher.layout import Layout
from registry.identity.authorities.rules import HeldRole
from registry.identity.keys.signing import SigningKeys
from registry.identity.logins.tokens import sign_access_token

OFFICER, LIFETIME = "district_officer", timedelta(hours=2)
ISSUER = "liangxin"


class Claimant(NamedTuple):
    member_id: UUID
    token: str


def sign_in(layout: Layout) -> dict[str, Any]:
    """What the token of the demonstration's district officer says."""
    accounts = json.loads(layout.accounts.read_text(encoding="utf-8"))
    officer = next(account for account in accounts if account["role"] == OFFICER)
    login = {"username": officer["username"], "password": officer["password"]}
    answer = httpx2.post(f"{layout.address}/api/v1/registry/logins", json=login, timeout=30.0, trust_env=False)
    answer.raise_for_status()
    payload = answer.json()["access_token"].split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def officers(layout: Layout, number: int) -> list[str]:
    """Tokens of `number` subjects with the grants of the officer who signed in."""
    held = sign_in(layout)["grants"]
    roles = tuple(HeldRole(role, UUID(at) if at else None) for role, at in held)
    return [_token(layout, roles) for _ in range(number)]


def claimants(layout: Layout, number: int) -> list[Claimant]:
    query = """SELECT id, organization_id FROM members WHERE is_active AND stage IN ('formal', 'probationary')
               ORDER BY id LIMIT %s"""
    with psycopg.connect(database_url(layout, "registry")) as db:
        found = db.execute(query, [number]).fetchall()
    return [Claimant(member, _token(layout, (HeldRole("member", at),), member)) for member, at in found]


def _token(layout: Layout, roles: tuple[HeldRole, ...], person: UUID | None = None) -> str:
    token, _ = sign_access_token(
        SigningKeys(layout.keys / "signing"),
        issuer=ISSUER,
        subject=uuid4(),
        roles=roles,
        expires_at=datetime.now(UTC) + LIFETIME,
        login_id=uuid4(),
        person=person,
    )
    return token
