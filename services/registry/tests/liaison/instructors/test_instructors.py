from typing import Any

import pytest

pytestmark = pytest.mark.anyio


def instructor(registers: Any, organization: dict[str, Any], **fields: Any) -> dict[str, Any]:
    body = {
        "name": "赵指导",
        "id_number": registers.id_number(),
        "organization_id": organization["id"],
        "source": "sent",
    }
    return {**body, "engaged_on": "2022-01-01", **fields}


class TestInstructor:
    async def test_of_another_town_is_unknown(self, registers: Any) -> None:
        district = await registers.district()
        officers = [await registers.office("town_officer", town) for town in district.towns]
        made = await officers[1].made("/instructors", **instructor(registers, district.towns[1]))
        unit = await registers.unit(district.towns[0])

        refused = await officers[0].post("/instructors", instructor(registers, district.towns[1]))
        body = {"instructor_id": made["id"], "unit_id": unit["id"], "valid_from": "2022-01-01"}
        assigned = await officers[0].post("/instructor-assignments", body)

        assert (refused.json()["code"], assigned.json()["code"]) == (
            "unknown-sending-organization",
            "unknown-instructor",
        )
        assert (await officers[0].get("/instructors")).json()["items"] == []

    async def test_is_registered_once_and_masked(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = instructor(registers, district.towns[0])

        made, again = await officer.post("/instructors", body), await officer.post("/instructors", body)

        assert (again.status_code, again.json()["code"]) == (409, "instructor-taken")
        assert body["id_number"] not in made.text + again.text
        assert body["id_number"] not in str(registers.events("registry.instructor.changed.v1"))

    @pytest.mark.feature("R15")
    async def test_serving_a_unit_makes_work_coverage_for_as_long(self, registers: Any) -> None:
        district = await registers.district()
        town = district.towns[0]
        officer = await registers.office("town_officer", town)
        made = await officer.made("/instructors", **instructor(registers, town))
        unit = await registers.unit(town)
        body = {"instructor_id": made["id"], "unit_id": unit["id"], "valid_from": "2022-01-01"}
        assigned = await officer.made("/instructor-assignments", **body)
        twice = await officer.post("/instructor-assignments", body)
        path = f"/instructor-assignments/{assigned['id']}"
        stale = await officer.post(f"{path}/end", {"ended_on": "2024-01-01"}, version=7)
        ended = await officer.ended(path, assigned["version"], ended_on="2024-01-01")

        rates = [
            (await officer.get("/coverage", organization_id=town["id"], as_of=day)).json()["total"]["work_coverage"]
            for day in ("2021-12-31", "2022-01-01", "2023-12-31", "2024-01-01")
        ]

        assert (twice.status_code, twice.json()["code"]) == (409, "already-assigned")
        assert (stale.status_code, ended["version"], ended["valid_to"]) == (412, 2, "2024-01-01")
        assert (ended["instructor_name"], ended["unit_name"]) == (made["name"], unit["name"])
        assert rates == ["0.00", "100.00", "100.00", "0.00"]
