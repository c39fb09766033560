from uuid import UUID

import pytest
from httpx2 import Response

from services.training.tests.district import District, Planned, Town

pytestmark = pytest.mark.anyio


class TestRotation:
    async def test_is_not_planned_by_a_branch(self, town: Town) -> None:
        answer = await town.secretary.post("/rotations", {})

        assert answer.status_code == 403

    async def test_of_a_branch_is_refused(self, town: Town) -> None:
        wanted = {"organization_id": str(town.branch), "year": 2025, "title": "书记轮训"}

        assert (await town.officer.post("/rotations", wanted)).json()["code"] == "rotation-needs-superior"

    @pytest.mark.feature("T15")
    async def test_covers_each_secretary_once_in_its_batches(
        self, town: Town, planned: Planned, district: District
    ) -> None:
        secretaries = [town.people[0]]
        for _ in range(2):
            branch = await district.organization("branch", town.id)
            secretaries.append(await district.member(branch))
            await district.post(secretaries[-1], branch)
        wanted = {"organization_id": str(town.id), "year": 2025, "title": "书记轮训"}
        rotation = (await town.officer.post("/rotations", wanted)).json()
        path = f"/rotations/{rotation['id']}"

        async def batch(number: int, *people: UUID, version: int | None = None) -> Response:
            wanted = planned(
                town.id, kind="class", class_kind="rotation", audience="chosen", duration="full_day",
                day=f"2025-03-{10 + number}", participant_ids=[str(one) for one in people],
            )  # fmt: skip
            meeting = (await town.officer.post("/meetings", wanted)).json()["id"]
            version = version or (await town.officer.get(path)).json()["version"]
            body = {"number": number, "meeting_id": meeting}
            return await town.officer.post(f"{path}/batches", body, If_Match=f'"{version}"')

        first = (await batch(1, secretaries[0])).json()
        stale = await batch(2, secretaries[1], version=1)
        overlapping = await batch(2, secretaries[0], secretaries[1])
        await batch(2, secretaries[1])
        complete = await batch(3, secretaries[2])
        beyond = await batch(4, town.people[3])

        assert (first["expected"], first["called"], first["is_complete"]) == (3, 1, False)
        assert {one["member_id"] for one in first["missing"]} == set(map(str, secretaries[1:]))
        assert all(one["member_name"] and one["organization_name"] for one in first["missing"])
        assert first["batches"][0]["meeting_name"] == "学习党章"
        assert (stale.status_code, overlapping.json()["code"]) == (412, "rotation-batch-overlaps")
        assert complete.headers["ETag"] == '"4"'
        assert [complete.json()[name] for name in ("called", "missing", "is_complete")] == [3, [], True]
        assert beyond.json()["code"] == "rotation-batch-out-of-plan"
