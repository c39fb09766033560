"""The whole ledger summed again every day: what the totals hold must be what the entries say."""

import asyncio
import time
from typing import Any

import structlog
from fastapi import FastAPI
from opentelemetry import metrics
from opentelemetry.metrics import Observation
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from scoring.points.ledger.sums import DIFFERENCES, LEDGER

EVERY_SECONDS = 24 * 3600
AGAIN_SECONDS = 60
PATIENCE = text("SET LOCAL statement_timeout = '15min'")
log = structlog.get_logger()


async def verify(engine: AsyncEngine) -> dict[str, Any]:
    """How many `entries`, `subjects` and `points` there are, and where the totals say otherwise (200 at most)."""
    async with engine.begin() as db:
        await db.execute(PATIENCE)
        counted = (await db.execute(text(LEDGER))).mappings().one()
        differences = (await db.execute(text(DIFFERENCES))).mappings().all()
    return {**counted, "differences": [dict(one) for one in differences]}


class Verification:
    """How many totals differ (200 at most are looked at), and when that was found out."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.differences: int | None = None
        self._done_at = 0.0
        meter = metrics.get_meter("scoring")
        meter.create_observable_gauge("liangxin.ledger.differences", [lambda _: self._shown(self.differences)])
        meter.create_observable_gauge("liangxin.ledger.verified_age", [lambda _: self._shown(self._age())], unit="s")

    def _age(self) -> float:
        return time.monotonic() - self._done_at

    def _shown(self, value: float | None) -> list[Observation]:
        return [] if self.differences is None or value is None else [Observation(value)]

    async def run(self) -> int:
        found = len((await verify(self._engine))["differences"])
        self.differences, self._done_at = found, time.monotonic()
        (log.error if found else log.info)("ledger.verified", differences=found)
        return found

    async def follow(self) -> None:
        while True:
            try:
                await self.run()
                await asyncio.sleep(EVERY_SECONDS)
            except (SQLAlchemyError, OSError) as error:
                log.warning("ledger.not_verified", reason=type(error).__name__)
                await asyncio.sleep(AGAIN_SECONDS)


async def keep_verified(app: FastAPI) -> None:
    """In the process that does the background work only."""
    if app.state.settings.run_worker:
        await Verification(app.state.engine).follow()
