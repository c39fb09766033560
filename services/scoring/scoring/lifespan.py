"""What starts with the service and stops with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from hosting.application import background
from scoring.points.ledger.verification import Verification


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """The ledger is verified daily, in the process that does the background work."""
    if not app.state.settings.run_worker:
        yield
        return
    async with background(Verification(app.state.engine).follow()):
        yield
