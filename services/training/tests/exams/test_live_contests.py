"""34 branches, 80 people in eight teams, 100 questions, and a buzzer that has exactly one winner."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx2
import pytest

from services.training.tests.district import Client, District, SignIn, Town
from services.training.tests.exams.test_exams import RIGHT
from services.training.tests.exams.test_exams import Story as Bank

pytestmark = pytest.mark.anyio


@dataclass
class Story:
    district: District
    town: Town
    sign_in: SignIn
    people: list[UUID] = field(default_factory=list)
    homes: dict[UUID, UUID] = field(default_factory=dict)

    async def gather(self, branches: int, people: int) -> None:
        places = [await self.district.organization("branch", self.town.id) for _ in range(branches)]
        for number in range(people):
            home = places[number % branches]
            self.people.append(await self.district.member(home))
            self.homes[self.people[-1]] = home
        bank = Bank(self.district, self.town, self.sign_in)
        report = await bank.upload(RIGHT, caller=self.town.officer, organization_id=str(self.town.id))
        assert report.json()["imported"] == 110, report.text

    def body(self, teams: int, **changes: Any) -> dict[str, Any]:
        listed = [
            {"name": f"第{number + 1}组", "member_ids": [str(one) for one in self.people[number::teams]]}
            for number in range(teams)
        ]
        body = {"organization_id": str(self.town.id), "title": "安全知识竞赛", "held_on": "2025-03-03", "teams": listed}
        return {**body, **changes}

    async def contest(self, teams: int, **changes: Any) -> dict[str, Any]:
        made = await self.town.officer.post("/live-contests", self.body(teams, **changes))
        assert made.status_code == 201, made.text
        return dict(made.json())

    async def ask(self, contest: str) -> dict[str, Any]:
        opened = await self.town.officer.post(f"/live-contests/{contest}/rounds")
        assert opened.status_code == 201, opened.text
        return dict(opened.json())

    async def ask_and_close(self, contest: str) -> dict[str, Any]:
        asked = await self.ask(contest)
        assert (await self.step(asked["id"], "closure")).status_code == 201
        return asked

    async def contestant(self, number: int) -> Client:
        person = self.people[number]
        return await self.sign_in(("member", self.homes[person]), person=person)

    async def step(self, asked: str, step: str, body: Any = None) -> httpx2.Response:
        path = f"/live-rounds/{asked}"
        return await self.town.officer.post(f"{path}/{step}", body, If_Match=await self.town.officer.tag_of(path))


@pytest.fixture
async def story(district: District, town: Town, sign_in: SignIn) -> Story:
    await district.clock("2025-03-03T09:00:00")
    return Story(district, town, sign_in)


class TestLiveContest:
    @pytest.mark.feature("T16")
    async def test_of_34_branches_has_80_people_in_8_teams_of_10_and_100_questions(self, story: Story) -> None:
        await story.gather(34, 80)
        group = await story.district.organization("party_group", story.homes[story.people[0]])
        story.people[0] = await story.district.member(group)

        contest = await story.contest(8)

        found = {name: contest[name] for name in ("organizations", "people", "teams", "questions", "smallest_team")}
        assert found == {"organizations": 34, "people": 80, "teams": 8, "questions": 100, "smallest_team": 10}
        asked = [await story.ask_and_close(contest["id"]) for _ in range(3)]
        assert len({one["text"] for one in asked}) == 3

    @pytest.mark.feature("T16")
    async def test_refuses_a_team_of_nine_and_people_in_two_teams(self, story: Story) -> None:
        await story.gather(2, 19)
        body = story.body(2)
        doubled = [{**one, "member_ids": body["teams"][0]["member_ids"]} for one in body["teams"]]

        small = await story.town.officer.post("/live-contests", body)
        twice = await story.town.officer.post("/live-contests", {**body, "teams": doubled})

        assert (small.status_code, small.json()["code"]) == (422, "teams-mismatch")
        assert (twice.status_code, twice.json()["code"]) == (422, "teams-mismatch")


class TestBuzzer:
    @pytest.mark.feature("T16")
    async def test_pressed_by_eight_teams_at_the_same_moment_has_exactly_one_winner(self, story: Story) -> None:
        """By server time: whoever is first stands before all others."""
        await story.gather(8, 8)
        contest = await story.contest(8, smallest_team=1)
        players = [await story.contestant(number) for number in range(8)]
        for _ in range(3):
            asked = (await story.ask(contest["id"]))["id"]

            answers = await asyncio.gather(*(one.post(f"/live-rounds/{asked}/buzzes") for one in players))

            states = [one.json()["state"] for one in answers]
            assert sorted(states) == ["first", *["late"] * 7]
            listed = (await players[0].get("/live-buzzes", live_round_id=asked)).json()["items"]
            assert [one["state"] for one in listed] == ["first", *["late"] * 7]
            taken = (await players[0].get(f"/live-rounds/{asked}")).json()
            assert (taken["state"], taken["winner_id"]) == ("taken", listed[0]["live_team_id"])
            assert taken["right_answer"] is None
            await story.step(asked, "judgement", {"is_right": True})
        scores = (await players[0].get("/live-teams", live_contest_id=contest["id"])).json()["items"]
        assert sum(one["score"] for one in scores) == 30

    async def test_goes_to_another_team_after_a_wrong_answer(self, story: Story) -> None:
        await story.gather(2, 2)
        contest = await story.contest(2, smallest_team=1)
        one, two = await story.contestant(0), await story.contestant(1)
        asked = (await story.ask(contest["id"]))["id"]
        await one.post(f"/live-rounds/{asked}/buzzes")
        await two.post(f"/live-rounds/{asked}/buzzes")

        reopened = (await story.step(asked, "judgement", {"is_right": False})).json()
        again = await one.post(f"/live-rounds/{asked}/buzzes")
        first = await two.post(f"/live-rounds/{asked}/buzzes")
        twice = await two.post(f"/live-rounds/{asked}/buzzes")
        closed = (await story.step(asked, "judgement", {"is_right": True})).json()

        assert (reopened["state"], reopened["turn"], reopened["winner_id"]) == ("open", 2, None)
        assert (again.status_code, again.json()["code"]) == (409, "already-buzzed")
        assert (first.json()["state"], twice.json()["code"]) == ("first", "already-buzzed")
        assert (closed["state"], closed["right_answer"], closed["winner_name"]) == ("closed", "A", "第2组")
        late = await one.post(f"/live-rounds/{asked}/buzzes")
        assert late.json()["code"] == "live-round-not-open"

    async def test_is_for_contestants_and_led_by_somebody_else(self, story: Story) -> None:
        await story.gather(2, 2)
        contest = await story.contest(2, smallest_team=1, questions=1)
        asked = (await story.ask(contest["id"]))["id"]
        outsider = await story.sign_in(("member", story.town.branch), person=story.town.people[1])
        own = await story.sign_in(("town_officer", story.town.id), person=story.people[0])
        under_way = await story.town.officer.post(f"/live-contests/{contest['id']}/rounds")

        hidden = await outsider.post(f"/live-rounds/{asked}/buzzes")
        judged = await own.post(f"/live-rounds/{asked}/judgement", {"is_right": True}, If_Match='"1"')
        early = await story.step(asked, "judgement", {"is_right": True})
        passed = await story.step(asked, "closure")
        used_up = await story.town.officer.post(f"/live-contests/{contest['id']}/rounds")
        finished = await story.town.officer.post(f"/live-contests/{contest['id']}/finish", If_Match='"2"')
        over = await story.town.officer.post(f"/live-contests/{contest['id']}/rounds")

        assert under_way.json()["code"] == "live-round-under-way"
        assert (hidden.status_code, hidden.json()["code"]) == (403, "not-a-contestant")
        assert (judged.status_code, judged.json()["code"]) == (403, "own-case")
        assert early.json()["code"] == "live-round-not-open"
        assert (passed.json()["state"], used_up.json()["code"]) == ("closed", "no-question-left")
        assert (finished.json()["state"], over.json()["code"]) == ("finished", "live-contest-over")
