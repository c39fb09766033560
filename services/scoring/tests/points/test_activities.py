"""Activities that training tells of earn members and their organisation points, until a list is corrected."""

from typing import Any
from uuid import UUID

import psycopg
import pytest
from alembic import command

from deploy.launcher.provision import conninfo
from hosting import migrations
from kit.ids import uuid7
from services.scoring.tests.conftest import District
from tests.support.databases import ROOT, Database, MakeDatabase

pytestmark = pytest.mark.anyio
SOURCED = ("M07", "M09", "M10", "M21", "M22", "M31", "M37", "M47", "O36", "O44", "O45")
CLAIMED = "M16"
"""Earned by claims before contests were recorded."""


def sources(database: Database) -> dict[str, tuple[str, bool]]:
    query = "SELECT code, earning, jsonb_array_length(triggers) > 0 FROM indicators WHERE code = ANY(%s)"
    with psycopg.connect(conninfo(database.owner_url)) as owner:
        rows = owner.execute(query, [[*SOURCED, CLAIMED]])
        return {code: (earning, has_trigger) for code, earning, has_trigger in rows}


class TestSources:
    def test_are_given_where_the_catalogue_was_loaded_before(self, make_database: MakeDatabase) -> None:
        database = make_database("scoring")
        config = migrations.config(ROOT / "services" / "scoring" / "migrations", database.owner_url)

        command.downgrade(config, "0016")
        before = sources(database)
        command.upgrade(config, "head")

        assert before == {**dict.fromkeys(SOURCED, ("none", False)), CLAIMED: ("claim", False)}
        assert sources(database) == dict.fromkeys((*SOURCED, CLAIMED), ("event", True))


class TestActivities:
    async def test_earn_those_who_came_and_their_branch_until_corrected(self, district: District, people: Any) -> None:
        activity = uuid7()
        await self.confirmed(district, activity, people, attended=True, revision=None)
        earned = await district.entries(people.member_id), await district.entries(people.branch)

        await self.confirmed(district, activity, people, attended=False, revision=3)

        assert earned == ([("M21", "2025", "0.50")], [("O45", "2025", "0.50")])
        assert sum(float(granted) for _, _, granted in await district.entries(people.member_id)) == 0
        assert await district.entries(people.branch) == earned[1]

    async def confirmed(
        self, district: District, activity: UUID, people: Any, *, attended: bool, revision: int | None
    ) -> None:
        data = {
            "meeting_id": str(activity),
            "kind": "volunteering",
            "organization_id": str(people.branch),
            "held_on": "2025-03-08",
            "is_valid": True,
            "guests": 12,
            "participants": [{"member_id": str(people.member_id), "attended": attended, "spoke": False}],
            "revision": revision,
        }
        await district.tell("training.activity.confirmed.v1", activity, data, version=revision or 1)


class TestMutualHelp:
    async def test_earns_a_point_each_at_most_three_a_year_and_gives_back_what_was_void(
        self, district: District, people: Any
    ) -> None:
        """Four services in a year; the fourth finds the cap reached until the first is taken back."""
        services = [uuid7() for _ in range(4)]
        for one in services:
            await self.provided(district, one, people, is_earning=True, revision=2)
        earned = await district.entries(people.member_id)

        await self.provided(district, services[0], people, is_earning=False, revision=3)

        assert [granted for _, _, granted in earned if granted != "0.00"] == ["1.00"] * 3
        assert {code for code, _, _ in earned} == {"M22"}
        assert sum(float(granted) for _, _, granted in await district.entries(people.member_id)) == 2

    async def provided(
        self, district: District, service: UUID, people: Any, *, is_earning: bool, revision: int
    ) -> None:
        data = {
            "id": str(service),
            "organization_id": str(people.branch),
            "member_id": str(people.member_id),
            "provided_on": "2025-03-08",
            "is_earning": is_earning,
            "revision": revision,
        }
        await district.tell("training.service_provision.changed.v1", service, data, version=revision)


class TestExams:
    @pytest.mark.feature("T22")
    async def test_earn_m09_each_half_year_and_a_place_in_a_drill_m16(self, district: District, people: Any) -> None:
        """0.5 in a half-year, 1.0 a year: a third pass in the same half-year adds nothing."""
        for day in ("2025-03-08", "2025-04-08", "2025-09-08"):
            exam, passed = uuid7(), {"taken_on": day, "is_earning": True, "revision": 1}
            told = {"id": str(exam), "member_id": str(people.member_id), "organization_id": str(people.branch)}
            await district.tell("training.exam_result.changed.v1", exam, {**told, **passed})
        drill = uuid7()
        won: dict[str, Any] = {
            "id": str(drill),
            "member_id": str(people.member_id),
            "organization_id": str(people.branch),
        }
        won |= {"kind": "skill_drill", "held_on": "2025-05-08", "is_passed": True, "has_place": True, "revision": 1}
        await district.tell("training.contest_result.changed.v1", drill, won)

        entries = await district.entries(people.member_id)

        granted = {code: [one for kind, _, one in entries if kind == code] for code, _, _ in entries}
        assert sorted(granted["M09"]) == ["0.00", "0.50", "0.50"]
        assert granted["M16"] == ["1.00"]
