from datetime import timedelta
from typing import Any

import psycopg
import pytest

from hosting.housekeeping import tidy
from kit.calendar import real_now
from registry.app import DOMAINS

pytestmark = pytest.mark.anyio
TABLES = ("revocations", "refresh_tokens", "login_throttles")


def counts(registry: Any) -> dict[str, int]:
    with psycopg.connect(registry.database.app_url.replace("+psycopg", "")) as db:
        rows = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES}  # noqa: S608 - ours
    return {table: row[0] for table, row in rows.items() if row is not None}


class TestTidying:
    async def test_keeps_what_may_still_be_needed_and_no_more(self, registry: Any) -> None:
        headers = await registry.administrator()
        await registry.login("no.such.user", "wrong")
        await registry.http.delete("/api/v1/registry/logins/current", headers=headers)

        await tidy(registry.app, DOMAINS, real_now())
        kept = counts(registry)
        await tidy(registry.app, DOMAINS, real_now() + timedelta(days=9))

        assert all(kept.values())
        assert counts(registry) == dict.fromkeys(TABLES, 0)
