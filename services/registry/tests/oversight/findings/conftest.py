from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from services.registry.tests.oversight.findings.facts import Facts
from tests.support.databases import Database, MakeDatabase


@pytest.fixture(scope="session")
def bare_database(make_shared_database: MakeDatabase) -> Database:
    return make_shared_database("registry")


@pytest.fixture
async def facts(bare_database: Database) -> AsyncIterator[Facts]:
    """Rows that no other test sees."""
    engine = create_async_engine(bare_database.app_url, poolclass=NullPool)
    async with AsyncSession(engine, expire_on_commit=False) as db:
        yield Facts(db)
        await db.rollback()
    await engine.dispose()
