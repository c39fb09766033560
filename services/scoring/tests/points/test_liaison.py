"""What registry tells of liaison work earns an organisation its points, and takes them back where it was a mistake."""

from decimal import Decimal
from typing import Any

import psycopg
import pytest
from alembic import command

from deploy.launcher.provision import conninfo
from hosting import migrations
from services.scoring.tests.conftest import District
from tests.support.databases import ROOT, Database, MakeDatabase

pytestmark = pytest.mark.anyio
SOURCED = ("O23", "O46", "O48", "M25")


def sources(database: Database) -> dict[str, tuple[str, bool]]:
    query = "SELECT code, earning, jsonb_array_length(triggers) > 0 FROM indicators WHERE code = ANY(%s)"
    with psycopg.connect(conninfo(database.owner_url)) as owner:
        return {code: (earning, has_trigger) for code, earning, has_trigger in owner.execute(query, [list(SOURCED)])}


class TestSources:
    def test_are_given_where_the_catalogue_was_loaded_before(self, make_database: MakeDatabase) -> None:
        database = make_database("scoring")
        config = migrations.config(ROOT / "services" / "scoring" / "migrations", database.owner_url)

        command.downgrade(config, "0016")
        before = sources(database)
        command.upgrade(config, "head")

        assert before == dict.fromkeys(SOURCED, ("none", False))
        assert sources(database) == dict.fromkeys(SOURCED, ("event", True))


class TestVisits:
    async def visited(self, district: District, branch: Any, month: str, visits: int, revision: int) -> None:
        data = {"organization_id": str(branch), "month": month, "visits": visits, "revision": revision}
        await district.tell("registry.visit_month.changed.v1", branch, data, version=revision)

    async def test_earn_their_month_once_and_nothing_when_all_were_void(self, district: District, people: Any) -> None:
        for visits, revision in ((1, 1), (2, 2), (1, 3)):
            await self.visited(district, people.branch, "2025-03", visits, revision)
        await self.visited(district, people.branch, "2025-04", 1, 1)

        twice = await district.entries(people.branch)
        await self.visited(district, people.branch, "2025-03", 0, 4)
        after = await district.entries(people.branch)

        assert twice == [("O23", "2025-M03", "0.25"), ("O23", "2025-M04", "0.25")]
        assert sum(Decimal(granted) for _, _, granted in after) == Decimal("0.25")
