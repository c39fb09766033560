"""What registry made void was never there: nobody serves by a void post, and a void member is judged by nobody."""

from datetime import date
from typing import Any

import pytest

from kit.database import app_transaction
from kit.ids import uuid7
from roster.models import PartyOrganization
from roster.queries import is_demonstration_point
from scoring.reference.projections.queries import judged_members, serving_among
from services.scoring.tests.conftest import District, People

pytestmark = pytest.mark.anyio


class TestVoid:
    async def test_post_is_served_by_nobody(self, district: District, people: People) -> None:
        post, since = uuid7(), {"valid_from": "2020-01-01", "valid_to": None}
        data: dict[str, Any] = {"id": str(post), "member_id": str(people.member_id), "kind": "secretary", **since}
        data |= {"organization_id": str(people.branch)}
        served = []
        for version, believed in ((1, True), (2, False)):
            told = data | {"is_current_record": believed}
            await district.tell("registry.post.changed.v1", post, told, version=version)
            async with app_transaction(district.app) as db:
                served.append(await serving_among(db, people.member_id, [people.branch]))

        assert served == [{people.branch}, set()]

    async def test_member_is_judged_by_nobody(self, district: District, people: People) -> None:
        wrong = await district.member(people.branch)
        judged = []
        for told in (None, {"is_active": False, "left_on": None}):
            if told:
                await district.changed(wrong, people.branch, version=2, **told)
            async with app_transaction(district.app) as db:
                branch = await db.get_one(PartyOrganization, people.branch)
                judged.append(wrong in {one.id for one in await judged_members(db, branch)})

        assert judged == [True, False]

    async def test_point_was_over_when_it_began(self, district: District, people: People) -> None:
        since, stands = {"organization_id": str(people.branch), "level": "town", "valid_from": "2024-01-01"}, []
        for version, valid_to in ((1, None), (2, "2024-01-01")):
            told = since | {"valid_to": valid_to}
            await district.tell("registry.demonstration_point.changed.v1", people.branch, told, version=version)
            async with app_transaction(district.app) as db:
                stands.append(await is_demonstration_point(db, people.branch, date(2024, 6, 1)))

        assert stands == [True, False]
