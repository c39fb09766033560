from typing import Any

import pytest

pytestmark = pytest.mark.anyio


class TestDemonstrationPoint:
    async def test_of_another_town_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = {"organization_id": district.branches[1]["id"], "level": "town", "valid_from": "2022-01-01"}

        answer = await officer.post("/demonstration-points", body)

        assert (answer.status_code, answer.json()["code"]) == (422, "unknown-point-organization")

    @pytest.mark.feature("R07")
    async def test_has_one_level_at_a_time_and_a_promotion_keeps_the_history(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = {"organization_id": district.branches[0]["id"], "level": "town", "valid_from": "2022-01-01"}
        await officer.made("/demonstration-points", **body)

        same = await officer.post("/demonstration-points", body | {"valid_from": "2023-01-01"})
        await officer.made("/demonstration-points", **body | {"level": "city", "valid_from": "2024-01-01"})

        assert (same.status_code, same.json()["code"]) == (409, "same-level-already")
        points = (await officer.get("/demonstration-points")).json()["items"]
        assert [(one["level"], one["valid_to"]) for one in points] == [("town", "2024-01-01"), ("city", None)]
        counts = [
            (await officer.get("/overview", as_of=day)).json()["demonstration_points"]
            for day in ("2023-12-31", "2024-01-01")
        ]
        assert [(one["town"], one["city"], one["total"]) for one in counts] == [(1, 0, 1), (0, 1, 1)]

    async def test_is_ended_by_the_version_that_was_seen(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = {"organization_id": district.branches[0]["id"], "level": "town", "valid_from": "2022-01-01"}
        point = await officer.made("/demonstration-points", **body)
        path, ending = f"/demonstration-points/{point['id']}", {"ended_on": "2023-01-01"}

        unseen = await officer.post(f"{path}/end", ending)
        stale = await officer.post(f"{path}/end", ending, version=7)
        seen = await officer.get(path)
        ended = await officer.post(f"{path}/end", ending, version=seen.json()["version"])

        assert [answer.status_code for answer in (unseen, stale, ended)] == [428, 412, 200]
        assert seen.headers["etag"] == '"1"'
        assert (ended.json()["valid_to"], ended.json()["version"]) == ("2023-01-01", 2)
        assert ended.json()["organization_name"] == district.branches[0]["name"]
