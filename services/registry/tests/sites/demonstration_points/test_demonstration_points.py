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
