"""What was recorded by mistake never was for whoever counts, and stays visible, marked, for who looks."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
MISTAKE = {"reason": "录入有误"}
SINCE = {"valid_from": "2022-01-01"}
RECORDS = ("/posts", "/demonstration-points", "/instructor-assignments", "/grants")


@pytest.fixture
async def made(registers: Any) -> dict[str, tuple[Any, Any]]:
    """One record of each kind by its address, and who may take it back."""
    district = await registers.district()
    branch, town = district.branches[0], district.towns[0]
    officer = await registers.office("town_officer", town)
    security = await registers.office("security_administrator")
    member = await registers.member(branch)
    person = {"name": "赵指导", "id_number": registers.id_number(), "engaged_on": "2022-01-01"}
    instructor = await officer.made("/instructors", **person, organization_id=town["id"])
    unit = await registers.unit(town)
    account = await security.made("/accounts", username="officer", member_id=member["id"])
    here = {"organization_id": branch["id"]}
    serving = {"instructor_id": instructor["id"], "unit_id": unit["id"]}
    granted = {"account_id": account["id"], "role": "branch_secretary", "reason": "分工", **here, **SINCE}
    return {
        "/posts": (await officer.made("/posts", member_id=member["id"], kind="secretary", **here, **SINCE), officer),
        "/demonstration-points": (await officer.made("/demonstration-points", level="town", **here, **SINCE), officer),
        "/instructor-assignments": (await officer.made("/instructor-assignments", **serving, **SINCE), officer),
        "/grants": (await security.made("/grants", **granted), security),
    }


async def listed(caller: Any, path: str, **query: Any) -> list[str]:
    return [one["id"] for one in (await caller.get(path, **query)).json()["items"]]


class TestRecordMadeByMistake:
    async def test_is_marked_hidden_among_the_others_and_unchangeable(self, made: dict[str, tuple[Any, Any]]) -> None:
        for path, (record, caller) in made.items():
            address = f"{path}/{record['id']}"
            assert (await caller.post(f"{address}/void", MISTAKE)).status_code == 428, path
            voided = await caller.post(f"{address}/void", MISTAKE, version=record["version"])
            assert (voided.status_code, voided.json()["void_reason"]) == (200, "录入有误"), path

            shown = (await caller.get(address)).json()
            assert (shown["void_reason"], shown["version"]) == ("录入有误", record["version"] + 1), path
            assert (await listed(caller, path), await listed(caller, path, is_void="true")) == ([], [record["id"]])
            assert await listed(caller, path, as_of="2023-01-01") == [], path
            for step, body in (("void", MISTAKE), ("end", {"ended_on": "2024-01-01", "reason": "届满"})):
                fields = body if path == "/grants" or step == "void" else {"ended_on": "2024-01-01"}
                again = await caller.post(f"{address}/{step}", fields, version=record["version"] + 1)
                assert (again.status_code, again.json()["code"]) == (409, "record-void"), f"{address}/{step}"

    async def test_makes_room_for_the_right_one(self, made: dict[str, tuple[Any, Any]]) -> None:
        for path, (record, caller) in made.items():
            if path == "/grants":
                continue
            await caller.post(f"{path}/{record['id']}/void", MISTAKE, version=record["version"])
            names = {"member_id", "organization_id", "kind", "level", "instructor_id", "unit_id"} & record.keys()
            await caller.made(path, **{name: record[name] for name in names}, **SINCE)

    async def test_has_who_voided_it_and_why_in_its_history(self, made: dict[str, tuple[Any, Any]]) -> None:
        for path, (record, caller) in made.items():
            address = f"{path}/{record['id']}"
            await caller.post(f"{address}/void", MISTAKE, version=record["version"])

            [line] = (await caller.get(f"{address}/history")).json()["items"]
            assert (line["title"], line["old"], line["new"]) == ("作废原因", None, "录入有误")
            assert line["reason"] == "录入有误"
            assert line["version"] == record["version"] + 1
            assert line["changed_by"] is not None

    async def test_is_told_as_what_does_not_hold(self, registers: Any, made: dict[str, tuple[Any, Any]]) -> None:
        for path, (record, caller) in made.items():
            await caller.post(f"{path}/{record['id']}/void", MISTAKE, version=record["version"])

        assert registers.events("registry.post.changed.v1")[-1]["is_current_record"] is False
        point = registers.events("registry.demonstration_point.changed.v1")[-1]
        assert point["valid_to"] == point["valid_from"]
        assert registers.events("registry.instructor.changed.v1")[-1]["unit_ids"] == []


class TestCoverageByMistake:
    async def test_never_was_and_stands_in_the_history_of_the_unit(self, registers: Any) -> None:
        district = await registers.district()
        branch, town = district.branches[0], district.towns[0]
        officer = await registers.office("town_officer", town)
        unit = await registers.unit(town)
        link = {"organization_id": branch["id"], "mode": "single", "valid_from": "2021-01-01"}
        covered = await officer.made(f"/units/{unit['id']}/coverage-links", **link)
        path = f"/units/{unit['id']}/coverage-links/{covered['coverage_links'][0]['id']}/void"

        voided = await officer.post(path, MISTAKE, version=covered["version"])

        assert (voided.status_code, voided.json()["coverage_links"]) == (200, [])
        figures = await officer.get("/coverage", organization_id=town["id"], as_of="2022-01-01")
        assert figures.json()["total"]["covered_units"] == 0
        taken_back, recorded = (await officer.get(f"/units/{unit['id']}/history")).json()["items"]
        said = f"{branch['name']}(单独组建),2021-01-01 起"
        assert (taken_back["old"], taken_back["new"], taken_back["reason"]) == (said, None, "录入有误")
        assert (recorded["old"], recorded["new"]) == (None, said)
        assert registers.events("registry.unit.changed.v1")[-1]["organization_ids"] == []


class TestUnitCode:
    async def test_is_corrected_after_its_check_digit_with_history_and_event(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        unit, other = [await registers.unit(district.towns[0]) for _ in range(2)]
        right = registers.unit_code()
        wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
        path, reason = f"/units/{unit['id']}/code-corrections", {"reason": "执照核对"}

        answers = [
            await officer.post(path, {"code": code, **reason}, version=1)
            for code in (wrong, other["code"], unit["code"], right)
        ]

        codes = [one.json()["code"] for one in answers]
        assert codes == ["invalid-input", "unit-code-taken", "same-unit-code", right]
        assert (await officer.post(path, {"code": unit["code"], **reason}, version=1)).status_code == 412
        [line] = (await officer.get(f"/units/{unit['id']}/history")).json()["items"]
        assert (line["title"], line["old"], line["new"]) == ("统一社会信用代码", unit["code"], right)
        assert line["reason"] == "执照核对"
        assert registers.events("registry.unit.code_corrected.v1") == [
            {"id": unit["id"], "old_code": unit["code"], "code": right}
        ]
