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


async def number_of(registers: Any, district: Any, member: dict[str, Any]) -> str:
    officer = await registers.office("district_officer", district.root)
    wanted = {"fields": ["id_number"], "purpose": "核对身份"}
    answer = await officer.post(f"/members/{member['id']}/disclosures", wanted)
    assert answer.is_success, answer.text
    return str(answer.json()["id_number"])


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

    async def test_with_another_towns_id_number_is_a_person_nobody_knows(self, registers: Any) -> None:
        """An ID number opens no way to a member out of reach: neither the id, nor a name, nor a role for them."""
        district = await registers.district()
        foreign, own = await registers.member(district.branches[1]), await registers.member(district.branches[0])
        officer = await registers.office("town_officer", district.towns[0])
        unit = await registers.unit(district.towns[0])
        link = {"organization_id": district.branches[0]["id"], "mode": "single", "valid_from": "2021-01-01"}
        await officer.made(f"/units/{unit['id']}/coverage-links", **link)

        made = {}
        for name, member in (("foreign", foreign), ("own", own), ("nobody", {"id": None})):
            number = registers.id_number() if name == "nobody" else await number_of(registers, district, member)
            made[name] = await officer.made(
                "/instructors", **instructor(registers, district.towns[0], id_number=number)
            )
            body = {"instructor_id": made[name]["id"], "unit_id": unit["id"], "valid_from": "2022-01-01"}
            await officer.made("/instructor-assignments", **body)

        assert {name: one["member_id"] for name, one in made.items()} == {
            "foreign": None,
            "own": own["id"],
            "nobody": None,
        }
        roles = "SELECT i.member_id FROM instructor_assignments a JOIN instructors i ON i.id = a.instructor_id"
        assert foreign["id"] not in {str(member) for (member,) in registers.rows(roles)}

    async def test_is_never_oneself(self, registers: Any) -> None:
        district = await registers.district()
        person = await registers.member(district.branches[0])
        number = await number_of(registers, district, person)
        own = await registers.office("town_officer", district.towns[0], person=person["id"])
        other = await registers.office("town_officer", district.towns[0])
        unit = await registers.unit(district.towns[0])
        body = instructor(registers, district.towns[0], id_number=number)

        engaged = await own.post("/instructors", body)
        made = await other.made("/instructors", **body)
        serving = {"instructor_id": made["id"], "unit_id": unit["id"], "valid_from": "2022-01-01"}
        assigned = await own.post("/instructor-assignments", serving)
        served = await other.made("/instructor-assignments", **serving)
        path = f"/instructor-assignments/{served['id']}/end"
        ended = await own.post(path, {"ended_on": "2024-01-01"}, version=served["version"])

        refused = {(one.status_code, one.json()["code"]) for one in (engaged, assigned, ended)}
        assert refused == {(403, "own-case")}

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
