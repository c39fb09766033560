"""What registry judges of form, committee and leadership earns an organisation points, and less once corrected."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic import command

from deploy.launcher.provision import conninfo
from hosting import migrations
from services.scoring.tests.conftest import District
from tests.support.databases import ROOT, Database, MakeDatabase

pytestmark = pytest.mark.anyio
SOURCED = ("O01", "O02", "O03", "O04", "O06")
KEPT = {"is_term_kept": True, "is_secretary_kept": True, "is_cross_appointed": True}


def sources(database: Database) -> dict[str, tuple[str, bool]]:
    query = "SELECT code, earning, jsonb_array_length(triggers) > 0 FROM indicators WHERE code = ANY(%s)"
    with psycopg.connect(conninfo(database.owner_url)) as owner:
        return {code: (earning, has_trigger) for code, earning, has_trigger in owner.execute(query, [list(SOURCED)])}


async def judged(district: District, kind: str, organization: UUID, revision: int, **fields: Any) -> None:
    data = {"organization_id": str(organization), "revision": revision, "year": 2025, **fields}
    await district.tell(f"registry.{kind}.judged.v1", organization, data, version=revision)


class TestSources:
    def test_are_given_where_the_catalogue_was_loaded_before(self, make_database: MakeDatabase) -> None:
        database = make_database("scoring")
        config = migrations.config(ROOT / "services" / "scoring" / "migrations", database.owner_url)

        command.downgrade(config, "0016")
        before = sources(database)
        command.upgrade(config, "head")

        assert before == dict.fromkeys(SOURCED, ("none", False))
        assert sources(database) == dict.fromkeys(SOURCED, ("event", True))


class TestJudgements:
    async def test_of_form_and_leadership_earn_once_and_lose_what_was_corrected(
        self, district: District, people: Any
    ) -> None:
        branch = people.branch
        for _ in range(2):
            await judged(district, "form_year", branch, 1, is_form_fitting=True, is_team_complete=False)
        await judged(district, "leadership_year", branch, 1, **KEPT)
        earned = await district.entries(branch)

        await judged(district, "leadership_year", branch, 2, **KEPT | {"is_secretary_kept": False})
        after = await district.entries(branch)

        assert sorted(earned) == [
            ("O01", "2025", "2.00"), ("O03", "2025", "2.00"), ("O04", "2025", "1.00"), ("O06", "2025", "1.50"),
        ]  # fmt: skip
        assert sum(Decimal(granted) for code, _, granted in after if code == "O04") == 0
        assert sum(Decimal(granted) for _, _, granted in after) == Decimal("5.50")
