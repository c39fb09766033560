"""Findings as officers read and answer them."""

from datetime import timedelta
from typing import Any

import pytest

from kit.calendar import day_of, real_now
from services.registry.tests.oversight.findings.stories import Story, tell

pytestmark = pytest.mark.anyio
WHITE = "unit_without_coverage"
PHONE = "member_without_phone"


@pytest.fixture
async def story(registers: Any) -> Story:
    return await tell(registers)


class TestFinding:
    async def test_of_another_town_is_not_there(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[1])
        theirs = await story.find(story.officers[1], WHITE, unit["name"])

        answers = [
            await story.officers[0].get(f"/findings/{theirs['id']}"),
            await story.officers[0].post(f"/findings/{theirs['id']}/acknowledgements", {"reason": "知悉"}, version=9),
        ]

        assert [(one.status_code, one.json()["code"]) for one in answers] == [(404, "finding-not-found")] * 2
        assert await story.all(story.officers[0], code=WHITE) == []

    async def test_is_seen_by_the_branch_that_has_to_act_and_answered_by_its_superior_only(self, story: Story) -> None:
        member = await story.registers.member(story.branches[0], name="没有电话")
        secretary = await story.registers.office("branch_secretary", story.branches[0])
        found = await story.find(secretary, PHONE, member["name"])

        refused = await secretary.post(f"/findings/{found['id']}/acknowledgements", {"reason": "本人不用"}, version=1)
        own = await story.all(secretary)

        assert refused.status_code == 403
        assert {one["organization_id"] for one in own} == {story.branches[0]["id"]}
        assert found["subject_id"] == member["id"]

    async def test_says_everything_one_needs_to_act(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0], staff_count=60)

        found = await story.find(story.officers[0], "large_unit_without_member", unit["name"])

        today = day_of(real_now())
        assert found == found | {
            "statement": "职工 60 人,没有党员",
            "action": "在职工中发展党员,或引进党员职工",
            "severity": "warning",
            "status": "open",
            "subject_kind": "unit",
            "subject_id": unit["id"],
            "organization_id": story.towns[0]["id"],
            "organization_name": story.towns[0]["name"],
            "value": 60,
            "rule": "E8",
            "source": "两新组织党建工作要求",
            "began_on": str(today),
            "opened_on": str(today),
            "due_on": str(today + timedelta(days=180)),
            "closed_on": None,
            "acknowledgement": None,
            "version": 1,
        }

    async def test_is_gone_the_moment_it_no_longer_holds_and_closed_by_night(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0])
        before = await story.find(story.officers[0], WHITE, unit["name"])
        await story.night()

        await story.cover(unit, story.branches[0])
        at_once = await story.all(story.officers[0], code=WHITE)
        gone = await story.officers[0].get(f"/findings/{before['id']}")
        await story.night()

        assert at_once == []
        assert gone.status_code == 404
        (closed,) = await story.all(story.officers[0], code=WHITE, status="closed")
        assert (closed["id"], closed["status"], closed["subject_name"]) == (before["id"], "closed", unit["name"])
        assert closed["closed_on"] == str(day_of(real_now()))
        assert closed["statement"] == "没有党组织、党建指导员,也没有群团组织"

    async def test_is_narrowed_by_what_is_asked(self, story: Story) -> None:
        await story.registers.unit(story.towns[0], name="甲公司", counted_from="2020-01-01")
        await story.registers.unit(story.branches[0], name="乙公司", counted_from="2024-01-01")
        officer, town = story.officers[0], story.towns[0]["id"]

        async def names(**query: Any) -> list[str]:
            return [one["subject_name"] for one in await story.all(officer, code=WHITE, sort="began_on", **query)]

        assert await names() == ["甲公司", "乙公司"]
        assert await names(organization_id=town) == ["甲公司"]
        assert await names(under=town) == ["甲公司", "乙公司"]
        assert await names(since="2020-01-02") == ["乙公司"]
        assert await names(until="2020-01-01") == ["甲公司"]
        assert await names(q="乙") == ["乙公司"]
        assert await names(severity="urgent") == []
        assert await names(subject_kind="member") == []
        assert await names(status="acknowledged") == []


