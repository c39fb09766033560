from datetime import date
from itertools import permutations
from uuid import UUID

import pytest
from fastapi import FastAPI

from kit.database import app_transaction
from kit.ids import uuid7
from roster.models import Member
from roster.queries import members_of
from services.training.tests.district import District, Hold, Town
from tests.support import facts
from tests.support.clients import ServiceClient
from tests.support.stories import race, shuffled_story, told

pytestmark = pytest.mark.anyio
MOVED = "registry.organization.moved.v1"


class TestPaths:
    async def test_are_the_same_whichever_of_a_member_and_a_move_is_told_first(
        self, app: FastAPI, service_client: ServiceClient
    ) -> None:
        story, orders = race()

        async with service_client(app):
            for order in orders:
                assert await told(app, order) == story.paths()

    async def test_are_the_same_in_any_of_two_hundred_orders(self, app: FastAPI, service_client: ServiceClient) -> None:
        async with service_client(app):
            for seed in range(200):
                story, events = shuffled_story(seed)
                assert await told(app, events) == story.paths(), seed

    async def test_of_a_moved_town_take_everything_below_along(
        self, town: Town, other_town: Town, district: District, hold: Hold
    ) -> None:
        meeting = await hold(town.secretary, town.branch, town.people)
        old = district.paths[town.branch]
        new = district.paths[other_town.id] + "0009/"
        move = {"id": str(town.branch), "old_path": old, "new_path": new, "parent_id": str(other_town.id)}

        await district.tell(MOVED, town.branch, move | {"version": 2}, version=2)
        await district.tell(MOVED, town.branch, move | {"version": 2}, version=2)

        assert (await town.officer.get(f"/meetings/{meeting}")).status_code == 404
        assert (await other_town.officer.get(f"/meetings/{meeting}")).status_code == 200
        assert (await town.secretary.get(f"/meetings/{meeting}")).status_code == 200


class TestMembers:
    async def test_are_not_overwritten_by_an_older_event(self, town: Town, district: District, app: FastAPI) -> None:
        one = town.people[0]
        for name, version in (("新名", 3), ("旧名", 2)):
            payload = facts.member(one, town.branch, district.paths[town.branch], district.root, name=name)
            await district.tell(payload.type, one, payload.model_dump(mode="json"), version=version)

        async with app_transaction(app) as db:
            assert (await db.get_one(Member, one)).name == "新名"

    async def test_of_both_versions_of_the_event_are_known(self, town: Town, district: District, app: FastAPI) -> None:
        """Before days were told, the event's own day is when the change was made and nobody's last day is known."""
        one, other = town.people[0], town.people[1]
        undated = facts.undated_member(one, town.branch, district.paths[town.branch], district.root, is_active=False)

        await district.tell(undated.type, one, undated.model_dump(mode="json"), version=2)
        await district.changed(other, town.branch, version=2, is_active=False, left_on=date(2025, 3, 10))

        assert await members_on(app, town.branch, date(2025, 3, 9)) == set(town.people) - {one}
        assert await members_on(app, town.branch, date(2025, 3, 10)) == set(town.people) - {one, other}


class TestMembersOnADay:
    async def test_are_those_who_belonged_there_that_day_in_whatever_order_it_is_told(
        self, app: FastAPI, town: Town, other_town: Town, district: District
    ) -> None:
        """Moved to another branch on the 10th and back on the 20th; of those three facts every order."""
        versions = [
            (1, town.branch, date(2025, 1, 1)),
            (2, other_town.branch, date(2025, 3, 10)),
            (3, town.branch, date(2025, 3, 20)),
        ]
        for order in permutations(versions):
            one = uuid7()
            for version, branch, day in order:
                await district.changed(one, branch, version=version, changed_on=day)
            there = [one in await members_on(app, town.branch, date(2025, 3, day)) for day in (9, 10, 19, 20)]
            elsewhere = [one in await members_on(app, other_town.branch, date(2025, 3, day)) for day in (9, 10, 19, 20)]

            assert (there, elsewhere) == ([True, False, False, True], [False, True, True, False]), order

    async def test_have_joined_by_then(self, app: FastAPI, town: Town, district: District) -> None:
        one = uuid7()
        await district.changed(one, town.branch, joined_on=date(2025, 3, 10))

        assert one not in await members_on(app, town.branch, date(2025, 3, 9))
        assert one in await members_on(app, town.branch, date(2025, 3, 10))

    async def test_have_arrived_by_then_where_the_day_is_known(
        self, app: FastAPI, town: Town, other_town: Town, district: District
    ) -> None:
        """In the Party for long, here since the 10th; gone on the 20th, which is put right to the 18th; every order."""
        versions: list[tuple[int, UUID, dict[str, date]]] = [
            (1, town.branch, {"changed_on": date(2025, 3, 12)}),
            (2, town.branch, {"changed_on": date(2025, 3, 14), "arrived_on": date(2025, 3, 10)}),
            (3, other_town.branch, {"changed_on": date(2025, 3, 20), "arrived_on": date(2025, 3, 20)}),
            (4, other_town.branch, {"changed_on": date(2025, 3, 21), "arrived_on": date(2025, 3, 18)}),
        ]
        days = [date(2025, 3, day) for day in (9, 10, 17, 18, 22)]
        for order in permutations(versions):
            one = uuid7()
            for version, branch, changes in order:
                await district.changed(one, branch, version=version, joined_on=date(2001, 7, 1), **changes)
            there = [one in await members_on(app, town.branch, day) for day in days]
            elsewhere = [one in await members_on(app, other_town.branch, day) for day in days]

            assert there == [False, True, True, False, False], order
            assert elsewhere == [False, False, False, True, True], order


async def members_on(app: FastAPI, branch: UUID, day: date) -> set[UUID]:
    async with app_transaction(app) as db:
        return {one for one, _ in await db.execute(members_of(branch, day))}
