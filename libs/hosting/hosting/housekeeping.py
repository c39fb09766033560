"""Rows that prove nothing any more are removed every hour; replicas may do it at the same time."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from fastapi import FastAPI
from sqlalchemy.exc import SQLAlchemyError

from kit.calendar import real_now
from kit.database import app_transaction
from kit.domains import Domain
from kit.routing import idempotency_keys

EVERY_SECONDS = 3600.0
KEEP = timedelta(days=1)
KEEP_IDEMPOTENCY_KEYS = timedelta(days=7)
log = structlog.get_logger()


async def keep_tidy(app: FastAPI, domains: Sequence[Domain]) -> None:
    """Until cancelled."""
    while True:
        try:
            await tidy(app, domains, real_now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("housekeeping.postponed", reason=type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)


async def tidy(app: FastAPI, domains: Sequence[Domain], moment: datetime) -> None:
    """A day is longer than any access token, lock-out window or clock skew; a week longer than every retry."""
    async with app_transaction(app) as db:
        for domain in domains:
            if domain.forget is not None:
                await domain.forget(db, before=moment - KEEP)
        old = idempotency_keys.c.created_at < moment - KEEP_IDEMPOTENCY_KEYS
        await db.execute(idempotency_keys.delete().where(old))