class TestAcknowledgement:
    async def test_needs_the_version_seen_and_a_reason_and_comes_once(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0])
        officer = story.officers[0]
        path = f"/findings/{(await story.find(officer, WHITE, unit['name']))['id']}"
        body = {"reason": "已列入下季度组建计划"}

        unseen = await officer.post(f"{path}/acknowledgements", body)
        stale = await officer.post(f"{path}/acknowledgements", body, version=2)
        reasonless = await officer.post(f"{path}/acknowledgements", {"reason": " "}, version=1)
        answered = await officer.post(f"{path}/acknowledgements", body, version=1)
        again = await officer.post(f"{path}/acknowledgements", body, version=2)

        assert [one.status_code for one in (unseen, stale, reasonless, answered, again)] == [428, 412, 422, 201, 409]
        assert again.json()["code"] == "finding-not-open"
        assert (answered.json()["status"], answered.json()["acknowledgement"]) == ("acknowledged", body["reason"])
        assert answered.headers["etag"] == (await officer.get(path)).headers["etag"] == '"2"'
        assert [one["status"] for one in await story.all(officer, code=WHITE)] == ["acknowledged"]
        assert await story.tasks(officer, code=WHITE) == []

    async def test_is_told_once_with_its_reason_and_no_name(self, story: Story) -> None:
        member = await story.registers.member(story.branches[0], name="欧阳知秋")
        officer = story.officers[0]
        found = await story.find(officer, PHONE, member["name"])

        await officer.post(f"/findings/{found['id']}/acknowledgements", {"reason": "不用手机"}, version=1)
        await story.night()

        told = [one for one in story.told("acknowledged") if one["id"] == found["id"]]
        opened = [one for one in story.told("opened") if one["id"] == found["id"]]
        assert len(opened) == 1
        assert told == [
            {
                "id": found["id"], "code": PHONE, "subject_kind": "member", "subject_id": member["id"],
                "organization_id": story.branches[0]["id"], "began_on": found["began_on"], "reason": "不用手机",
            }
        ]  # fmt: skip
        assert member["name"] not in str(opened + told)

    async def test_ends_with_the_finding_and_does_not_count_when_it_comes_back(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0])
        officer = story.officers[0]
        found = await story.find(officer, WHITE, unit["name"])
        path = f"/findings/{found['id']}"
        await officer.post(f"{path}/acknowledgements", {"reason": "知悉"}, version=1)
        link = await story.cover(unit, story.branches[0])
        await story.night()
        closed = (await officer.get(path)).json()
        over = await officer.post(f"{path}/acknowledgements", {"reason": "再说明"}, version=closed["version"])

        await story.uncover(unit, link)
        back = (await officer.get(path)).json()
        await story.night()
        kept = (await officer.get(path)).json()
        answered = await officer.post(f"{path}/acknowledgements", {"reason": "又来"}, version=kept["version"])

        assert (closed["status"], closed["acknowledgement"], closed["version"]) == ("closed", "知悉", 3)
        assert (over.status_code, over.json()["code"]) == (409, "finding-not-open")
        assert (back["status"], back["acknowledgement"], back["version"]) == ("open", None, 4)
        assert kept == back
        assert answered.status_code == 201, answered.text
        assert len([one for one in story.told("opened") if one["id"] == found["id"]]) == 2

    async def test_changes_nothing_but_the_answer(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0])
        officer = story.officers[0]
        found = await story.find(officer, WHITE, unit["name"])
        before = (await officer.get(f"/units/{unit['id']}")).json()

        await officer.post(f"/findings/{found['id']}/acknowledgements", {"reason": "知悉"}, version=1)
        await story.night()

        assert (await officer.get(f"/units/{unit['id']}")).json() == before


class TestNight:
    async def test_tells_of_each_finding_once(self, story: Story) -> None:
        unit = await story.registers.unit(story.towns[0])

        numbers = [await story.night() for _ in range(2)]

        opened = story.told("opened")
        assert numbers == [len(opened), 0]
        assert [one["subject_id"] for one in opened if one["code"] == WHITE] == [unit["id"]]
        assert {one["id"] for one in opened} == {one["id"] for one in await story.all(story.district)}
        rows = story.registers.rows(
            "SELECT e.path = o.path, e.root_id = o.root_id, e.actor FROM event_log e JOIN party_organizations o"
            " ON o.id = (e.data->>'organization_id')::uuid WHERE type = 'registry.finding.opened.v1'"
        )
        assert set(rows) == {(True, True, None)}

    async def test_follows_who_is_responsible_without_a_word(self, story: Story) -> None:
        member = await story.registers.member(story.branches[0], name="没有电话")
        await story.night()

        moved = await story.district.patch(
            f"/members/{member['id']}", {"organization_id": story.branches[1]["id"]}, version=1
        )
        told = await story.night()

        assert moved.status_code == 200, moved.text
        kept = story.registers.rows("SELECT organization_id, version FROM findings WHERE subject_id = %s", member["id"])
        assert {(str(organization), version) for organization, version in kept} == {(story.branches[1]["id"], 1)}
        assert told == len([one for one in story.told("closed") if one["subject_id"] != member["id"]])

    async def test_is_the_worker_s_turn(self, story: Story) -> None:
        await story.registers.unit(story.towns[0])

        await story.worker_s_turn()

        assert {one["code"] for one in story.told("opened")} >= {WHITE}


class TestTask:
    async def test_has_an_owner_and_a_day(self, story: Story) -> None:
        today = day_of(real_now())
        await story.registers.unit(story.towns[0], name="甲公司", counted_from="2020-01-01")
        await story.registers.unit(story.towns[0], name="乙公司", counted_from=str(today))
        member = await story.registers.member(story.branches[0], name="张镇书记")
        post = {"member_id": member["id"], "organization_id": story.towns[0]["id"], "kind": "secretary"}
        await story.district.made("/posts", **post, valid_from="2022-01-01")

        late, new = await story.tasks(story.officers[0], code=WHITE)
        overdue = await story.tasks(story.officers[0], code=WHITE, due_until=str(today))

        assert (late["subject_name"], late["due_on"], late["is_overdue"]) == ("甲公司", "2020-06-29", True)
        assert (new["due_on"], new["is_overdue"]) == (str(today + timedelta(days=180)), False)
        assert (new["organization_name"], new["owner_name"]) == (story.towns[0]["name"], "张镇书记")
        assert [one["id"] for one in overdue] == [late["id"]]

    async def test_is_made_of_no_mere_suggestion(self, story: Story) -> None:
        await story.registers.member(story.branches[0], name="没有电话")

        assert await story.tasks(story.officers[0], code=PHONE) == []
        assert len(await story.all(story.officers[0], code=PHONE)) == 1
        assert "suggestion" not in {one["severity"] for one in await story.tasks(story.district)}
