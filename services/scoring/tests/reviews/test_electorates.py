"""Who votes and decides are the members of the day, whoever was one before or becomes one later."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from kit.database import app_transaction
from scoring.reviews.ballots.queries import officers_as_voters
from scoring.reviews.resolutions.queries import in_office
from services.scoring.tests.reviews.conftest import hash_of
from services.scoring.tests.reviews.test_intrusions import hold_post

pytestmark = pytest.mark.anyio


async def leave(stage: Any, one: UUID, day: date) -> None:
    await stage.district.changed(one, stage.branch, version=2, is_active=False, left_on=day)


class TestBallot:
    async def test_is_voted_in_by_the_members_of_its_day(self, stage: Any) -> None:
        """Of six one left on the day and one was moved away the day before; of two who came one is not here yet."""
        other = await stage.district.organization("branch", stage.town)
        await stage.open()
        await stage.until("appraise")
        await leave(stage, stage.ids[5], date(2026, 3, 2))
        moved = {"changed_on": date(2026, 3, 2), "arrived_on": date(2026, 3, 1)}
        await stage.district.changed(stage.ids[4], other, version=2, **moved)
        came = await stage.district.member(stage.branch, arrived_on=date(2026, 3, 2))
        awaited = await stage.district.member(stage.branch, arrived_on=date(2026, 3, 3))

        ballot = await stage.secretary.post("/ballots", {"review_id": stage.review_id}, expect=201)

        assert ballot["votes_entitled"] == 5
        place = f"/ballots/{ballot['id']}/tokens"
        newcomer = await stage.make_caller(("member", stage.branch), person=came)
        assert await newcomer.post(place, hash_of("newcomer")) == {"has_vote": True}
        for one in (awaited, stage.ids[4], stage.ids[5]):
            stranger = await stage.make_caller(("member", stage.branch), person=one)
            assert await stranger.refused(place, hash_of(str(one))) == (404, "ballot-not-found")


class TestResolution:
    async def test_is_taken_by_the_members_of_the_day_it_was_held(self, stage: Any) -> None:
        """Recorded two days later: who left on the day is not of the body, who left on the next still is."""
        await stage.open()
        await stage.until("deliberate")
        await stage.district.clock("2026-04-02T09:00:00")
        await leave(stage, stage.ids[5], date(2026, 3, 31))
        await leave(stage, stage.ids[4], date(2026, 4, 1))
        await stage.district.member(stage.branch, arrived_on=date(2026, 4, 1))
        meeting = {"review_id": stage.review_id, "held_on": "2026-03-31", "sheet_file_id": await stage.sheet()}
        meeting["confirmation"] = {"votes_for": 4}

        everybody = {**meeting, "present_member_ids": [str(one) for one in stage.ids]}
        refused = await stage.secretary.refused("/resolutions", everybody)
        present = {**meeting, "present_member_ids": [str(one) for one in stage.ids[:5]]}
        taken = await stage.secretary.post("/resolutions", present, expect=201)

        assert refused == (422, "not-of-the-deliberating-body")
        assert (taken["body_size"], taken["present_count"]) == (5, 5)


class TestOffice:
    async def test_is_held_by_nobody_who_has_left(self, stage: Any) -> None:
        """A post that nobody ended gives its former holder neither a vote nor a seat."""
        stays, left = stage.ids[1], stage.ids[2]
        for one in (stays, left):
            await hold_post(stage, one, stage.town)
        await leave(stage, left, date(2026, 3, 2))
        await stage.open()

        async with app_transaction(stage.district.app) as db:
            for day, expected in ((date(2026, 3, 1), {stays, left}), (date(2026, 3, 2), {stays})):
                voters = await officers_as_voters(db, stage.town, UUID(stage.review_id), day)
                assert {one for one, _, _ in voters} == expected
                assert set(await in_office(db, [stage.town], day)) == expected
