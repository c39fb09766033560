"""Rows that prove nothing any more are removed every hour; replicas may do it at the same time."""

import asyncio
from datetime import datetime, timedelta

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from kit.calendar import real_now
from kit.database import app_transaction
from kit.routing import forget_keys
from registry.identity.refresh_tokens.service import forget_refresh_tokens
from registry.identity.revocations.service import forget_revocations
from registry.identity.throttles.service import forget_throttles

EVERY_SECONDS = 3600.0
KEEP = timedelta(days=1)
KEEP_IDEMPOTENCY_KEYS = timedelta(days=7)
log = structlog.get_logger()


async def keep_tidy(app: FastAPI) -> None:
    """Until cancelled."""
    while True:
        try:
            await tidy(app, real_now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("housekeeping.postponed", reason=type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)


async def tidy(app: FastAPI, moment: datetime) -> None:
    """A day is longer than any access token, lock-out window or clock skew."""
    async with app_transaction(app) as db:
        await forget_revocations(db, before=moment - KEEP)
        await forget_refresh_tokens(db, before=moment - KEEP)
        await forget_throttles(db, before=moment - KEEP)
        await forget_keys(db, moment - KEEP_IDEMPOTENCY_KEYS)
