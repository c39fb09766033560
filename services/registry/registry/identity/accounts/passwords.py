"""argon2id off the event loop: a few hashes at once, a bounded queue before them."""

import secrets
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import Depends, Request
from pwdlib.hashers.argon2 import Argon2Hasher

from kit import problems
from registry.identity.accounts.rules import normalised
from registry.settings import Settings


class TooManyHashes(problems.Unavailable):
    code = "login-busy"
    detail = "登录的人较多,请几秒后再试"


class Passwords:
    def __init__(self, settings: Settings) -> None:
        self._hasher = Argon2Hasher(memory_cost=settings.argon2_memory_kib)
        self._limiter = CapacityLimiter(settings.argon2_parallel_hashes)
        self._longest_queue = settings.argon2_waiting_hashes
        self._decoy = self._hasher.hash(secrets.token_urlsafe(16))

    async def hash(self, password: str) -> str:
        self._refuse_when_crowded()
        return await to_thread.run_sync(self._hasher.hash, normalised(password), limiter=self._limiter)

    async def matches(self, password: str, stored: str | None) -> bool:
        """Takes as long without a stored hash as with one, so that an unknown user cannot be told apart."""
        self._refuse_when_crowded()
        verified = await to_thread.run_sync(
            self._hasher.verify, normalised(password), stored or self._decoy, limiter=self._limiter
        )
        return verified and stored is not None

    def _refuse_when_crowded(self) -> None:
        if self._limiter.statistics().tasks_waiting >= self._longest_queue:
            raise TooManyHashes


async def _passwords(request: Request) -> Passwords:
    passwords: Passwords = request.app.state.passwords
    return passwords


PasswordsOfApp = Annotated[Passwords, Depends(_passwords)]
