"""What starts with the service and stops with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from hosting.application import background
from registry import housekeeping
from registry.identity.revocations import following


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Signing keys first: without one the service must not start. Then our own revocations."""
    keys = app.state.signing_keys.key_set
    if not app.state.verifier.keys.keys:
        app.state.verifier.replace_keys(keys)
    async with background(following.follow(app)), background(housekeeping.keep_tidy(app)):
        yield
