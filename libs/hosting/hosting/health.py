"""Liveness, readiness with its reasons, and version."""

import time
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from kit.calendar import clock_check
from kit.clock import business_now
from kit.database import app_transaction
from observing.horizon import state_of_feed

DOCUMENT = "openapi.json"
FEED_SILENT_SECONDS, BEAT_SECONDS = 60, 5.0


async def livez(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


async def readyz(request: Request) -> JSONResponse:
    """503 with the failing part named: database, migration head, clock, token keys, feed."""
    checks = await checks_of(request.app)
    ready = all(value == "ok" for name, value in checks.items() if not name.startswith("feed_"))
    return JSONResponse({"status": "ok" if ready else "unready", "checks": checks}, 200 if ready else 503)


async def checks_of(app: FastAPI) -> dict[str, str]:
    checks = await _database_checks(app)
    checks["keys"] = "ok" if app.state.verifier.keys.keys else "missing"
    for source, read_at in app.state.feeds.items():
        silent = time.monotonic() - read_at
        checks[f"feed_{source}"] = "ok" if silent < FEED_SILENT_SECONDS else f"silent for {int(silent)} s"
    return checks


async def _database_checks(app: FastAPI) -> dict[str, str]:
    expected = head_revision(app.state.migrations)
    try:
        async with app_transaction(app) as db:
            found = await db.scalar(text("SELECT version_num FROM alembic_version"))
            before = time.time()
            now = await db.scalar(text("SELECT extract(epoch FROM clock_timestamp())::float"))
            after, feed = time.time(), await state_of_feed(db)
    except (SQLAlchemyError, OSError) as error:
        return {"database": type(error).__name__, "migration": "unknown"}
    is_enough = str(found or "") >= expected  # the next release only adds, so that this one can come back
    return {
        "database": "ok",
        "migration": "ok" if is_enough else f"at {found}, expected {expected}",
        "clock": clock_check(before, now, after),
        "feed_horizon": feed,
    }


async def show_version(request: Request) -> JSONResponse:
    async with app_transaction(request.app) as db:
        now = await business_now(db)
    name = str(request.app.state.name)
    return JSONResponse({"service": name, "version": version(f"liangxin-{name}"), "business_now": now.isoformat()})


@cache
def head_revision(scripts: Path) -> str:
    """The last of the migrations: their files begin with their revision, and rise."""
    return max(file.name.partition("_")[0] for file in (scripts / "versions").glob("[0-9]*.py"))


def shipped_with(package_file: str, name: str) -> Path:
    """In a checkout the migrations and the document stand beside the package, in a wheel inside it."""
    package = Path(package_file).resolve().parent
    return package / name if (package / name).exists() else package.parent / name
