"""What registry judges of transfers, integrity cards and files earns points, and less after a correction."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from alembic import command

from deploy.launcher.provision import conninfo
from hosting import migrations
from services.scoring.tests.conftest import District
from tests.support.databases import ROOT, Database, MakeDatabase

pytestmark = pytest.mark.anyio
SOURCED = ("M30", "M34", "M36", "M38", "O07", "O08", "O09", "O10", "O11", "O12", "O42")


def sources(database: Database) -> dict[str, tuple[str, bool]]:
    query = "SELECT code, earning, jsonb_array_length(triggers) > 0 FROM indicators WHERE code = ANY(%s)"
    with psycopg.connect(conninfo(database.owner_url)) as owner:
        return {code: (earning, has_trigger) for code, earning, has_trigger in owner.execute(query, [list(SOURCED)])}


async def judged(district: District, organization: UUID, revision: int = 1, **fields: Any) -> None:
    data = {"organization_id": str(organization), "revision": revision, **fields}
    kind = "integrity_quarter" if "quarter_ends_on" in fields else "transfer_year"
    await district.tell(f"registry.{kind}.judged.v1", uuid4(), data, version=revision)


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
    async def test_of_transfers_earn_the_branch_and_the_member_until_corrected(
        self, district: District, people: Any
    ) -> None:
        member = people.branch_member = await district.member(people.branch)
        year = {"year": 2025, "transfers": 1}
        for revision, is_on_time in ((1, True), (2, False)):
            members = [{"member_id": str(member), "is_on_time": is_on_time}]
            await judged(district, people.branch, revision, **year, is_on_time=is_on_time, members=members)
            if is_on_time:
                earned = [await district.entries(one) for one in (people.branch, member)]

        assert earned == [[("O08", "2025", "1.00")], [("M34", "2025", "2.00")]]
        for one in (people.branch, member):
            assert sum(Decimal(granted) for _, _, granted in await district.entries(one)) == 0

    async def test_of_integrity_cards_earn_each_quarter_once(self, district: District, people: Any) -> None:
        member = await district.member(people.branch)
        for day in ("2025-03-31", "2025-03-31", "2025-06-30"):
            members = [{"member_id": str(member), "is_clean": True}]
            await judged(district, people.branch, quarter_ends_on=day, members=members)

        assert await district.entries(member) == [("M36", "2025-Q01", "0.50"), ("M36", "2025-Q02", "0.50")]


class TestLedgers:
    async def test_earn_once_a_quarter_and_a_screening_once_a_half_year_until_void(
        self, district: District, people: Any
    ) -> None:
        branch = {"organization_id": str(people.branch)}
        check, screening = uuid4(), uuid4()
        for version, holds in ((1, True), (2, False)):
            counted = {"quarter_ends_on": "2025-03-31", "holds": holds, "revision": version}
            await district.tell(
                "registry.ledger_check.changed.v1", check, {"id": str(check), **branch, **counted}, version=version
            )
            compiled = {"compiled_on": "2025-03-20", "holds": holds, "revision": version}
            told = {"id": str(screening), **branch, **compiled}
            await district.tell("registry.screening.compiled.v1", screening, told, version=version)
            if holds:
                earned = await district.entries(people.branch)

        assert earned == [("O07", "2025-Q01", "0.50"), ("O09", "2025-H01", "0.50")]
        assert sum(Decimal(granted) for _, _, granted in await district.entries(people.branch)) == 0
