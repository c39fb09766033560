"""Registry's events in any order and any number of times leave the same rows."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import text

from kit.database import app_transaction
from services.scoring.tests.conftest import District, People
from tests.support.clients import ServiceClient
from tests.support.stories import race, shuffled_story, told

pytestmark = pytest.mark.anyio


class TestPaths:
    async def test_are_the_same_whichever_of_a_member_and_a_move_is_told_first(
        self, scoring_app: FastAPI, service_client: ServiceClient
    ) -> None:
        story, orders = race()

        async with service_client(scoring_app):
            for order in orders:
                assert await told(scoring_app, order) == story.paths()

    async def test_are_the_same_in_any_of_two_hundred_orders(
        self, scoring_app: FastAPI, service_client: ServiceClient
    ) -> None:
        async with service_client(scoring_app):
            for seed in range(200):
                story, events = shuffled_story(seed)
                assert await told(scoring_app, events) == story.paths(), seed


class TestProjection:
    async def test_keeps_the_newest_version_in_whatever_order_it_comes(self, district: District) -> None:
        start = datetime.now(UTC)
        for order in permutations((1, 2, 3)):
            member = uuid4()
            for version in order:
                data = {
                    "id": str(member),
                    "name": f"第{version}名",
                    "organization_id": str(district.root),
                    "path": district.paths[district.root],
                    "root_id": str(district.root),
                    "stage": "formal",
                    "is_active": True,
                }
                await district.tell(
                    "registry.member.changed.v1", member, data, version=version, time=start + timedelta(seconds=version)
                )
            assert await _one(district, "SELECT name FROM members WHERE id = :id", member) == "第3名"

    async def test_moves_a_whole_branch_at_once_and_late_news_after_it(
        self, district: District, people: People
    ) -> None:
        old, new = district.paths[people.branch], district.paths[people.other_town] + "0099/"
        told_before = datetime.now(UTC)
        data = {"id": str(people.branch), "old_path": old, "new_path": new, "parent_id": str(people.other_town)}

        await district.tell("registry.organization.moved.v1", people.branch, data, version=2)
        await district.tell("registry.organization.moved.v1", people.branch, data, version=2)
        late = uuid4()
        news = {
            "id": str(late),
            "name": "后到",
            "organization_id": str(people.branch),
            "path": old,
            "root_id": str(district.root),
            "stage": "formal",
            "is_active": True,
        }
        await district.tell("registry.member.changed.v1", late, news, time=told_before)

        assert await _one(district, "SELECT path FROM members WHERE id = :id", people.member_id) == new
        assert await _one(district, "SELECT path FROM members WHERE id = :id", late) == new

    async def test_takes_the_old_scope_away_and_gives_the_new_one(self, district: District, people: People) -> None:
        old, new = district.paths[people.branch], district.paths[people.other_town] + "0099/"
        await district.meeting(people.branch, [people.member_id])

        data = {"id": str(people.branch), "old_path": old, "new_path": new, "parent_id": str(people.other_town)}
        await district.tell("registry.organization.moved.v1", people.branch, data, version=2)

        assert (await people.town_officer.get(f"/balances/{people.member_id}")).status_code == 404
        assert (await people.other_town_officer.get(f"/balances/{people.member_id}")).status_code == 200
        assert (await people.secretary.get(f"/balances/{people.member_id}")).status_code == 200


async def _one(district: District, query: str, subject: object) -> object:
    async with app_transaction(district.app) as db:
        return await db.scalar(text(query), {"id": subject})
