"""Nobody decides on themselves: every operation that `self_cases.csv` refuses, tried on oneself."""

from typing import Any

import httpx2
import pytest

from services.training.tests.district import Client, Hold, SignIn, Town
from services.training.tests.meetings.test_make_ups import made_up
from tests.support.self_cases import refused_in

pytestmark = pytest.mark.anyio
Answers = dict[str, tuple[int, str]]
OWN = (403, "own-case")


def told(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def on_own_provision(town: Town, callers: list[Client]) -> Answers:
    item = {"organization_id": str(town.branch), "name": "维修", "provider_ids": [str(town.people[0])], "form": "上门"}
    made = await town.secretary.post("/service-items", {**item, "time": "周六", "notice": "预约"})
    report = {"service_item_id": made.json()["id"], "member_id": str(town.people[0]), "provided_on": "2025-03-10"}
    provided = await town.secretary.post("/service-provisions", {**report, "helped": 1, "content": "维修"})
    path, good, answers = f"/service-provisions/{provided.json()['id']}", {"rating": "good"}, {}
    for caller in callers:
        answers["confirm_service_provision"] = told(await caller.post(f"{path}/confirmation", good, If_Match='"1"'))
        answers["correct_service_provision"] = told(await caller.patch(path, {"helped": 9}, If_Match='"1"'))
        assert set(answers.values()) == {OWN}
    assert (await town.officer.post(f"{path}/confirmation", good, If_Match='"1"')).status_code == 201
    return answers


async def on_own_result(town: Town, sign_in: SignIn) -> Answers:
    """Whoever sat the exam holds an office above as well, from which they see its results."""
    common, person = {"organization_id": str(town.branch)}, town.people[2]
    question = {**common, "topic": "党章", "kind": "true_false", "text": "对不对", "answers": "对"}
    await town.officer.post("/questions", question)
    window = {"opens_at": "2025-03-20T08:00:00+08:00", "closes_at": "2025-03-20T18:00:00+08:00"}
    exam = (await town.officer.post("/exams", {**common, "title": "测试", "questions": 1, **window})).json()["id"]
    member = await sign_in(("member", town.branch), person=person)
    sat = (await member.post(f"/exams/{exam}/attempts")).json()["attempt"]["id"]
    await member.post(f"/exam-attempts/{sat}/hand-in", If_Match='"1"')
    [result] = (await town.officer.get("/exam-results")).json()["items"]
    own = await sign_in(("town_officer", town.id), person=person)
    refused = await own.post(f"/exam-results/{result['id']}/void", {"reason": "代答"}, If_Match='"1"')
    assert told(refused) == OWN
    return {"void_exam_result": told(refused)}


async def on_own_contest(town: Town, callers: list[Client]) -> Answers:
    common, person = {"organization_id": str(town.branch)}, str(town.people[0])
    won: dict[str, Any] = {**common, "kind": "skill_drill", "contest": "练兵", "held_on": "2025-03-10"}
    won |= {"member_id": person, "is_passed": True}
    won_by = (await town.officer.post("/contest-results", won)).json()["id"]
    teams = [{"name": f"{one}组", "member_ids": [str(town.people[one])]} for one in (0, 1)]
    live = {**common, "title": "抢答", "held_on": "2025-03-20", "questions": 1, "smallest_team": 1, "teams": teams}
    contest = f"/live-contests/{(await town.officer.post('/live-contests', live)).json()['id']}"
    answers: Answers = {}
    for caller in callers:
        answers["create_contest_result"] = told(await caller.post("/contest-results", {**won, "contest": "比武"}))
        better = {"is_passed": True, "place": 1}
        answers["correct_contest_result"] = told(
            await caller.patch(f"/contest-results/{won_by}", better, If_Match='"1"')
        )
        answers["open_live_round"] = told(await caller.post(f"{contest}/rounds"))
        answers["finish_live_contest"] = told(await caller.post(f"{contest}/finish", If_Match='"1"'))
        assert set(answers.values()) == {OWN}
    asked = f"/live-rounds/{(await town.officer.post(f'{contest}/rounds')).json()['id']}"
    for caller in callers:
        answers["close_live_round"] = told(await caller.post(f"{asked}/closure", If_Match='"1"'))
        answers["judge_live_round"] = told(await caller.post(f"{asked}/judgement", {"is_right": True}, If_Match='"1"'))
        assert set(answers.values()) == {OWN}
    assert (await town.officer.post(f"{asked}/closure", If_Match='"1"')).status_code == 201
    return answers


class TestNobody:
    async def test_decides_on_themselves_in_any_operation_that_decides(
        self, town: Town, hold: Hold, sign_in: SignIn
    ) -> None:
        """Also through an office elsewhere: the town's officer is a member of the branch."""
        meeting = await hold(town.secretary, town.branch, town.people[1:])
        second = await sign_in(("town_officer", town.id), person=town.people[0])
        body, answers = made_up(meeting, town.people[0]), {}

        for caller in (town.secretary, second):
            answer = await caller.make_up(body)
            answers["record_make_up"] = (answer.status_code, answer.json()["code"])
            assert answers["record_make_up"] == (403, "own-case")

        assert (await town.officer.make_up(body)).status_code == 201
        answers |= await on_own_provision(town, [town.secretary, second])
        answers |= await on_own_result(town, sign_in)
        answers |= await on_own_contest(town, [town.secretary, second])
        assert answers.keys() == refused_in("training")
