"""A district's parameters are its own: no other one reads, follows or replaces them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import httpx2
import pytest

from services.scoring.tests.conftest import Client, District, People
from services.scoring.tests.points.test_diary import record_of

pytestmark = pytest.mark.anyio
NEW = {"name": "diary_back_days", "effective_from": "2025-03-31", "value": "20"}


async def values(client: Client) -> list[tuple[str | None, str]]:
    items = (await client.get("/policies", name="diary_back_days")).json()["items"]
    return [(one["root_name"], one["value"]) for one in items]


class TestAPolicy:
    async def test_of_one_district_is_nothing_to_another(
        self,
        district: District,
        people: People,
        service_client: Callable[..., AbstractAsyncContextManager[httpx2.AsyncClient]],
        issue_token: Callable[..., str],
    ) -> None:
        abroad = District(district.app)
        await abroad.organization("district_committee")
        token = issue_token(grants=[("district_officer", abroad.root)])
        async with service_client(district.app, token) as http:
            stranger = Client(http)
            before = await values(people.district_officer)

            foreign = await stranger.post("/policies", {**NEW, "value": "30"})

            assert foreign.status_code == 201, foreign.text
            assert await values(people.district_officer) == before == [(None, "7.00")]
            late = await people.member.post("/diary-entries", record_of("2025-03-12"))
            assert (late.status_code, late.json()["code"]) == (422, "diary-day-out-of-range")
            exported = await people.district_officer.get("/policies/export", format="csv")
            assert ",30" not in exported.text
            own = await people.district_officer.post("/policies", NEW)
            assert (own.status_code, own.json()["root_id"]) == (201, str(district.root))
            assert len(await values(stranger)) == len(await values(people.district_officer)) == len(before) + 1
