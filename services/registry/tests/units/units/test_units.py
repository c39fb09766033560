import asyncio
from typing import Any

import psycopg
import pytest

from deploy.launcher.provision import conninfo

pytestmark = pytest.mark.anyio
MISSING = "01900000-0000-7000-8000-000000000000"


def link(organization: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"organization_id": organization["id"], "mode": "single", "valid_from": "2021-01-01", **fields}


class TestUnit:
    async def test_of_another_town_answers_like_a_missing_one(self, registers: Any) -> None:
        district = await registers.district()
        foreign = await registers.unit(district.towns[1])
        officer = await registers.office("town_officer", district.towns[0])

        for unit_id in (foreign["id"], MISSING):
            assert (await officer.get(f"/units/{unit_id}")).status_code == 404
            assert (await officer.patch(f"/units/{unit_id}", {"name": "改"}, version=9)).status_code == 404
            covered = await officer.post(f"/units/{unit_id}/coverage-links", link(district.branches[0]))
            assert covered.status_code == 404
        assert (await officer.get("/units")).json()["items"] == []

    async def test_that_one_only_covers_is_read_but_not_changed(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[1], name="别镇的厂")
        administrator = await registers.administrator()
        path = f"/units/{unit['id']}"
        own = await administrator.made(f"{path}/coverage-links", **link(district.branches[0]))
        owners = await administrator.made(f"{path}/coverage-links", **link(district.branches[1]))
        officer = await registers.office("town_officer", district.towns[0])
        ends = [f"{path}/coverage-links/{one['id']}/end" for one in owners["coverage_links"]]

        refused = [
            await officer.patch(path, {"name": "改名"}, version=3),
            await officer.patch(
                path, {"jurisdiction_id": district.towns[0]["id"], "effective_on": "2021-01-01"}, version=3
            ),
            *[await officer.post(one, {"ended_on": "2022-01-01"}, version=3) for one in ends],
            await officer.post(f"{path}/coverage-links", link(district.branches[0], valid_from="2020-01-01")),
            await officer.post(f"{path}/closing", {"closed_on": "2024-01-01"}, version=3),
        ]

        assert len(own["coverage_links"]) + 1 == len(ends)
        assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "only-the-jurisdiction")}
        seen = (await officer.get(path)).json()
        assert (seen["name"], seen["version"], len(seen["coverage_links"])) == ("别镇的厂", 3, 2)

    @pytest.mark.parametrize(
        ("fields", "status", "code"),
        [
            ({"code": "91990100MA99000012"}, 422, "invalid-input"),
            ({"jurisdiction_id": MISSING}, 422, "unknown-jurisdiction"),
            ({"staff_count": -1}, 422, "invalid-input"),
            ({"staff_count": 2**31}, 422, "invalid-input"),
            ({"counted_from": "2099-01-01"}, 422, "wrong-dates"),
            ({"name": "名\u0000称"}, 422, "invalid-input"),
            ({"kind": "committee"}, 422, "invalid-input"),
        ],
    )
    async def test_that_does_not_fit_is_refused(
        self, registers: Any, fields: dict[str, Any], status: int, code: str
    ) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        body = {"code": registers.unit_code(), "name": "单位", "kind": "social_group"}

        answer = await officer.post("/units", {**body, "jurisdiction_id": district.towns[0]["id"], **fields})

        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text

    async def test_code_is_registered_once(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        administrator = await registers.administrator()
        body = {
            "code": unit["code"],
            "name": "又一家",
            "kind": "foundation",
            "jurisdiction_id": unit["jurisdiction_id"],
        }

        answer = await administrator.post("/units", body)

        assert (answer.status_code, answer.json()["code"]) == (409, "unit-code-taken")
        assert unit["code"] not in answer.text

    async def test_is_found_by_part_of_its_name_kind_and_size(self, registers: Any) -> None:
        district = await registers.district()
        wanted = await registers.unit(district.towns[0], name="鲲鹏电子有限公司", staff_count=80)
        await registers.unit(district.towns[0], name="鹏鲲贸易", staff_count=80)
        officer = await registers.office("town_officer", district.towns[0])

        for query in ({"q": "鹏电子"}, {"q": "鲲鹏", "min_staff": 50, "sector": "economic"}):
            assert [one["id"] for one in (await officer.get("/units", **query)).json()["items"]] == [wanted["id"]]
        assert (await officer.get("/units", sector="social")).json()["items"] == []

    async def test_closes_only_when_nothing_covers_it(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        officer = await registers.office("town_officer", district.towns[0])
        covered = (await officer.post(f"/units/{unit['id']}/coverage-links", link(district.branches[0]))).json()
        path = f"/units/{unit['id']}"

        refused = await officer.post(path + "/closing", {"closed_on": "2025-01-01"}, version=2)
        link_id = covered["coverage_links"][0]["id"]
        await officer.ended(f"{path}/coverage-links/{link_id}", 2, ended_on="2025-01-01")
        closed = await officer.post(path + "/closing", {"closed_on": "2025-01-01"}, version=3)

        assert (refused.status_code, refused.json()["code"]) == (409, "unit-still-covered")
        assert (closed.status_code, closed.json()["is_active"]) == (201, False)

    async def test_changes_jurisdiction_and_mass_organisations_by_day(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0], mass_organizations=["union"])
        administrator = await registers.administrator()
        body = {
            "jurisdiction_id": district.towns[1]["id"],
            "mass_organizations": ["women"],
            "effective_on": "2024-01-01",
        }

        changed = await administrator.patch(f"/units/{unit['id']}", body, version=1)

        assert changed.json()["mass_organizations"] == ["women"]
        records = "SELECT valid_from::text, valid_to::text FROM unit_jurisdictions WHERE recorded_to IS NULL ORDER BY 1"
        assert registers.rows(records) == [("2020-01-01", "2024-01-01"), ("2024-01-01", None)]


class TestCoverageLink:
    async def test_to_an_organisation_out_of_reach_or_not_primary_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        officer = await registers.office("town_officer", district.towns[0])
        path = f"/units/{unit['id']}/coverage-links"

        foreign = await officer.post(path, link(district.branches[1]))
        missing = await officer.post(path, link({"id": MISSING}))
        town = await officer.post(path, link(district.towns[0]))
        future = await officer.post(path, link(district.branches[0], valid_from="2099-01-01"))

        codes = [one.json()["code"] for one in (foreign, missing, town, future)]
        assert codes == [
            "unknown-covering-organization",
            "unknown-covering-organization",
            "only-primary-covers",
            "wrong-dates",
        ]

    async def test_of_the_same_pair_does_not_overlap(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        officer = await registers.office("town_officer", district.towns[0])
        path = f"/units/{unit['id']}/coverage-links"

        answers = await asyncio.gather(*(officer.post(path, link(district.branches[0])) for _ in range(4)))

        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
        assert {one.json()["code"] for one in answers if one.status_code == 409} == {"already-covered"}

    async def test_overlap_is_refused_by_the_database_itself(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        officer = await registers.office("town_officer", district.towns[0])
        await officer.post(f"/units/{unit['id']}/coverage-links", link(district.branches[0]))
        double = """
            INSERT INTO coverage_links (record_id, id, unit_id, unit_no, organization_id, organization_no, root_id,
                                        mode, serves_without_members, valid_from)
            SELECT gen_random_uuid(), gen_random_uuid(), unit_id, unit_no, organization_id, organization_no, root_id,
                   'joint', false, '2023-01-01' FROM coverage_links"""

        with (
            psycopg.connect(conninfo(registers.database.app_url)) as db,
            pytest.raises(psycopg.errors.ExclusionViolation),
        ):
            db.execute(double)

    async def test_of_a_sixth_unit_to_a_joint_branch_is_allowed_and_remarked(self, registers: Any) -> None:
        district = await registers.district()
        joint = await registers.organization("joint_branch", district.towns[0], joint_reasons=["neighbouring"])
        officer = await registers.office("town_officer", district.towns[0])
        findings = []

        for _ in range(6):
            unit = await registers.unit(district.towns[0])
            covered = await officer.made(f"/units/{unit['id']}/coverage-links", **link(joint, mode="joint"))
            findings.append(covered["findings"])

        assert findings[:5] == [[]] * 5
        assert "6 家单位" in findings[5][0]

    async def test_ends_without_forgetting_what_was_believed(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        officer = await registers.office("town_officer", district.towns[0])
        path = f"/units/{unit['id']}/coverage-links"
        made = (await officer.made(path, **link(district.branches[0])))["coverage_links"][0]

        early = await officer.post(f"{path}/{made['id']}/end", {"ended_on": "2021-01-01"}, version=2)
        unseen = await officer.post(f"{path}/{made['id']}/end", {"ended_on": "2024-01-01"})
        stale = await officer.post(f"{path}/{made['id']}/end", {"ended_on": "2024-01-01"}, version=1)
        ended = await officer.post(f"{path}/{made['id']}/end", {"ended_on": "2024-01-01"}, version=2)
        again = await officer.post(f"{path}/{made['id']}/end", {"ended_on": "2024-06-01"}, version=3)
        missing = await officer.post(f"{path}/{MISSING}/end", {"ended_on": "2024-06-01"}, version=3)

        assert [one.status_code for one in (early, unseen, stale)] == [422, 428, 412]
        assert [one.status_code for one in (ended, again, missing)] == [200, 409, 404]
        assert made["organization_name"] == district.branches[0]["name"]
        rows = registers.rows(
            "SELECT valid_to::text, recorded_to IS NULL FROM coverage_links ORDER BY recorded_from, 2"
        )
        assert sorted(rows, key=str) == [("2024-01-01", True), (None, False)]

    async def test_is_told_with_the_unit(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[0])
        officer = await registers.office("town_officer", district.towns[0])

        await officer.made(f"/units/{unit['id']}/coverage-links", **link(district.branches[0]))

        assert registers.events("registry.unit.changed.v1")[-1] == {
            "id": unit["id"],
            "name": unit["name"],
            "kind": "non_public_enterprise",
            "path": district.towns[0]["path"],
            "jurisdiction_id": district.towns[0]["id"],
            "organization_ids": [district.branches[0]["id"]],
            "is_active": True,
        }

    async def test_lets_the_covering_branch_see_the_unit_elsewhere(self, registers: Any) -> None:
        district = await registers.district()
        unit = await registers.unit(district.towns[1])
        administrator = await registers.administrator()
        await administrator.made(f"/units/{unit['id']}/coverage-links", **link(district.branches[0]))
        secretary = await registers.office("branch_secretary", district.branches[0])

        assert [one["id"] for one in (await secretary.get("/units")).json()["items"]] == [unit["id"]]
