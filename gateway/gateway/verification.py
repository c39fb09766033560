"""Whose token it is. The services check it again (architecture D5); the gateway only saves them the bad ones."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from gateway.refusals import InvalidToken, KeysUnknown
from gateway.settings import Settings
from hosting.http import ClientCredentials, internal_client
from hosting.settings import ServiceSettings
from hosting.tokens import Verifier
from kit.claims import Claims
from kit.claims import InvalidToken as ProvesNothing


def claims_in(authorization: str, verifier: Verifier) -> Claims:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.isascii():
        raise InvalidToken
    if not verifier.keys.keys:
        raise KeysUnknown
    try:
        return verifier.verify(token.strip())
    except ProvesNothing as error:
        raise InvalidToken from error


@asynccontextmanager
async def following_registry(verifier: Verifier, settings: Settings) -> AsyncIterator[None]:
    """Keep keys and revocations as registry has them while the gateway runs."""
    peer = ServiceSettings(
        database_url="",
        registry_url=settings.registry_url,
        client_id=settings.client_id,
        client_secret_file=Path(settings.client_secret_file) if settings.client_secret_file else None,
    )
    async with (
        internal_client(settings.registry_url) as keys,
        internal_client(settings.registry_url, ClientCredentials(peer)) as revocations,
    ):
        following = asyncio.create_task(verifier.follow(keys, revocations))
        try:
            yield
        finally:
            following.cancel()
            with suppress(asyncio.CancelledError):
                await following
