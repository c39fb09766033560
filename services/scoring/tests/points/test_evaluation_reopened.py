"""A confirmed month, opened again by the superior: what it earned goes back, and follows its next confirmation."""

from typing import Any

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from services.scoring.tests.conftest import Client, District, People
from services.scoring.tests.points.test_claims import confirmed, decided, filed, opened
from services.scoring.tests.points.test_corrections import standing

pytestmark = pytest.mark.anyio
REASON = "把两个月的记录弄混了"


async def graded(client: Client, evaluation: dict[str, Any], **grades: str) -> dict[str, Any]:
    path = f"/monthly-evaluations/{evaluation['id']}/grades"
    given = [{"member_id": member, "grade": grade} for member, grade in grades.items()]
    answer = await client.put(path, {"grades": given}, version=evaluation["version"])
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def reopened(client: Client, evaluation: dict[str, Any], reason: str = REASON) -> Any:
    path = f"/monthly-evaluations/{evaluation['id']}/reopening"
    return await client.post(path, {"reason": reason}, If_Match=f'"{evaluation["version"]}"')


async def judged(people: People) -> tuple[dict[str, Any], str]:
    """March, with one claim agreed to and the member graded good; confirmed."""
    claim = await filed(people.member, people.member_id)
    evaluation = await opened(people)
    evaluation = (await decided(people.secretary, evaluation, {"claim_id": claim, "decision": "confirm"})).json()
    evaluation = await graded(people.secretary, evaluation, **{str(people.member_id): "good"})
    return (await confirmed(people.secretary, evaluation, None)).json(), claim


async def visited(people: People) -> None:
    for day in range(25, 32):
        entry = {"practised_on": f"2025-03-{day}", "kind": "visit", "content": "走访"}
        assert (await people.member.post("/diary-entries", entry)).status_code == 201


class TestConfirmationWithNobodyGraded:
    async def test_warns_and_needs_a_stated_reason_that_is_kept_and_told(
        self, district: District, people: People
    ) -> None:
        evaluation = await opened(people)

        silent = await confirmed(people.secretary, evaluation, None)
        stated = (await confirmed(people.secretary, evaluation, "全员外出务工,当月无活动")).json()

        assert (silent.status_code, silent.json()["code"]) == (409, "nobody-graded")
        assert [silent.json()["detail"]] == evaluation["warnings"]
        assert "ungraded_reason" in silent.json()["detail"]
        assert (stated["ungraded_reason"], stated["warnings"]) == ("全员外出务工,当月无活动", [])
        [told] = await district.events("scoring.monthly_evaluation.confirmed.v1")
        assert told["ungraded_reason"] == "全员外出务工,当月无活动"

    async def test_keeps_none_once_somebody_is_graded(self, people: People) -> None:
        evaluation = await graded(people.secretary, await opened(people), **{str(people.member_id): "good"})

        answer = (await confirmed(people.secretary, evaluation, "多余的原因")).json()

        assert (evaluation["warnings"], answer["state"], answer["ungraded_reason"]) == ([], "confirmed", None)


class TestReopening:
    async def test_is_the_superiors_and_asks_for_the_version_read(self, people: People) -> None:
        evaluation = await opened(people)
        early = await reopened(people.town_officer, evaluation)
        done = (await confirmed(people.secretary, evaluation)).json()

        unread = await people.town_officer.post(f"/monthly-evaluations/{done['id']}/reopening", {"reason": REASON})
        answers = [
            await reopened(people.secretary, done),
            await reopened(people.other_town_officer, done),
            await reopened(people.town_officer, {**done, "version": done["version"] - 1}),
            await reopened(people.town_officer, done),
        ]

        assert early.json()["code"] == "evaluation-not-confirmed"
        assert unread.status_code == 428
        assert [one.status_code for one in answers] == [403, 404, 412, 201]
        seen = [
            (await one.get(f"/monthly-evaluations/{done['id']}")).json()
            for one in (people.town_officer, people.secretary)
        ]
        assert [one["permissions"]["may_confirm"] for one in seen] == [True, True]

    async def test_is_not_for_an_officer_of_the_branch_itself(self, people: People) -> None:
        """A town's own month is the district's to open again."""
        plan = {"organization_id": str(people.town), "month": "2025-03"}
        own = (await people.town_officer.post("/monthly-evaluations", plan)).json()
        done = (await confirmed(people.town_officer, own)).json()

        answers = [await reopened(one, done) for one in (people.town_officer, people.district_officer)]

        assert [one.status_code for one in answers] == [403, 201]
        assert answers[0].json()["code"] == "only-the-superior-reopens"

    async def test_keeps_its_reason_gives_new_days_and_tells(self, district: District, people: People) -> None:
        done, claim = await judged(people)
        await district.clock("2025-06-03T10:00:00")

        answer = (await reopened(people.town_officer, done)).json()

        assert (answer["state"], answer["confirmed_at"], answer["confirmations"]) == ("open", None, 1)
        assert (answer["reopening_reason"], answer["reopened_on"]) == (REASON, "2025-06-03")
        assert answer["due_on"] == "2025-06-13"
        [told] = await district.events("scoring.monthly_evaluation.reopened.v1")
        assert (told["reopening_reason"], told["due_on"], told["revision"]) == (REASON, "2025-06-13", 2)
        assert [one["id"] for one in await district.events("scoring.claim.reopened.v1")] == [claim]
        assert (await people.member.get(f"/claims/{claim}")).json()["state"] == "pending"
        history = (await people.secretary.get(f"/monthly-evaluations/{done['id']}/history")).json()
        assert history[-1]["type"] == "scoring.monthly_evaluation.reopened.v1"


