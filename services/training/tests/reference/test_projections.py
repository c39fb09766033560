from datetime import UTC, datetime
from itertools import islice, permutations
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from kit.database import app_transaction
from kit.events import Event
from kit.ids import uuid7
from services.training.tests.district import District, Hold, Town
from tests.support.clients import ServiceClient
from training.reference.projections.consumers import REGISTRY
from training.reference.projections.models import Member, PartyOrganization

pytestmark = pytest.mark.anyio
CHANGED, MOVED = "registry.organization.changed.v1", "registry.organization.moved.v1"


def organization(one: UUID, parent: UUID | None, path: str, version: int = 1) -> tuple[str, UUID, dict[str, Any], int]:
    data = {
        "id": str(one), "code": "9900", "name": "党支部", "kind": "branch", "level": 4,
        "parent_id": str(parent) if parent else None, "path": path, "root_id": str(uuid7()), "is_active": True,
    }  # fmt: skip
    return CHANGED, one, data, version


async def tell(app: FastAPI, kind: str, subject: UUID, data: dict[str, Any], version: int) -> None:
    event = Event(uuid7(), kind, subject, version, None, None, datetime.now(UTC), data, None)
    async with app_transaction(app) as db:
        await REGISTRY.handlers[kind](db, event)


class TestPaths:
    async def test_end_at_the_same_place_in_whatever_order_they_are_told(
        self, app: FastAPI, service_client: ServiceClient
    ) -> None:
        """A root with two towns; a branch with its group moves from the first town to the second."""
        async with service_client(app):
            for order in islice(permutations(range(6)), 0, None, 25):
                root, first, second, branch, group = (uuid7() for _ in range(5))
                story = [
                    organization(root, None, "0001/"),
                    organization(first, root, "0001/0001/"),
                    organization(second, root, "0001/0002/"),
                    organization(branch, first, "0001/0001/0007/"),
                    organization(group, branch, "0001/0001/0007/0001/"),
                    organization(branch, second, "0001/0002/0003/", version=2),
                ]
                for place in order:
                    await tell(app, *story[place])
                move = {"id": str(branch), "old_path": "0001/0001/0007/", "new_path": "0001/0002/0003/"}
                await tell(app, MOVED, branch, move | {"version": 2, "parent_id": str(second)}, 2)

                async with app_transaction(app) as db:
                    paths = dict((await db.execute(select(PartyOrganization.id, PartyOrganization.path))).all())
                assert (paths[branch], paths[group]) == ("0001/0002/0003/", "0001/0002/0003/0001/"), order

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
        data = {"id": str(one), "organization_id": str(town.branch), "root_id": str(district.root), "stage": "formal"}

        await district.tell("registry.member.changed.v1", one, data | {"name": "新名", "is_active": True}, version=3)
        await district.tell("registry.member.changed.v1", one, data | {"name": "旧名", "is_active": True}, version=2)

        async with app_transaction(app) as db:
            assert (await db.get_one(Member, one)).name == "新名"
