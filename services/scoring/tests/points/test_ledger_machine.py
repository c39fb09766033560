"""Q7: whatever is booked, replayed and reversed in whatever order, caps hold and entries add up to the totals."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from kit.access import Actor
from kit.database import transaction
from kit.permissions import Scope
from scoring.points.indicators.defaults import default_catalogues
from scoring.points.ledger import rules, service
from scoring.subjects import SubjectKind
from tests.support.databases import MakeDatabase

ROOT, OFFICER = uuid4(), uuid4()
CATALOGUE = next(one for one in default_catalogues() if one.subject_kind == "member")
INDICATORS = {row["code"]: row for row in CATALOGUE.indicators if row["code"] in {"M01", "M04", "M06", "M15", "M40"}}
ACTOR = Actor(OFFICER, None, None, frozenset({"town_officer"}), (), ("0001/",), frozenset({ROOT}), Scope.SUBTREE)
DIFFERENT = """
    SELECT count(*) FROM point_totals AS total
    FULL JOIN (SELECT subject_id, points_year, indicator_code, sum(granted) AS added_up FROM ledger_entries
               GROUP BY 1, 2, 3) AS entry USING (subject_id, points_year, indicator_code)
    WHERE total.granted IS DISTINCT FROM coalesce(entry.added_up, 0)
       OR total.granted <> (SELECT sum(part) FROM unnest(total.by_period) AS part)
"""


class LedgerMachine(RuleBasedStateMachine):
    """The model is a dictionary of rooms moved by the pure rules; the database must say the same."""

    engine: ClassVar[AsyncEngine]
    loop: ClassVar[asyncio.AbstractEventLoop]

    def __init__(self) -> None:
        super().__init__()
        self.subjects = [uuid4(), uuid4()]
        self.rooms: dict[tuple[UUID, int, str], rules.Room] = {}
        self.entries: list[dict[str, Any]] = []
        self.booked: list[service.Booking] = []
        self.reversed: set[UUID] = set()
        self.wait(self.introduce())

    def wait(self, work: Any) -> Any:
        return self.loop.run_until_complete(work)

    async def introduce(self) -> None:
        query = (
            "INSERT INTO members (id, version, name, organization_id, path, root_id, stage, is_active) "
            "VALUES (:id, 1, '党员', :root, '0001/', :root, 'formal', true)"
        )
        async with transaction(self.engine) as db:
            await db.execute(text(query), [{"id": one, "root": ROOT} for one in self.subjects])

    async def record(self, bookings: list[service.Booking]) -> list[dict[str, Any]]:
        async with transaction(self.engine) as db:
            return await service.record(db, bookings)

    @rule(
        place=st.integers(0, 1),
        code=st.sampled_from(sorted(INDICATORS)),
        day=st.dates(date(2024, 11, 1), date(2026, 2, 1)),
        tenths=st.integers(1, 15),
        times=st.integers(1, 3),
    )
    def book(self, place: int, code: str, day: date, tenths: int, times: int) -> None:
        indicator = INDICATORS[code]
        requested = (indicator["points"] * tenths / 10).quantize(Decimal("0.01")) or Decimal("0.01")
        bookings = [self.booking(self.subjects[place], indicator, requested, day) for _ in range(times)]
        added = self.wait(self.record(bookings))
        assert len(added) == times
        for entry in added:
            self.apply(entry, indicator)
        self.booked += bookings

    @precondition(lambda self: self.booked)
    @rule(data=st.data())
    def deliver_again(self, data: st.DataObject) -> None:
        assert self.wait(self.record([data.draw(st.sampled_from(self.booked))])) == []

    @precondition(lambda self: self.entries)
    @rule(data=st.data())
    def reverse(self, data: st.DataObject) -> None:
        entry = data.draw(st.sampled_from(self.entries))
        if entry["id"] in self.reversed:
            with pytest.raises(service.AlreadyReversed):
                self.wait(self.reversal(entry["id"]))
            return
        self.wait(self.reversal(entry["id"]))
        self.reversed.add(entry["id"])
        key = (entry["subject_id"], entry["points_year"], entry["indicator_code"])
        self.rooms[key] = rules.with_points(self.rooms[key], entry["period"], -entry["granted"])

    async def reversal(self, entry_id: UUID) -> None:
        async with transaction(self.engine) as db:
            await service.reverse(db, ACTOR, entry_id, reason="误记", now=datetime.now(UTC) + timedelta(days=1))

    @invariant()
    def totals_are_those_of_the_model_and_of_the_entries(self) -> None:
        found, different = self.wait(self.totals())
        assert different == 0
        assert {key: room for key, room in found.items() if room.granted} == {
            key: room for key, room in self.rooms.items() if room.granted
        }

    async def totals(self) -> tuple[dict[tuple[UUID, int, str], rules.Room], int]:
        query = "SELECT * FROM point_totals WHERE subject_id = ANY(:subjects)"
        async with transaction(self.engine) as db:
            rows = await db.execute(text(query), {"subjects": self.subjects})
            found = {
                (row.subject_id, row.points_year, row.indicator_code): rules.Room(row.granted, tuple(row.by_period))
                for row in rows
            }
            return found, int(await db.scalar(text(DIFFERENT)) or 0)

    def apply(self, entry: dict[str, Any], indicator: dict[str, Any]) -> None:
        key = (entry["subject_id"], entry["points_year"], entry["indicator_code"])
        room = self.rooms.get(key, rules.empty_room(indicator["cadence"]))
        limits = {"annual_cap": indicator["annual_cap"], "cadence": indicator["cadence"]}
        assert entry["granted"] == rules.granted(entry["requested"], room, entry["period"], **limits)
        self.rooms[key] = rules.with_points(room, entry["period"], entry["granted"])
        assert self.rooms[key].granted <= indicator["annual_cap"]
        self.entries.append(entry)

    def booking(self, subject: UUID, indicator: dict[str, Any], requested: Decimal, day: date) -> service.Booking:
        return service.Booking(
            subject_kind=SubjectKind.MEMBER,
            subject_id=subject,
            root_id=ROOT,
            catalogue_id=CATALOGUE.id,
            indicator_code=indicator["code"],
            cadence=indicator["cadence"],
            annual_cap=indicator["annual_cap"],
            requested=requested,
            occurred_on=day,
            source="machine",
            source_ref=uuid4().hex,
        )


@pytest.fixture
def machine(make_database: MakeDatabase) -> Iterator[type[LedgerMachine]]:
    loop = asyncio.new_event_loop()
    engine = create_async_engine(make_database("scoring").app_url)
    LedgerMachine.engine, LedgerMachine.loop = engine, loop
    yield LedgerMachine
    loop.run_until_complete(engine.dispose())
    loop.close()


class TestLedger:
    @pytest.mark.feature("S02")
    def test_keeps_its_promises_under_any_sequence(self, machine: type[LedgerMachine]) -> None:
        moderate = settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(machine, settings=moderate)
