"""数据质量: named checks with severity and trend, and a queue of lookalikes that remembers what is not one (X15)."""

from functools import partial
from typing import Any

import pytest

from kit.database import app_transaction
from registry.oversight.quality.service import count
from services.registry.tests.members.relations import Relations, relate

pytestmark = [pytest.mark.anyio, pytest.mark.feature("X15")]
PAIRS = "registry.distinct_pair.changed.v1"


def refused(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.fixture
async def relations(registers: Any) -> Relations:
    return await relate(registers)


async def check(office: Any, code: str, **asked: Any) -> dict[str, Any]:
    checks = (await office.get("/data-quality", **asked)).json()["checks"]
    return dict(next(one for one in checks if one["code"] == code))


async def queue(office: Any, **asked: Any) -> list[Any]:
    return list((await office.get("/lookalikes", **asked)).json()["items"])


class TestCheck:
    async def test_has_a_name_a_severity_and_a_trend_of_every_day_that_was_counted(self, relations: Relations) -> None:
        registers, district = relations.registers, relations.district
        begin = partial(app_transaction, registers.app)
        officer = await registers.office("town_officer", district.towns[0])
        await relations.on("2025-03-04")
        await count(begin)
        unit = await registers.unit(district.towns[0])
        other = await registers.unit(district.towns[1])
        await relations.on("2025-03-05")
        await count(begin)
        await count(begin)
        await relations.on("2025-03-07")
        await officer.patch(f"/units/{unit['id']}", {"staff_count": 15}, version=1)
        await count(begin)
        assert other["staff_count"] is None

        whole = await check(relations.above, "unit_without_staff_count")
        town = await check(officer, "unit_without_staff_count")
        recent = await check(officer, "unit_without_staff_count", days=1)

        assert (whole["name"], whole["severity"], whole["number"], town["number"]) == (
            "没有登记职工人数", "suggestion", 1, 0,
        )  # fmt: skip
        days = ["2025-03-04", "2025-03-05", "2025-03-07"]
        assert [(one["day"], one["number"]) for one in whole["trend"]] == list(zip(days, [0, 2, 1], strict=True))
        assert [(one["day"], one["number"]) for one in town["trend"]] == list(zip(days, [0, 1, 0], strict=True))
        assert [one["day"] for one in recent["trend"]] == ["2025-03-07"]


class TestLookalikes:
    async def test_that_were_told_apart_are_remembered(self, relations: Relations) -> None:
        registers, district = relations.registers, relations.district
        town, branch = district.towns[0], district.branches[0]
        officer = await registers.office("town_officer", town)
        twin = await registers.member(branch, name=relations.member["name"])
        await registers.member(branch, name="孙立")
        for _ in range(2):
            await registers.unit(town, name="星火科技有限公司")
        [people] = await queue(officer, kind="member")
        before = await check(officer, "member")
        judged = {"kind": "member", "first_id": twin["id"], "second_id": relations.member["id"], "reason": "同名同日生"}

        made = await officer.made("/distinct-pairs", **judged)
        again = await officer.post("/distinct-pairs", judged)
        [units] = await queue(officer)

        assert {people["first_id"], people["second_id"]} == {twin["id"], relations.member["id"]}
        assert [one[name] for one in (people, made) for name in ("first_name", "second_name")] == [
            relations.member["name"]
        ] * 4
        assert (units["kind"], units["first_name"]) == ("unit", "星火科技有限公司")
        assert refused(again) == (422, "not-alike")
        assert (before["severity"], before["number"]) == ("warning", 1)
        assert (await check(officer, "member"))["number"] == 0
        await officer.post(f"/distinct-pairs/{made['id']}/void", {"reason": "核对有误"}, version=1)
        assert [one["id"] for one in await queue(officer, kind="member")] == [people["id"]]
        assert [one["is_void"] for one in registers.events(PAIRS)] == [False, True]

    async def test_are_shown_to_who_sees_both(self, relations: Relations) -> None:
        registers, district = relations.registers, relations.district
        twin = await registers.member(district.branches[1], name=relations.member["name"])
        officer = await registers.office("town_officer", district.towns[0])
        judged = {"kind": "member", "first_id": relations.member["id"], "second_id": twin["id"], "reason": "不是"}

        hidden = await officer.post("/distinct-pairs", judged)

        assert await queue(officer) == []
        assert refused(hidden) == (422, "not-alike")
        assert len(await queue(relations.above)) == 1