class TestPointsOfAReopenedMonth:
    async def test_go_back_and_follow_the_next_confirmation(self, district: District, people: People) -> None:
        """One claim is refused after all, one grade falls and another rises; the demonstration point's stay."""
        point = {"organization_id": str(people.branch), "level": "city", "valid_from": "2019-05-01", "valid_to": None}
        await district.tell("registry.demonstration_point.changed.v1", people.branch, point)
        await visited(people)
        done, claim = await judged(people)
        await district.follow_own_events()
        assert await standing(district, people.member_id) == {"M48": "0.50", "M24": "0.25", "M42": "0.25"}

        open_again = (await reopened(people.town_officer, done)).json()
        assert await standing(district, people.member_id) == {"M24": "0.25", "M42": "0.25"}
        await district.follow_own_events()
        assert await standing(district, people.member_id) == {}
        assert (await people.member.get(f"/balances/{people.member_id}")).json()["points_total"] == "0.00"

        refusal = {"claim_id": claim, "decision": "refuse", "reason": "佐证不足"}
        open_again = (await decided(people.secretary, open_again, refusal)).json()
        grades = {str(people.member_id): "poor", str(people.colleague_id): "good"}
        open_again = await graded(people.secretary, open_again, **grades)
        done = (await confirmed(people.secretary, open_again, None)).json()
        await district.follow_own_events()

        assert (done["state"], done["confirmations"]) == ("confirmed", 2)
        assert await standing(district, people.member_id) == {"M24": "0.25"}
        assert await standing(district, people.colleague_id) == {"M42": "0.25"}
        assert await standing(district, people.branch) == {"O57": "2.00"}
        assert len(await district.entries(people.branch)) == 1
        assert [one["revision"] for one in await district.events("scoring.monthly_evaluation.confirmed.v1")] == [
            None,
            3,
        ]
        for one in (people.member_id, people.colleague_id, people.branch):
            shown = (await people.town_officer.get(f"/balances/{one}/verification", year=2025)).json()
            assert shown["is_consistent"]

    async def test_come_to_the_same_when_all_is_read_at_the_end(self, district: District, people: People) -> None:
        await visited(people)
        done, _ = await judged(people)
        for _ in range(2):
            open_again = (await reopened(people.town_officer, done)).json()
            done = (await confirmed(people.secretary, open_again, None)).json()

        await district.follow_own_events()

        assert await standing(district, people.member_id) == {"M48": "0.50", "M24": "0.25", "M42": "0.25"}
        assert done["confirmations"] == 3

    async def test_are_reversed_entry_by_entry(self, district: District, people: People) -> None:
        done, claim = await judged(people)

        open_again = (await reopened(people.town_officer, done)).json()
        await confirmed(people.secretary, open_again, None)

        query = text("SELECT source_ref, granted::text FROM ledger_entries WHERE indicator_code = 'M48' ORDER BY id")
        async with app_transaction(district.app) as db:
            entries = [tuple(one) for one in await db.execute(query)]
        assert [points for _, points in entries] == ["0.50", "-0.50", "0.50"]
        assert (entries[0][0], entries[2][0]) == (claim, f"{claim}/r3")

    async def test_are_earned_by_a_diary_that_may_be_written_again(self, district: District, people: People) -> None:
        done, _ = await judged(people)
        entry = {"practised_on": "2025-03-31", "kind": "visit", "content": "走访"}
        closed = await people.member.post("/diary-entries", entry)
        open_again = (await reopened(people.town_officer, done)).json()

        written = await people.member.post("/diary-entries", entry)
        await confirmed(people.secretary, open_again, None)
        await district.follow_own_events()

        assert (closed.json()["code"], written.status_code) == ("diary-month-evaluated", 201)
        assert (await standing(district, people.member_id))["M24"] == "0.25"
