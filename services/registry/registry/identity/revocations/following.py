"""Registry obeys its own revocations, read from its own table."""

import asyncio
import math
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from kit.calendar import real_now
from kit.claims import TokenVerifier
from kit.database import app_transaction
from registry.identity.revocations import queries
from registry.identity.revocations.models import Revocation

POLL_SECONDS = 1.0
log = structlog.get_logger()


async def follow(app: FastAPI) -> None:
    """Until cancelled; a revocation already known is not handed over again, for each empties the cache of tokens."""
    verifier: TokenVerifier = app.state.verifier
    known: set[UUID] = set()
    start = real_now() - app.state.settings.access_token_lifetime
    while True:
        try:
            start, known = await _step(app, verifier, start, known)
        except (SQLAlchemyError, OSError) as error:
            log.warning("revocations.unreadable", reason=type(error).__name__)
        await asyncio.sleep(POLL_SECONDS)


async def _step(app: FastAPI, verifier: TokenVerifier, start: datetime, known: set[UUID]) -> tuple[datetime, set[UUID]]:
    moment = real_now()
    async with app_transaction(app) as db:
        rows = await queries.recorded_since(db, start)
    verifier.revoke([_item(row) for row in rows if row.id not in known])
    return moment, {row.id for row in rows}


def _item(row: Revocation) -> dict[str, Any]:
    return {
        "login_id": str(row.login_id) if row.login_id else None,
        "subject": str(row.subject) if row.subject else None,
        "revoked_at_epoch": math.floor(row.revoked_at.timestamp()),
    }
