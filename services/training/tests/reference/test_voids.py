"""What registry made void was never there: a void post leads nobody, and a void member is expected nowhere."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI

from kit.database import app_transaction
from kit.ids import uuid7
from roster.queries import committee_of, member_ids
from services.training.tests.district import District, Town

pytestmark = pytest.mark.anyio
PAST, LATER = date(2020, 1, 1), date(2030, 1, 1)


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

    async def test_member_was_no_party_member_on_any_day(self, town: Town, district: District, app: FastAPI) -> None:
        wrong, counted = town.people[0], []
        for told in (None, {"is_active": False, "left_on": None}):
            if told:
                await district.changed(wrong, town.branch, version=2, **told)
            async with app_transaction(app) as db:
                counted.append([wrong in set(await db.scalars(member_ids(day))) for day in (PAST, LATER)])

        assert counted == [[True, True], [False, False]]
