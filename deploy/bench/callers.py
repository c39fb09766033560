"""Who asks: one officer who really signs in, and many callers whose tokens this installation's own key signs.

Signing in is limited on purpose; sixteen connections of one subject would measure the gateway's quota.
"""

import asyncio
import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from deploy.calling import REGISTRY, Caller, client
from deploy.launcher.layout import Layout
from registry.identity.authorities.rules import HeldRole
from registry.identity.keys.signing import SigningKeys
from registry.identity.logins.tokens import sign_access_token

OFFICER, LIFETIME = "district_officer", timedelta(hours=2)
ISSUER, SCORING = "liangxin", "/api/v1/scoring"


class Seen(NamedTuple):
    """What the district holds: its members, an indicator that can be claimed, the day of its clock."""

    members: Sequence[Mapping[str, Any]]
    claimable: str
    today: str


class Claimant(NamedTuple):
    member_id: UUID
    token: str


def sign_in(layout: Layout) -> dict[str, Any]:
    """What the token of the demonstration's district officer says."""
    accounts = json.loads(layout.accounts.read_text(encoding="utf-8"))
    officer = next(account for account in accounts if account["role"] == OFFICER)

    async def signed_in() -> str:
        async with client(layout.address) as http:
            return await Caller(http, officer["username"], officer["password"]).sign_in()

    payload = asyncio.run(signed_in()).split(".")[1]
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return claims


def officers(layout: Layout, number: int) -> list[str]:
    """Tokens of `number` subjects with the grants of the officer who signed in."""
    held = sign_in(layout)["grants"]
    roles = tuple(HeldRole(role, UUID(at) if at else None) for role, at in held)
    return [_token(layout, roles) for _ in range(number)]


def administrator(layout: Layout) -> str:
    """Token of a system administrator as the registry would issue it, had somebody signed in."""
    return _token(layout, (HeldRole("system_administrator", None),))


def claimants(layout: Layout, members: Sequence[Mapping[str, Any]]) -> list[Claimant]:
    found = [(UUID(one["id"]), UUID(one["organization_id"])) for one in members]
    return [Claimant(member, _token(layout, (HeldRole("member", at),), member)) for member, at in found]


async def seen_by(layout: Layout, token: str) -> Seen:
    async with client(layout.address) as http:
        officer = Caller(http, token=token)
        members = [one async for one in officer.every(f"{REGISTRY}/members")]
        listed = await officer.get(f"{SCORING}/catalogues", subject_kind="member", state="published")
        catalogue = await officer.get(f"{SCORING}/catalogues/{listed['items'][0]['id']}")
        today = (await officer.get(f"{SCORING}/overview"))["as_of"]
    return Seen(members, min(one["code"] for one in catalogue["indicators"] if one["earning"] == "claim"), today)


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
