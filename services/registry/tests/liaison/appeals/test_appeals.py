"""意见诉求: raised, answered by its day or overdue, and what many ask for."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from kit.calendar import day_of, real_now
from kit.database import app_transaction
from registry.liaison.appeals.judging import judge_last_quarter
from registry.liaison.appeals.rules import last_quarter

pytestmark = pytest.mark.anyio
ANSWER = {"answer": "已协调安装充电桩", "answered_on": "2025-03-20", "is_solved": True}


@dataclass
class Story:
    registers: Any
    secretary: Any
    author: dict[str, Any]
    branch: dict[str, Any]
    town: dict[str, Any]

    def appeal(self, **fields: Any) -> dict[str, Any]:
        body = {"organization_id": self.branch["id"], "topic": "停车难", "content": "园区停车位不够"}
        return {**body, "raised_on": "2025-03-01", "due_on": "2025-03-31", **fields}

    async def raised(self, **fields: Any) -> dict[str, Any]:
        return dict(await self.secretary.made("/appeals", **self.appeal(**fields)))

    async def answered(self, appeal: dict[str, Any], **fields: Any) -> Any:
        return await self.secretary.post(f"/appeals/{appeal['id']}/answer", {**ANSWER, **fields}, version=1)

    async def judge(self) -> int:
        return await judge_last_quarter(partial(app_transaction, self.registers.app))


@pytest.fixture
async def story(registers: Any) -> Story:
    district = await registers.district()
    branch = district.branches[0]
    secretary = await registers.office("branch_secretary", branch)
    return Story(registers, secretary, await registers.member(branch), branch, district.towns[0])


class TestAppeal:
    async def test_of_a_member_is_in_the_own_name_only(self, story: Story) -> None:
        member = await story.registers.office("member", story.branch, person=story.author["id"])
        other = await story.registers.member(story.branch)

        refused = [
            await member.post("/appeals", story.appeal(**more))
            for more in ({"author_member_id": other["id"]}, {"author_name": "李四"}, {"owner_member_id": other["id"]})
        ]
        own = await member.made("/appeals", **story.appeal())
        await story.raised(author_member_id=other["id"])

        assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "only-in-ones-own-name")}
        assert (own["author_member_id"], own["author_member_name"]) == (story.author["id"], story.author["name"])
        assert [one["id"] for one in (await member.get("/appeals")).json()["items"]] == [own["id"]]

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"due_on": "2025-02-28"}, "wrong-dates"),
            ({"raised_on": "2099-01-01", "due_on": "2099-02-01"}, "wrong-dates"),
            ({"owner_member_id": "00000000-0000-7000-8000-000000000000"}, "unknown-appeal-person"),
            ({"organization_id": "00000000-0000-7000-8000-000000000000"}, "unknown-appeal-organization"),
        ],
    )
    async def test_that_cannot_be_is_refused(self, story: Story, fields: dict[str, str], code: str) -> None:
        answer = await story.secretary.post("/appeals", story.appeal(**fields))

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    async def test_names_its_author_once(self, story: Story) -> None:
        twice = story.appeal(author_member_id=story.author["id"], author_name="李四")

        answer = await story.secretary.post("/appeals", twice)

        assert (answer.status_code, answer.json()["code"]) == (422, "one-author")

    async def test_is_answered_once_and_tells_who_raised_what_was_solved(self, story: Story) -> None:
        appeal = await story.raised(author_member_id=story.author["id"], owner_member_id=story.author["id"])
        nobodys = await story.raised(author_name="李四")

        early = await story.answered(appeal, answered_on="2025-02-28")
        done = await story.answered(appeal)
        again = await story.secretary.post(f"/appeals/{appeal['id']}/answer", ANSWER, version=2)
        await story.answered(nobodys)
        await story.secretary.post(f"/appeals/{appeal['id']}/void", {"reason": "重复"}, version=2)

        assert (early.json()["code"], again.json()["code"]) == ("wrong-dates", "appeal-already-answered")
        assert (done.json()["answer"], done.json()["is_solved"]) == (ANSWER["answer"], True)
        assert done.json()["owner_member_name"] == story.author["name"]
        own = [{"member_id": story.author["id"]}]
        told = story.registers.events("registry.appeal.answered.v1")
        assert [(one["authors"], one["is_solved"], one["revision"]) for one in told] == [
            (own, True, 2), ([], True, 2), (own, False, 3),
        ]  # fmt: skip
        assert [one["id"] for one in (await story.secretary.get("/appeals")).json()["items"]] == [nobodys["id"]]

    @pytest.mark.feature("R68")
    async def test_without_an_answer_by_its_day_is_listed_as_overdue(self, story: Story) -> None:
        late = await story.raised(topic="用工")
        in_time = await story.raised()
        await story.answered(in_time)
        await story.raised(due_on=str(day_of(real_now())))
        officer = await story.registers.office("town_officer", story.town)

        listed = (await story.secretary.get("/appeals", overdue_on=str(day_of(real_now())))).json()["items"]
        [task] = (await officer.get("/tasks", code="appeal_overdue")).json()["items"]

        assert [one["id"] for one in listed] == [late["id"]]
        assert (task["subject_id"], task["subject_name"], task["due_on"]) == (late["id"], "用工", "2025-03-31")
        assert (task["organization_id"], task["is_overdue"]) == (story.branch["id"], True)
        await story.answered(late)
        assert (await officer.get("/tasks", code="appeal_overdue")).json()["items"] == []


class TestTopics:
    @pytest.mark.feature("R68")
    async def test_are_those_with_ten_entries_or_more(self, story: Story) -> None:
        for topic, number in (("停车难", 11), ("用工", 10), ("融资", 9)):
            raised = [await story.raised(topic=topic) for _ in range(number)]
        await story.answered(raised[0])

        many = (await story.secretary.get("/appeal-topics")).json()
        every = (await story.secretary.get("/appeal-topics", least=9)).json()

        assert [(one["topic"], one["entries"]) for one in many["topics"]] == [("停车难", 11), ("用工", 10)]
        assert (every["topics"][2]["unanswered"], every["topics"][2]["overdue"]) == (8, 8)


class TestQuarter:
    async def test_is_judged_once_and_again_when_an_appeal_was_a_mistake(self, story: Story) -> None:
        quarter = last_quarter(day_of(real_now()))
        days = {"raised_on": str(quarter.first), "due_on": str(quarter.last)}
        kept, late = await story.raised(**days), await story.raised(**days)
        await story.raised(raised_on=str(quarter.first), due_on=str(quarter.last + timedelta(days=1)))
        await story.answered(kept, answered_on=str(quarter.last))
        assert [await story.judge(), await story.judge()] == [1, 0]

        await story.secretary.post(f"/appeals/{late['id']}/void", {"reason": "重复登记"}, version=1)
        await story.judge()
        await story.secretary.post(f"/appeals/{kept['id']}/void", {"reason": "重复登记"}, version=2)
        await story.judge()

        told = story.registers.events("registry.appeal_quarter.judged.v1")
        assert {(one["organization_id"], date.fromisoformat(one["ends_on"])) for one in told} == {
            (story.branch["id"], quarter.last)
        }
        assert [(one["due"], one["answered_in_time"], one["is_kept"], one["revision"]) for one in told] == [
            (2, 1, False, 1), (1, 1, True, 2), (0, 0, False, 3),
        ]  # fmt: skip
