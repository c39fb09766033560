"""What registry tells of checks of sites earns an organisation points, and takes them back where it was a mistake."""

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
SOURCED = ("M32", "O13", "O15", "O16", "O17", "O18", "O19", "O20", "O25", "O50")
ITEMS = ("has_place", "has_equipment", "has_signs", "has_flag", "has_books", "has_rules")


def sources(database: Database) -> dict[str, tuple[str, bool]]:
    query = "SELECT code, earning, jsonb_array_length(triggers) > 0 FROM indicators WHERE code = ANY(%s)"
    with psycopg.connect(conninfo(database.owner_url)) as owner:
        return {code: (earning, has_trigger) for code, earning, has_trigger in owner.execute(query, [list(SOURCED)])}


async def checked(district: District, branch: UUID, revision: int, *met: str) -> None:
    data = {"organization_id": str(branch), "year": 2025, "revision": revision}
    data |= {one: one in met for one in ITEMS}
    await district.tell("registry.site_year.changed.v1", branch, data, version=revision)


class TestSources:
    def test_are_given_where_the_catalogue_was_loaded_before(self, make_database: MakeDatabase) -> None:
        database = make_database("scoring")
        config = migrations.config(ROOT / "services" / "scoring" / "migrations", database.owner_url)

        command.downgrade(config, "0016")
        before = sources(database)
        command.upgrade(config, "head")

        assert before == dict.fromkeys(SOURCED, ("none", False))
        assert sources(database) == dict.fromkeys(SOURCED, ("event", True))


class TestSiteYear:
    async def test_earns_each_item_once_a_year_until_corrected(self, district: District, people: Any) -> None:
        await checked(district, people.branch, 1, "has_place")
        await checked(district, people.branch, 2, *ITEMS)
        whole = await district.entries(people.branch)
        await checked(district, people.branch, 3, "has_place", "has_books")

        sums: dict[str, Decimal] = {}
        for code, _, granted in await district.entries(people.branch):
            sums[code] = sums.get(code, Decimal(0)) + Decimal(granted)

        points = {"O15": "2.00", "O16": "2.00", "O17": "1.00", "O18": "1.00", "O19": "1.00", "O20": "2.00"}
        assert sorted(whole) == [(code, "2025", granted) for code, granted in points.items()]
        assert {code: total for code, total in sums.items() if total} == {"O15": Decimal(2), "O19": Decimal(1)}


class TestDues:
    async def test_earn_the_member_the_month_and_the_branch_the_quarter_until_corrected(
        self, district: District, people: Any
    ) -> None:
        member = await district.member(people.branch)

        async def judged(kind: str, revision: int, is_paid: bool, **fields: Any) -> None:
            data = {"organization_id": str(people.branch), "revision": revision, **fields}
            data["members"] = [{"member_id": str(member), "is_paid": is_paid}]
            await district.tell(f"registry.{kind}.judged.v1", uuid4(), data, version=revision)

        for revision, is_paid in ((1, True), (2, False)):
            await judged("dues_month", revision, is_paid, month="2025-03")
            quarter = {"quarter_ends_on": "2025-03-31", "owing": 3, "is_full": is_paid}
            await judged("dues_quarter", revision, is_paid, **quarter)
            if is_paid:
                earned = [await district.entries(one) for one in (people.branch, member)]

        assert earned == [[("O13", "2025-Q01", "0.25")], [("M32", "2025-M03", "0.25")]]
        for one in (people.branch, member):
            assert sum(Decimal(granted) for _, _, granted in await district.entries(one)) == 0
