"""What registry made void was never there: a void post leads nobody, and a void member is expected nowhere."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from kit.database import app_transaction
from kit.ids import uuid7
from services.training.tests.district import District, Town
from training.reference.projections.queries import committee_of, party_members

pytestmark = pytest.mark.anyio


class TestVoid:
    async def test_post_is_held_by_nobody(self, town: Town, district: District, app: FastAPI) -> None:
        post, member = uuid7(), await district.member(town.branch)
        data: dict[str, Any] = {"id": str(post), "member_id": str(member), "organization_id": str(town.branch)}
        data |= {"kind": "committee_member", "valid_from": "2020-01-01", "valid_to": None}
        held = []
        for version, believed in ((1, True), (2, False)):
            told = data | {"is_current_record": believed}
            await district.tell("registry.post.changed.v1", post, told, version=version)
            async with app_transaction(app) as db:
                held.append(member in set(await db.scalars(committee_of(town.branch, date(2024, 6, 1)))))

        assert held == [True, False]

    async def test_member_is_no_party_member(self, town: Town, district: District, app: FastAPI) -> None:
        wrong = town.people[0]
        data = {"id": str(wrong), "name": "误录", "organization_id": str(town.branch), "stage": "formal"}
        data |= {"root_id": str(district.root)}
        counted = []
        for told in (None, data | {"is_active": False}):
            if told:
                await district.tell("registry.member.changed.v1", wrong, told, version=2)
            async with app_transaction(app) as db:
                counted.append(wrong in set(await db.scalars(party_members())))

        assert counted == [True, False]
