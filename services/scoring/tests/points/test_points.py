"""From an event to the balance: one cause, one entry, never above a cap."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from kit.database import app_transaction
from scoring.points.ledger.service import Booking, record
from scoring.subjects import SubjectKind
from services.scoring.tests.conftest import District, People

pytestmark = pytest.mark.anyio


class TestLedger:
    async def test_refuses_changes_by_the_database_itself(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id])

        for statement in ("UPDATE ledger_entries SET granted = 0", "DELETE FROM ledger_entries"):
            with pytest.raises(DBAPIError):
                async with app_transaction(district.app) as db:
                    await db.execute(text(statement))

    @pytest.mark.feature("S02")
    async def test_gives_one_entry_for_one_event_and_none_for_its_replay(
        self, district: District, people: People
    ) -> None:
        event = await district.meeting(people.branch, [people.member_id, people.colleague_id])

        await district.tell_again(event)

        assert await district.entries(people.member_id) == [("M01", "2025-Q01", "0.50")]
        assert await district.entries(people.branch) == [("O26", "2025-Q01", "0.50")]

    async def test_counts_a_made_up_attendance_once(self, district: District, people: People) -> None:
        event = await district.meeting(people.branch, [people.member_id])
        made_up = {**event.data, "member_id": str(people.member_id), "made_up_on": "2025-03-20"}

        await district.tell("training.attendance.made_up.v1", uuid4(), made_up)

        assert len(await district.entries(people.member_id)) == 1

    async def test_clips_what_exceeds_the_period_and_records_the_clip(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id])
        await district.meeting(people.branch, [people.member_id], held_on="2025-03-20")

        listed = (await people.member.get("/entries", subject_id=people.member_id)).json()["items"]

        assert [(one["granted"], one["clipped"]) for one in listed] == [("0.00", "0.50"), ("0.50", "0.00")]

    async def test_passes_over_those_who_are_not_members_of_the_party(self, district: District, people: People) -> None:
        activist = await district.member(people.branch, stage="activist")

        await district.meeting(people.branch, [activist])

        assert await district.entries(activist) == []

    async def test_gives_a_branch_what_its_groups_have_done(self, district: District, people: People) -> None:
        groups = [
            await district.organization("party_group", people.branch, parent_id=str(people.branch)) for _ in range(2)
        ]

        for group, day in zip(groups, ("2025-02-10", "2025-03-10"), strict=True):
            await district.meeting(group, [people.member_id], kind="group_meeting", held_on=day)

        assert await district.entries(people.branch) == [("O28", "2025-M02", "0.10"), ("O28", "2025-M03", "0.10")]
        assert await district.entries(groups[0]) == []

    async def test_earns_nothing_from_an_invalid_meeting(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id], is_valid=False)

        assert await district.entries(people.member_id) == []
        assert await district.entries(people.branch) == []

    async def test_holds_the_cap_among_parallel_bookings_of_one_cause(self, district: District, people: People) -> None:
        catalogue = await _member_catalogue(district)

        async def book(source_ref: str) -> int:
            async with app_transaction(district.app) as db:
                return len(await record(db, [_booking(people.member_id, district.root, catalogue, source_ref)]))

        same = await _limited(60, lambda _: book("one"))
        different = await _limited(20, lambda number: book(str(number)))

        assert sum(same) == 1
        assert sum(different) == 20
        balance = (await people.member.get(f"/balances/{people.member_id}", year=2025)).json()
        assert balance["points_total"] == "2.00"
        assert (await _verification(people))["is_consistent"]

    async def test_does_not_deadlock_when_events_award_many_subjects_at_once(
        self, district: District, people: People
    ) -> None:
        everybody = [people.member_id, people.colleague_id, people.secretary_id, people.deputy_id]

        await _limited(
            12, lambda number: district.meeting(people.branch, everybody[:: 1 if number % 2 else -1], kind="theme_day")
        )

        assert await district.events("scoring.entry.recorded.v1")
        assert len(await district.entries(people.member_id)) == 12


class TestReversal:
    async def test_is_refused_to_secretaries_and_to_towns_elsewhere(self, district: District, people: People) -> None:
        entry = await _entry(district, people)

        refused = await people.secretary.post(f"/entries/{entry}/reversal", {"reason": "误记"})
        hidden = await people.other_town_officer.post(f"/entries/{entry}/reversal", {"reason": "误记"})

        assert (refused.status_code, hidden.status_code) == (403, 404)

    async def test_takes_points_back_once_and_frees_the_room(self, district: District, people: People) -> None:
        entry = await _entry(district, people)

        first = await people.town_officer.post(f"/entries/{entry}/reversal", {"reason": "误记"})
        second = await people.town_officer.post(f"/entries/{entry}/reversal", {"reason": "误记"})
        again = await people.town_officer.post(f"/entries/{first.json()['id']}/reversal", {"reason": "误记"})
        await district.meeting(people.branch, [people.member_id], held_on="2025-03-28")

        assert first.json()["granted"] == "-0.50"
        assert (second.json()["code"], again.json()["code"]) == ("entry-already-reversed", "reversal-not-reversible")
        granted = [points for _, _, points in await district.entries(people.member_id)]
        assert granted == ["0.50", "-0.50", "0.50"]
        assert (await _verification(people))["is_consistent"]


class TestBalance:
    async def test_is_hidden_from_colleagues_and_other_towns(self, people: People) -> None:
        hidden = [
            await one.get(f"/balances/{people.member_id}") for one in (people.colleague, people.other_town_officer)
        ]
        entries = (await people.colleague.get("/entries", subject_id=people.member_id)).json()

        assert {one.status_code for one in hidden} == {404}
        assert entries["items"] == []

    async def test_shows_every_indicator_by_dimension(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id])

        balance = (await people.secretary.get(f"/balances/{people.member_id}")).json()

        assert (balance["points_total"], balance["maximum"]) == ("0.50", "100.00")
        assert len(balance["indicators"]) == 48
        assert balance["dimensions"][0] == {"dimension": "A 学习提高", "points": "0.50", "maximum": "22.00"}

    async def test_that_differs_from_its_entries_is_found(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id])
        async with app_transaction(district.app) as db:
            await db.execute(text("UPDATE point_totals SET granted = 9 WHERE subject_id = :s"), {"s": people.member_id})

        found = await _verification(people)

        assert not found["is_consistent"]
        assert found["differences"]


async def _entry(district: District, people: People) -> str:
    await district.meeting(people.branch, [people.member_id])
    listed = (await people.town_officer.get("/entries", subject_id=people.member_id)).json()
    return str(listed["items"][0]["id"])


async def _verification(people: People) -> dict[str, object]:
    found = await people.town_officer.get(f"/balances/{people.member_id}/verification", year=2025)
    return dict(found.json())


async def _limited(times: int, work: Callable[[int], Awaitable[Any]], at_once: int = 5) -> list[Any]:
    """As many at a time as there are connections."""
    gate = asyncio.Semaphore(at_once)

    async def one(number: int) -> Any:
        async with gate:
            return await work(number)

    return await asyncio.gather(*(one(number) for number in range(times)))


async def _member_catalogue(district: District) -> UUID:
    async with app_transaction(district.app) as db:
        return UUID(str(await db.scalar(text("SELECT id FROM catalogues WHERE subject_kind = 'member'"))))


def _booking(subject: UUID, root: UUID, catalogue: UUID, source_ref: str) -> Booking:
    return Booking(
        subject_kind=SubjectKind.MEMBER,
        subject_id=subject,
        root_id=root,
        catalogue_id=catalogue,
        indicator_code="M15",
        cadence="event",
        annual_cap=Decimal(2),
        requested=Decimal("0.5"),
        occurred_on=date(2025, 3, 1),
        source="test",
        source_ref=source_ref,
    )
