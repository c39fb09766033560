"""What training publishes of a corrected attendance, handed to scoring as the feed would: points follow."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from kit.events import Event
from services.scoring.tests.conftest import BY_SOURCE
from services.scoring.tests.conftest import District as ScoringDistrict
from services.training.tests.district import Client, District, plan
from tests.contracts.conftest import MakeService
from tests.support.clients import ServiceClient
from tests.support.tokens import IssueToken

pytestmark = pytest.mark.anyio
PUBLISHED = text(
    "SELECT id, type, subject, subject_version, root_id, path, time, data, actor FROM event_log ORDER BY tx, seq"
)


@dataclass
class BothServices(District):
    """What registry tells, told to both; what training publishes, read by scoring from where it stopped."""

    scoring: ScoringDistrict = field(kw_only=True)
    read: set[UUID] = field(default_factory=set)

    async def tell(self, kind: str, subject: UUID, data: dict[str, Any], version: int = 1) -> None:
        await super().tell(kind, subject, data, version)
        if kind in BY_SOURCE["registry"].handlers:
            await self.scoring.tell(kind, subject, data, version=version, root_id=self.root)

    async def feed(self) -> None:
        async with app_transaction(self.app) as db:
            published = [Event(*row) for row in await db.execute(PUBLISHED)]
        for event in published:
            if event.id not in self.read and event.type in BY_SOURCE["training"].handlers:
                await self.scoring.tell_again(event)
            self.read.add(event.id)

    async def points(self, subject: UUID, indicator: str) -> str:
        query = "SELECT coalesce(sum(granted), 0)::numeric(8, 2)::text FROM ledger_entries "
        where = "WHERE subject_id = :s AND indicator_code = :c"
        async with app_transaction(self.scoring.app) as db:
            return str(await db.scalar(text(query + where), {"s": subject, "c": indicator}))


@pytest.fixture
async def both(make_service: MakeService, service_client: ServiceClient) -> AsyncIterator[BothServices]:
    training, scoring = make_service("training").app, make_service("scoring").app
    async with service_client(training), service_client(scoring):
        found = BothServices(training, scoring=ScoringDistrict(scoring))
        await found.organization("district_committee", level=1)
        for one in (found, found.scoring):
            await one.clock("2025-03-20T12:00:00")
        yield found


async def confirm(caller: Client, meeting: str, present: list[UUID]) -> None:
    listed = await caller.list_present(meeting, [{"member_id": str(one), "attended": True} for one in present])
    assert listed.status_code == 200, listed.text
    confirmed = await caller.confirm(meeting)
    assert confirmed.status_code == 201, confirmed.text


class TestAReopenedAttendance:
    async def test_confirmed_again_moves_points_and_leaves_make_up_points_alone(
        self, both: BothServices, service_client: ServiceClient, issue_token: IssueToken
    ) -> None:
        town = await both.organization("committee", both.root)
        branch = await both.organization("branch", town)
        came, was_not, forgotten, made_it_up = people = await both.members(branch, 4)
        async with (
            service_client(both.app, issue_token(grants=[("branch_secretary", branch)])) as at_branch,
            service_client(both.app, issue_token(grants=[("town_officer", town)])) as at_town,
        ):
            secretary, officer = Client(at_branch), Client(at_town)
            meeting = (await secretary.post("/meetings", plan(branch, kind="branch_assembly"))).json()["id"]
            await confirm(secretary, meeting, [came, was_not])
            absence = {"meeting_id": meeting, "member_id": str(made_it_up), "made_up_on": "2025-03-15"}
            assert (await officer.make_up(absence)).status_code == 201
            await both.feed()
            before = [await both.points(one, "M01") for one in people]
            branch_before = await both.points(branch, "O26")

            assert (await officer.reopen(meeting)).status_code == 201
            await both.feed()
            opened = [await both.points(one, "M01") for one in people]
            await confirm(secretary, meeting, [came, forgotten])
            await both.feed()
            after = [await both.points(one, "M01") for one in people]

            assert (await officer.reopen(meeting)).status_code == 201
            await confirm(secretary, meeting, [came])
            await both.feed()
            without_quorum = [await both.points(one, "M01") for one in people]

        worth = before[0]
        assert float(worth) > 0
        assert float(branch_before) > 0
        assert before == [worth, worth, "0.00", worth]
        assert opened == before
        assert after == [worth, "0.00", worth, worth]
        assert without_quorum == ["0.00", "0.00", "0.00", worth]
        assert await both.points(branch, "O26") == "0.00"
