"""What an access token says: who, from which login, with which roles at which organisations, until when."""

from datetime import datetime
from uuid import UUID

from kit.calendar import real_now
from kit.claims import AUDIENCE
from kit.ids import uuid7
from registry.identity.authorities.rules import HeldRole
from registry.identity.keys.signing import SigningKeys


def sign_access_token(
    keys: SigningKeys,
    *,
    issuer: str,
    subject: UUID,
    roles: tuple[HeldRole, ...],
    expires_at: datetime,
    login_id: UUID | None = None,
    person: UUID | None = None,
    is_client: bool = False,
) -> tuple[str, int]:
    """The token and the whole seconds it lives."""
    issued, expires = int(real_now().timestamp()), int(expires_at.timestamp())
    claims = {
        "iss": issuer,
        "aud": AUDIENCE,
        "sub": str(subject),
        "iat": issued,
        "exp": expires,
        "jti": str(uuid7()),
        "sid": str(login_id) if login_id else None,
        "person": str(person) if person else None,
        "grants": [[role.role, str(role.organization_id) if role.organization_id else None] for role in roles],
        "client": is_client,
    }
    return keys.sign(claims), max(0, expires - issued)
