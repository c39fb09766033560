"""A bank of questions with the line of each fault, papers of 100, attempts by the clock, and results that earn."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from openpyxl import Workbook

from services.training.tests.district import API, Client, District, SignIn, Town
from training.exams.questions.workbooks import TEMPLATE

pytestmark = pytest.mark.anyio
RIGHT = "\n\n".join(f"第{number}题{{=对的{number} ~错的{number}}}" for number in range(1, 111))


@dataclass
class Story:
    district: District
    town: Town
    sign_in: SignIn

    async def upload(
        self, content: bytes | str, name: str = "题库.gift", caller: Client | None = None, **query: Any
    ) -> httpx2.Response:
        wanted = {"organization_id": str(self.town.branch), "topic": "安全生产", **query}
        sent = {"file": (name, content if isinstance(content, bytes) else content.encode())}
        http = (caller or self.town.secretary).http
        headers = {"Idempotency-Key": uuid4().hex}
        return await http.post(f"{API}/questions/import", params=wanted, files=sent, headers=headers)

    async def bank(self) -> None:
        report = await self.upload(RIGHT)
        assert report.json()["imported"] == 110, report.text

    async def exam(self, **changes: Any) -> str:
        body = {
            "organization_id": str(self.town.branch),
            "title": "安全知识测试",
            "opens_at": "2025-03-03T08:00:00+08:00",
        }
        body |= {"closes_at": "2025-03-31T18:00:00+08:00"}
        made = await self.town.secretary.post("/exams", {**body, **changes})
        assert made.status_code == 201, made.text
        return str(made.json()["id"])

    async def member(self, person: UUID | None = None) -> Client:
        return await self.sign_in(("member", self.town.branch), person=person or self.town.people[1])

    async def start(self, exam: str, member: Client) -> dict[str, Any]:
        begun = await member.post(f"/exams/{exam}/attempts")
        assert begun.status_code == 201, begun.text
        return dict(begun.json())

    async def answer(self, member: Client, paper: dict[str, Any], right: int) -> httpx2.Response:
        """The first `right` questions rightly: their right option says so."""
        lines = []
        for one in paper["questions"][:right]:
            place = next(at for at, option in enumerate(one["options"]) if option.startswith("对的"))
            lines.append({"number": one["number"], "answer": "AB"[place]})
        path = f"/exam-attempts/{paper['attempt']['id']}"
        tag = await member.tag_of(path)
        return await member.put(f"{path}/answers", {"answers": lines}, If_Match=tag)

    async def hand_in(self, member: Client, paper: dict[str, Any]) -> httpx2.Response:
        path = f"/exam-attempts/{paper['attempt']['id']}"
        return await member.post(f"{path}/hand-in", If_Match=await member.tag_of(path))

    async def sit(self, exam: str, member: Client, right: int) -> dict[str, Any]:
        paper = await self.start(exam, member)
        if right:
            assert (await self.answer(member, paper, right)).status_code == 200
        done = await self.hand_in(member, paper)
        assert done.status_code == 201, done.text
        return dict(done.json())


async def answers_shown(member: Client, paper: dict[str, Any]) -> set[str | None]:
    shown = (await member.get(f"/exam-attempts/{paper['attempt']['id']}")).json()
    return {one["right_answer"] for one in shown["questions"]}


@pytest.fixture
async def story(district: District, town: Town, sign_in: SignIn) -> Story:
    await district.clock("2025-03-03T09:00:00")
    return Story(district, town, sign_in)


def workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = TEMPLATE.title
    sheet.append(list(TEMPLATE.headings))
    for kind, text, options, answers in (
        (row[0], row[1], [*row[2:-1], *[""] * (8 - len(row[2:-1]))], row[-1]) for row in rows
    ):
        sheet.append([kind, text, *options, answers])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


class TestBank:
    @pytest.mark.feature("T16")
    async def test_takes_a_workbook_whole_or_says_what_is_wrong_in_which_line(self, story: Story) -> None:
        good = [
            ("单选题", "一加一", "二", "三", "A"),
            ("多选题", "颜色", "红", "圆", "蓝", "AC"),
            ("判断题", "会下雨", "对"),
        ]
        bad = [*good, ("多选题", "只有一个", "甲", "乙", "A"), ("单选题", "没有这项", "甲", "乙", "C")]

        refused = (await story.upload(workbook(*bad), "题库.xlsx")).json()
        tried = (await story.upload(workbook(*good), "题库.xlsx", dry_run=True)).json()
        taken = (await story.upload(workbook(*good), "题库.xlsx")).json()
        again = (await story.upload(workbook(*good), "题库.xlsx")).json()

        assert [(one["line"], one["column"]) for one in refused["problems"]] == [(5, "题目"), (6, "题目")]
        assert (refused["imported"], tried["found"], tried["imported"], tried["problems"]) == (0, 3, 0, [])
        assert (taken["imported"], again["imported"]) == (3, 0)
        assert [one["line"] for one in again["problems"]] == [2, 3, 4]
        listed = (await story.town.secretary.get("/questions", topic="安全生产")).json()["items"]
        assert {(one["text"], one["answers"]) for one in listed} == {("一加一", "A"), ("颜色", "AC"), ("会下雨", "A")}

    @pytest.mark.feature("T16")
    async def test_takes_gift_whole_or_says_what_is_wrong_in_which_line(self, story: Story, other_town: Town) -> None:
        refused = (await story.upload("甲{T}\n\n乙{=一}\n\n甲{F}")).json()
        binary = (await story.upload(b"\xff\xfe\x00")).json()
        foreign = await story.upload("甲{T}", caller=other_town.secretary)

        assert [one["line"] for one in refused["problems"]] == [3, 5]
        assert (refused["imported"], binary["problems"][0]["line"]) == (0, 0)
        assert foreign.json()["code"] == "unknown-aid-organization"

    async def test_keeps_questions_from_members_and_never_changes_one(self, story: Story) -> None:
        entry = {"organization_id": str(story.town.branch), "topic": "党章", "kind": "multiple", "text": "作风"}
        secretary, options = story.town.secretary, ["甲", "乙", "丙"]
        wrong = await secretary.post("/questions", {**entry, "options": options, "answers": "A"})
        made = await secretary.post("/questions", {**entry, "options": options, "answers": "C、A"})
        twice = await secretary.post("/questions", {**entry, "options": options, "answers": "AB"})
        path = f"/questions/{made.json()['id']}"

        assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-question")
        assert made.json()["answers"] == "AC"
        assert twice.json()["code"] == "question-taken"
        assert (await (await story.member()).get("/questions")).status_code == 403
        voided = await secretary.post(f"{path}/void", {"reason": "答案有误"}, If_Match='"1"')
        assert voided.status_code == 200
        again = await secretary.post("/questions", {**entry, "options": options, "answers": "AB"})
        assert again.status_code == 201


class TestExam:
    @pytest.mark.feature("T16")
    async def test_draws_100_questions_without_repeat_and_keeps_the_answers_until_handed_in(self, story: Story) -> None:
        await story.bank()
        exam, member = await story.exam(), await story.member()

        paper = await story.start(exam, member)
        saved = (await story.answer(member, paper, 3)).json()
        done = (await story.hand_in(member, paper)).json()

        texts = [one["text"] for one in paper["questions"]]
        assert len(set(texts)) == len(texts) == 100
        await story.district.clock("2025-03-31T17:59:59")
        early = await answers_shown(member, paper)
        await story.district.clock("2025-03-31T18:00:00")
        assert {one["right_answer"] for one in paper["questions"] + saved["questions"] + done["questions"]} == {None}
        assert (early, await answers_shown(member, paper)) == ({None}, {"A"})
        assert (saved["attempt"]["answered"], done["attempt"]["score"]) == (3, "3.00")

    async def test_of_one_seed_can_be_drawn_again_and_differs_from_member_to_member(self, story: Story) -> None:
        await story.bank()
        member, colleague = await story.member(), await story.member(story.town.people[2])
        first, again = await story.exam(seed=7), await story.exam(seed=7)

        async def drawn(exam: str, by: Client) -> list[str]:
            return [one["text"] for one in (await story.start(exam, by))["questions"]]

        one, other, repeated = await drawn(first, member), await drawn(first, colleague), await drawn(again, colleague)
        assert one == repeated
        assert other != one

    async def test_is_sat_by_nobody_who_can_read_its_questions(self, story: Story) -> None:
        await story.bank()
        exam = await story.exam()
        refused = await (await story.member(story.town.people[0])).post(f"/exams/{exam}/attempts")

        assert (refused.status_code, refused.json()["code"]) == (403, "own-case")

    async def test_that_is_void_takes_nothing_in_and_gives_its_results_back(self, story: Story) -> None:
        await story.bank()
        exam, member, colleague = await story.exam(), await story.member(), await story.member(story.town.people[2])
        await story.sit(exam, member, 60)
        paper = await story.start(exam, colleague)
        await story.town.secretary.post(f"/exams/{exam}/void", {"reason": "试题泄露"}, If_Match='"1"')
        late = await story.hand_in(colleague, paper)

        assert (late.status_code, late.json()["code"]) == (409, "exam-not-open")
        told = await story.district.events("training.exam_result.changed.v1")
        assert [(one["is_earning"], one["revision"]) for one in told] == [(True, 1), (False, 2)]
        [gone] = (await story.town.secretary.get("/exam-results", exam_id=exam, is_void=True)).json()["items"]
        assert gone["void_reason"] == "试题泄露"

    async def test_result_that_is_void_stays_as_it_was_beside_an_honest_one(self, story: Story) -> None:
        await story.bank()
        exam, member = await story.exam(), await story.member()
        await story.sit(exam, member, 90)
        [first] = (await story.town.officer.get("/exam-results", exam_id=exam)).json()["items"]
        path = f"/exam-results/{first['id']}/void"
        await story.town.officer.post(path, {"reason": "他人代答"}, If_Match='"1"')
        await story.sit(exam, member, 61)

        [standing] = (await member.get("/exam-results", exam_id=exam)).json()["items"]
        [void] = (await member.get("/exam-results", exam_id=exam, is_void=True)).json()["items"]
        assert [(one["score"], one["void_reason"]) for one in (standing, void)] == [
            ("61.00", None),
            ("90.00", "他人代答"),
        ]

    async def test_needs_a_bank_that_is_large_enough_and_a_window(self, story: Story) -> None:
        body = {"organization_id": str(story.town.branch), "title": "测试", "opens_at": "2025-03-03T08:00:00+08:00"}
        small = await story.town.secretary.post("/exams", {**body, "closes_at": "2025-03-04T08:00:00+08:00"})
        wrong = await story.town.secretary.post("/exams", {**body, "closes_at": "2025-03-02T08:00:00+08:00"})

        assert (small.status_code, small.json()["code"]) == (409, "bank-too-small")
        assert (wrong.status_code, wrong.json()["code"]) == (422, "exam-window-mismatch")

    async def test_keeps_a_pass_when_a_later_attempt_fails(self, story: Story) -> None:
        """rules §10: a re-take never overwrites a pass; a better one raises the score, the day stays."""
        await story.bank()
        exam, member = await story.exam(most_attempts=4), await story.member()

        async def standing() -> tuple[Any, ...]:
            [one] = (await member.get("/exam-results", exam_id=exam)).json()["items"]
            return one["score"], one["is_passed"], one["taken_on"], one["attempts"]

        await story.sit(exam, member, 59)
        assert await standing() == ("59.00", False, "2025-03-03", 1)
        await story.district.clock("2025-03-05T09:00:00")
        await story.sit(exam, member, 60)
        await story.district.clock("2025-03-06T09:00:00")
        await story.sit(exam, member, 0)
        assert await standing() == ("60.00", True, "2025-03-05", 3)
        await story.sit(exam, member, 75)
        assert await standing() == ("75.00", True, "2025-03-05", 4)
        none_left = await member.post(f"/exams/{exam}/attempts")

        assert (none_left.status_code, none_left.json()["code"]) == (409, "no-attempt-left")
        told = await story.district.events("training.exam_result.changed.v1")
        assert [(one["is_earning"], one["taken_on"]) for one in told] == [
            (False, "2025-03-03"),
            *[(True, "2025-03-05")] * 3,
        ]
        assert [one["revision"] for one in told] == [1, 2, 3, 4]

    async def test_goes_by_the_business_clock(self, story: Story) -> None:
        await story.bank()
        exam, member = await story.exam(minutes=60), await story.member()
        paper = await story.start(exam, member)
        await story.answer(member, paper, 70)
        open_still = await member.post(f"/exams/{exam}/attempts")

        await story.district.clock("2025-03-03T10:01:00")
        late = await story.answer(member, paper, 100)
        done = (await story.hand_in(member, paper)).json()
        twice = await story.hand_in(member, paper)
        await story.district.clock("2025-04-01T09:00:00")
        over = await member.post(f"/exams/{exam}/attempts")

        assert (open_still.status_code, open_still.json()["code"]) == (409, "attempt-open")
        assert (late.status_code, late.json()["code"]) == (409, "time-over")
        assert (done["attempt"]["score"], done["attempt"]["is_passed"]) == ("70.00", True)
        assert (twice.json()["code"], over.json()["code"]) == ("attempt-handed-in", "exam-not-open")

    async def test_hands_in_for_whoever_forgot_when_the_next_attempt_begins(self, story: Story) -> None:
        await story.bank()
        exam, member = await story.exam(minutes=60), await story.member()
        await story.answer(member, await story.start(exam, member), 80)

        await story.district.clock("2025-03-10T09:00:00")
        second = await story.start(exam, member)

        [result] = (await member.get("/exam-results", exam_id=exam)).json()["items"]
        assert (second["attempt"]["number"], result["score"], result["taken_on"]) == (2, "80.00", "2025-03-03")

    async def test_is_sat_by_its_members_and_seen_by_oneself_and_the_offices(
        self, story: Story, other_town: Town
    ) -> None:
        await story.bank()
        exam, member = await story.exam(), await story.member()
        paper = await story.start(exam, member)
        path = f"/exam-attempts/{paper['attempt']['id']}"
        colleague = await story.member(story.town.people[2])

        hidden = await colleague.get(path)
        foreign = await other_town.secretary.get(f"/exams/{exam}")
        beyond = await member.put(f"{path}/answers", {"answers": [{"number": 101, "answer": "A"}]}, If_Match='"1"')
        listed = (await story.town.officer.get("/exam-attempts")).json()["items"]

        assert (hidden.status_code, foreign.status_code) == (404, 404)
        assert (beyond.status_code, beyond.json()["code"]) == (422, "no-such-question")
        assert [one["id"] for one in listed] == [paper["attempt"]["id"]]

    async def test_result_that_is_void_gives_back_what_it_earned(self, story: Story) -> None:
        await story.bank()
        exam, member = await story.exam(), await story.member()
        await story.sit(exam, member, 90)
        [result] = (await story.town.secretary.get("/exam-results")).json()["items"]

        path, reason = f"/exam-results/{result['id']}/void", {"reason": "他人代答"}
        voided = await story.town.secretary.post(path, reason, If_Match='"1"')

        told = await story.district.events("training.exam_result.changed.v1")
        assert voided.status_code == 200
        assert [(one["is_earning"], one["revision"]) for one in told] == [(True, 1), (False, 2)]


class TestContestResult:
    @pytest.mark.feature("T22")
    async def test_of_a_knowledge_contest_passes_and_of_a_drill_has_a_place(self, story: Story) -> None:
        """What scoring reads of it: M09 for the pass, M16 for the place; corrected and void they go back."""
        entry: dict[str, Any] = {"organization_id": str(story.town.branch), "member_id": str(story.town.people[1])}
        entry |= {"held_on": "2025-03-01", "is_passed": True}
        secretary = story.town.secretary
        quiz = await secretary.post(
            "/contest-results", {**entry, "kind": "safety_knowledge", "contest": "安全知识竞赛"}
        )
        drill = {**entry, "kind": "skill_drill", "contest": "技术练兵", "place": 2}
        made = await secretary.post("/contest-results", drill)
        twice = await secretary.post("/contest-results", drill)
        path = f"/contest-results/{made.json()['id']}"
        await secretary.patch(path, {"is_passed": True, "place": None}, If_Match='"1"')
        await secretary.post(f"/contest-results/{quiz.json()['id']}/void", {"reason": "登记错人"}, If_Match='"1"')

        told = await story.district.events("training.contest_result.changed.v1")
        assert (twice.status_code, twice.json()["code"]) == (409, "contest-result-taken")
        assert [(one["kind"], one["is_passed"], one["has_place"], one["revision"]) for one in told] == [
            ("safety_knowledge", True, False, 1),
            ("skill_drill", True, True, 1),
            ("skill_drill", True, False, 2),
            ("safety_knowledge", False, False, 2),
        ]

    async def test_is_of_members_and_of_the_past(self, story: Story, other_town: Town) -> None:
        entry: dict[str, Any] = {
            "organization_id": str(story.town.branch),
            "kind": "skill_drill",
            "contest": "技术练兵",
        }
        entry |= {"is_passed": True, "held_on": "2025-03-01", "member_id": str(other_town.people[0])}
        stranger = await story.town.secretary.post("/contest-results", entry)
        entry["member_id"] = str(story.town.people[1])
        future = await story.town.secretary.post("/contest-results", {**entry, "held_on": "2025-03-04"})

        assert (stranger.json()["code"], future.json()["code"]) == ("not-of-the-organization", "day-to-come")
