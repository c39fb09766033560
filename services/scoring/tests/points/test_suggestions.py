"""A suggestion is made by a member or an organisation, answered by somebody else, and earns when it is adopted."""

from typing import Any

import pytest
from sqlalchemy import func, select

from kit.database import app_transaction
from kit.events.consumer import parked_events
from services.scoring.tests.conftest import District, People
from services.scoring.tests.contests.test_contests import granted, made, refused, stepped
from services.scoring.tests.sheets import opened

pytestmark = pytest.mark.anyio
ADOPTED = {"is_adopted": True, "reply": "自四月起执行", "effect": "每月节电 1200 度"}
DECLINED = {"is_adopted": False, "reply": "设备条件不具备"}


def suggestion_of(people: People, **changes: Any) -> dict[str, Any]:
    common = {"organization_id": str(people.branch), "kind": "saving", "name": "错峰用电", "content": "夜间烘干"}
    return {**common, "member_id": str(people.member_id), "proposed_on": "2025-03-10", **changes}


class TestASuggestion:
    @pytest.mark.feature("S28")
    async def test_earns_only_when_adopted_and_nothing_any_more_when_void(
        self, district: District, people: People
    ) -> None:
        first = await made(people.member, "/suggestions", **suggestion_of(people))
        second = await made(people.secretary, "/suggestions", **suggestion_of(people, kind="advice"))
        assert await granted(district, people.member_id, "M15") == []
        await stepped(people.secretary, f"/suggestions/{second['id']}/decision", DECLINED, 1)
        assert await granted(district, people.member_id, "M15") == []

        adopted = await stepped(people.secretary, f"/suggestions/{first['id']}/decision", ADOPTED, 1)

        assert (adopted["state"], adopted["decided_on"], adopted["effect"]) == (
            "adopted",
            "2025-03-31",
            "每月节电 1200 度",
        )
        assert await granted(district, people.member_id, "M15") == ["0.50"]
        place = f"/suggestions/{first['id']}"
        assert await refused(people.secretary, f"{place}/decision", ADOPTED, 2) == (409, "suggestion-already-decided")
        await stepped(people.secretary, f"{place}/void", {"reason": "与去年的重复"}, 2)
        assert await granted(district, people.member_id, "M15") == ["0.50", "-0.50"]
        assert await refused(people.secretary, f"{place}/decision", DECLINED, 3) == (409, "record-void")
        changed = (await people.member.get(f"{place}/history")).json()["items"]
        assert {"state", "reply", "effect", "void_reason"} <= {one["field"] for one in changed}

    @pytest.mark.feature("S28")
    async def test_is_the_only_way_to_its_points_and_ends_at_the_annual_cap(
        self, district: District, people: People
    ) -> None:
        claim = {"subject_kind": "member", "subject_id": str(people.member_id), "indicator_code": "M15"}
        told = {**claim, "occurred_on": "2025-03-20", "description": "合理化建议被采纳"}
        assert await refused(people.member, "/claims", told) == (422, "indicator-not-claimable")

        for number in range(5):
            one = await made(people.member, "/suggestions", **suggestion_of(people, name=f"第{number + 1}条"))
            await stepped(people.town_officer, f"/suggestions/{one['id']}/decision", ADOPTED, 1)

        assert await granted(district, people.member_id, "M15") == ["0.50"] * 4 + ["0.00"]

    async def test_of_the_branch_itself_is_answered_by_the_superior_and_earns_no_member(
        self, district: District, people: People
    ) -> None:
        one = await made(people.secretary, "/suggestions", **suggestion_of(people, member_id=None))
        place = f"/suggestions/{one['id']}/decision"
        assert await refused(people.secretary, place, ADOPTED, 1) == (403, "own-case")

        await stepped(people.town_officer, place, ADOPTED, 1)

        told = await district.events("scoring.suggestion.changed.v1")
        assert [(each["state"], each["is_earning"]) for each in told] == [("proposed", False), ("adopted", False)]
        assert await granted(district, people.branch, "M15") == []
        async with app_transaction(district.app) as db:
            assert await db.scalar(select(func.count()).select_from(parked_events)) == 0

    async def test_is_adopted_by_nobody_who_made_it(self, people: People) -> None:
        own = suggestion_of(people, member_id=str(people.secretary_id))
        one = await made(people.secretary, "/suggestions", **own)
        place = f"/suggestions/{one['id']}/decision"

        assert await refused(people.secretary, place, ADOPTED, 1) == (403, "own-case")
        assert await refused(people.member, place, ADOPTED, 1) == (403, "forbidden")
        await stepped(people.town_officer, place, ADOPTED, 1)

    async def test_is_made_in_ones_own_name_and_organisation(self, people: People) -> None:
        tried = {
            "another member's": (people.colleague, suggestion_of(people)),
            "another branch's": (people.member, suggestion_of(people, organization_id=str(people.other_branch))),
            "of tomorrow": (people.member, suggestion_of(people, proposed_on="2025-04-01")),
            "a stranger's": (people.other_town_officer, suggestion_of(people)),
        }
        answers = {name: await refused(client, "/suggestions", body) for name, (client, body) in tried.items()}

        assert answers == {
            "another member's": (404, "party-organization-not-found"),
            "another branch's": (404, "party-organization-not-found"),
            "of tomorrow": (422, "day-in-the-future"),
            "a stranger's": (404, "party-organization-not-found"),
        }

    async def test_is_listed_by_state_and_exported_with_labels(self, people: People) -> None:
        for number in range(2):
            one = await made(people.member, "/suggestions", **suggestion_of(people, name=f"第{number + 1}条"))
        await stepped(people.secretary, f"/suggestions/{one['id']}/decision", ADOPTED, 1)

        open_ones = (await people.colleague.get("/suggestions", state="proposed")).json()["items"]
        answer = await people.town_officer.get("/suggestions/export", state="adopted", format="xlsx")

        assert [each["name"] for each in open_ones] == ["第1条"]
        title, [row] = opened(answer.content)
        assert (title, row["类别"], row["状态"], row["题目"]) == ("献计献策与节能降耗", "节能降耗", "已采纳", "第2条")
        assert (await people.other_town_officer.get("/suggestions")).json()["items"] == []
