"""A real registry on an empty database, and what its operator can do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from demo.district.accounts import AccountBook
from hosting.engines import create_engine
from kit.calendar import real_now
from kit.database import transaction
from registry.app import create_app
from registry.identity.activations.models import AdministratorRole
from registry.identity.bootstrap.service import invite_administrator
from registry.identity.keys.signing import write_signing_key
from registry.settings import Settings
from sealing import write_new_keys
from tests.support.clients import ServiceClient, service_settings
from tests.support.databases import MakeDatabase

ROLES = {role.value: role for role in AdministratorRole}


@pytest.fixture
def settings(make_database: MakeDatabase, tmp_path: Path) -> Settings:
    write_signing_key(tmp_path / "signing", now=real_now())
    write_new_keys(tmp_path / "data.json")
    return service_settings(
        Settings,
        make_database("registry"),
        signing_keys_dir=tmp_path / "signing",
        data_keys_file=tmp_path / "data.json",
        attachments_directory=tmp_path / "files",
        argon2_memory_kib=1024,
        run_worker=True,
    )


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
async def http(app: FastAPI, service_client: ServiceClient) -> AsyncIterator[httpx2.AsyncClient]:
    async with service_client(app) as client:
        yield client


@pytest.fixture
def invite(settings: Settings) -> Callable[[str], str]:
    """What the operator's command line does, as a process of its own would."""

    async def issue(role: str) -> str:
        engine = create_engine(settings)
        async with transaction(engine, demonstration=True) as db:
            token = (await invite_administrator(db, ROLES[role], settings=settings)).token
        await engine.dispose()
        return token

    return lambda role: asyncio.run(issue(role))


@pytest.fixture
def book(tmp_path: Path) -> AccountBook:
    return AccountBook(tmp_path / "accounts.json")
