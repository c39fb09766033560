"""What a verified access token says about its bearer (architecture D5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol
from uuid import UUID

AUDIENCE = "liangxin"
TOKEN_TYPE = "at+jwt"  # noqa: S105 - the media type of RFC 9068, not a secret


class InvalidToken(Exception):  # noqa: N818 - a fact about the token, not an error of ours
    """The bearer token proves nothing; the reason is for logs, not for callers."""


class Grant(NamedTuple):
    role: str
    organization_id: UUID | None


@dataclass(frozen=True, slots=True)
class Claims:
    subject: UUID
    expires_at: int
    token_id: str
    login_id: UUID | None
    person: UUID | None
    grants: tuple[Grant, ...]
    is_client: bool
    issued_at: int


class TokenVerifier(Protocol):
    """Checks tokens and hears what was revoked; a service's application holds one as `state.verifier`."""

    def verify(self, token: str) -> Claims: ...

    def revoke(self, items: Iterable[dict[str, Any]]) -> None: ...
