"""A cause that is told again in another revision: the ledger follows by counter-entries, in any order."""

from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from kit.events import Event
from services.scoring.tests.conftest import District, People

pytestmark = pytest.mark.anyio


async def settled(district: District, people: People, revision: int, hours: dict[UUID, str]) -> Event:
    """The branch's study year as training tells it; the first member is its leader.

    The first revision is told as it was before the members' requirement was told, the later ones as it is now.
    """
    told = {"required": "32", "required_of_members": "32", "is_met": True}
    lines = [{"member_id": str(one), "hours": spent, **told} for one, spent in hours.items()]
    data = {
        "year": 2025,
        "revision": revision,
        "organization_id": str(people.branch),
        "path": district.paths[people.branch],
        "members": lines,
        "leaders": lines[:1],
    }
    version = 2025 * 1000 + revision
    kind = f"training.study_year.settled.v{min(revision, 2)}"
    return await district.tell(kind, people.branch, data, version=version)


async def standing(district: District, subject: UUID) -> dict[str, str]:
    """Points by indicator, after all counter-entries."""
    query = "SELECT indicator_code, granted::text FROM point_totals WHERE subject_id = :s AND granted > 0"
    async with app_transaction(district.app) as db:
        return dict((await db.execute(text(query), {"s": subject})).all())


async def causes(district: District, subject: UUID, code: str) -> list[tuple[str, str]]:
    query = (
        "SELECT regexp_replace(source_ref, '^.*/' || indicator_code, ''), granted::text FROM ledger_entries "
        "WHERE subject_id = :s AND indicator_code = :c AND reversal_of IS NULL ORDER BY id"
    )
    async with app_transaction(district.app) as db:
        return [tuple(row) for row in await db.execute(text(query), {"s": subject, "c": code})]


class TestASettledStudyYear:
    async def test_corrected_counters_what_the_first_settlement_earned(
        self, district: District, people: People
    ) -> None:
        await settled(district, people, 1, {people.member_id: "16", people.colleague_id: "32"})
        assert await standing(district, people.branch) == {"O34": "1.00"}

        await settled(district, people, 2, {people.member_id: "32", people.colleague_id: "32"})

        assert await standing(district, people.member_id) == {"M06": "4.00"}
        assert await standing(district, people.branch) == {"O34": "2.00", "O35": "1.20"}
        assert [points for _, _, points in await district.entries(people.member_id)] == ["2.00", "-2.00", "4.00"]
        assert await causes(district, people.member_id, "M06") == [("", "2.00"), ("/r2", "4.00")]
        assert [points for _, _, points in await district.entries(people.colleague_id)] == ["4.00"]
        shown = await people.town_officer.get(f"/balances/{people.member_id}/verification", year=2025)
        assert shown.json()["is_consistent"]

    async def test_corrected_to_nothing_takes_the_points_back(self, district: District, people: People) -> None:
        await settled(district, people, 1, {people.member_id: "32"})

        await settled(district, people, 2, {people.member_id: "0"})

        assert await standing(district, people.member_id) == {}
        assert await standing(district, people.branch) == {}

    @pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
    async def test_comes_to_the_same_in_any_order_and_however_often(
        self, district: District, people: People, order: tuple[int, ...]
    ) -> None:
        hours = {1: "16", 2: "0", 3: "24"}

        for revision in (*order, *order):
            await settled(district, people, revision, {people.member_id: hours[revision]})

        assert await standing(district, people.member_id) == {"M06": "3.00"}
        assert await standing(district, people.branch) == {}

    async def test_reversed_by_hand_is_not_reversed_again(self, district: District, people: People) -> None:
        await settled(district, people, 1, {people.member_id: "16"})
        listed = (await people.town_officer.get("/entries", subject_id=people.member_id)).json()["items"]
        await people.town_officer.post(f"/entries/{listed[0]['id']}/reversal", {"reason": "学时有误"})

        await settled(district, people, 2, {people.member_id: "24"})

        assert [points for _, _, points in await district.entries(people.member_id)] == ["2.00", "-2.00", "3.00"]

    async def test_leaves_those_alone_whom_the_correction_does_not_name(
        self, district: District, people: People
    ) -> None:
        await settled(district, people, 1, {people.member_id: "32", people.colleague_id: "32"})

        await settled(district, people, 2, {people.member_id: "32"})

        assert await standing(district, people.colleague_id) == {"M06": "4.00"}


class TestARatedPledge:
    async def test_rated_down_loses_its_points(self, district: District, people: People) -> None:
        async def rated(version: int, *, is_fulfilled: bool, day: str) -> None:
            data: dict[str, Any] = {
                "pledge_id": str(people.town),
                "subject_id": str(people.member_id),
                "subject_kind": "member",
                "revision": version,
                "is_fulfilled": is_fulfilled,
                "rated_on": day,
            }
            await district.tell("scoring.pledge.rated.v1", people.town, data, version=version)

        await rated(3, is_fulfilled=True, day="2025-12-30")
        assert await standing(district, people.member_id) == {"M11": "1.00"}
        await rated(4, is_fulfilled=False, day="2026-01-04")
        assert await standing(district, people.member_id) == {}

        await rated(5, is_fulfilled=True, day="2026-01-05")

        entries = await district.entries(people.member_id)
        assert entries == [("M11", "2025-Q04", "1.00"), ("M11", "2025-Q04", "-1.00"), ("M11", "2026-Q01", "1.00")]
