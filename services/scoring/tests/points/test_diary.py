"""一日一记实: written in time, closed with the month, earning by its rate."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.scoring.tests.conftest import Client, District, People
from services.scoring.tests.points.test_claims import confirmed, opened

pytestmark = pytest.mark.anyio


def record_of(day: str = "2025-03-30", kind: str = "work") -> dict[str, Any]:
    return {"practised_on": day, "kind": kind, "content": "入户走访三户"}


async def written(client: Client, **changes: Any) -> dict[str, Any]:
    answer = await client.post("/diary-entries", record_of(**changes))
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


class TestDiaryEntry:
    async def test_is_refused_to_officers_and_to_those_who_are_no_members(self, people: People) -> None:
        answers = [await one.post("/diary-entries", record_of()) for one in (people.stranger, people.town_officer)]

        assert [one.status_code for one in answers] == [401, 403]

    @pytest.mark.feature("S05")
    @pytest.mark.parametrize("day", ["2025-03-23", "2025-04-01"])
    async def test_is_refused_too_far_back_and_in_the_future(self, people: People, day: str) -> None:
        answer = await people.member.post("/diary-entries", record_of(day))

        assert (answer.status_code, answer.json()["code"]) == (422, "diary-day-out-of-range")

    async def test_is_seen_by_the_branch_but_not_by_colleagues(self, people: People) -> None:
        await written(people.member)

        seen = [
            len((await one.get("/diary-entries", member_id=people.member_id)).json()["items"])
            for one in (people.member, people.secretary, people.colleague, people.other_town_officer)
        ]

        assert seen == [1, 1, 0, 0]

    async def test_is_corrected_by_its_author_with_the_version_read(self, people: People) -> None:
        entry = await written(people.member)
        path, change = f"/diary-entries/{entry['id']}", {"content": "入户走访四户"}

        missing = await people.secretary.http.patch("/api/v1/scoring" + path, json=change)
        foreign = await people.colleague.patch(path, change, version=1)
        done = await people.member.patch(path, change, version=1)
        stale = await people.member.patch(path, change, version=1)

        assert (missing.status_code, foreign.status_code) == (428, 404)
        assert (done.json()["content"], stale.status_code) == ("入户走访四户", 412)

    async def test_is_closed_with_the_month(self, people: People) -> None:
        entry = await written(people.member)
        await confirmed(people.secretary, await opened(people))

        late = await people.member.post("/diary-entries", record_of())
        change = await people.member.patch(f"/diary-entries/{entry['id']}", {"kind": "visit"}, version=1)

        assert (late.json()["code"], change.json()["code"]) == ("diary-month-evaluated", "diary-month-evaluated")

    async def test_back_dating_follows_the_policy_of_the_day(self, people: People) -> None:
        new = {"name": "diary_back_days", "effective_from": "2025-03-31", "value": "20"}
        refused = await people.town_officer.post("/policies", new)
        made = await people.district_officer.post("/policies", new)
        again = await people.district_officer.post("/policies", new)

        assert (refused.status_code, made.status_code) == (403, 201)
        half, long = ({**new, "effective_from": "2025-04-01", "value": value} for value in ("20.5", "367"))
        assert (await people.district_officer.post("/policies", half)).json()["code"] == "policy-not-whole"
        assert (await people.district_officer.post("/policies", long)).json()["code"] == "policy-too-large"
        assert (again.status_code, again.json()["code"]) == (409, "policy-already-set")
        assert (await people.member.post("/diary-entries", record_of("2025-03-12"))).status_code == 201


class TestMonth:
    @pytest.mark.feature("S05")
    async def test_earns_by_the_rate_of_days_and_by_visits(self, district: District, people: People) -> None:
        for number in range(25):
            day = date(2025, 3, 1) + timedelta(days=number)
            await district.clock(f"{day}T20:00:00")
            await written(people.member, day=str(day), kind="visit" if number == 3 else "work")
            if number < 5:
                await written(people.colleague, day=str(day))
        await district.clock("2025-03-31T20:00:00")

        await confirmed(people.secretary, await opened(people))
        await district.follow_own_events()

        closed = (await district.events("scoring.diary_month.closed.v1"))[0]
        assert closed["expected_days"] == 31
        assert {code for code, _, _ in await district.entries(people.member_id)} == {"M24", "M39"}
        assert await district.entries(people.colleague_id) == []
