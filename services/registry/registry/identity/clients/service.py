import hashlib
import hmac
import json
from functools import cached_property
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.ext.asyncio import AsyncSession

from kit import problems
from kit.calendar import real_now
from records.events import record_event
from registry.identity.authorities.rules import HeldRole
from registry.identity.clients.events import ClientTokenOpened, ClientTokenRefused
from registry.identity.keys.signing import SigningKeys
from registry.identity.logins.tokens import sign_access_token
from registry.identity.transactions import OpenTransaction
from registry.settings import Settings

SERVICE_ROLE = HeldRole("service", None)


class ClientRefused(problems.Unauthenticated):
    code = "invalid-client"
    detail = "客户端编号或密钥不正确"


class ServiceClients:
    """Our own processes: a JSON object of client id → SHA-256 of its secret in hexadecimal."""

    def __init__(self, file: Path | None) -> None:
        self._file = file

    @cached_property
    def hashes(self) -> dict[str, str]:
        if self._file is None:
            return {}
        return {str(name): str(value) for name, value in json.loads(self._file.read_text(encoding="utf-8")).items()}

    def knows(self, client_id: str, secret: str) -> bool:
        """As long for an unknown client as for a known one."""
        given = hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
        stored = self.hashes.get(client_id, "")
        return hmac.compare_digest(given.encode("ascii"), stored.lower().encode("utf-8", "replace"))


def subject_of(client_id: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"urn:liangxin:client:{client_id}")


async def open_token(
    transactions: OpenTransaction,
    *,
    client_id: str,
    client_secret: str,
    clients: ServiceClients,
    keys: SigningKeys,
    settings: Settings,
) -> tuple[str, int]:
    """The token and the seconds it lives; both answers are recorded."""
    known = clients.knows(client_id, client_secret)
    async with transactions() as db:
        await _record_answer(db, client_id if known else None)
    if not known:
        raise ClientRefused
    return sign_access_token(
        keys,
        issuer=settings.issuer,
        subject=subject_of(client_id),
        roles=(SERVICE_ROLE,),
        expires_at=real_now() + settings.access_token_lifetime,
        is_client=True,
    )


async def _record_answer(db: AsyncSession, client_id: str | None) -> None:
    """An unknown client stays unnamed: what it typed may be anything."""
    payload = ClientTokenOpened(client_id=client_id) if client_id else ClientTokenRefused(client_id=None)
    await record_event(db, payload, subject=subject_of(client_id) if client_id else UUID(int=0))
