"""Claims by hand: filed, judged once by the branch, booked once."""

import asyncio
import resource
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from services.scoring.tests.conftest import Client, District, People

pytestmark = pytest.mark.anyio


def claim_of(subject: object, **changes: Any) -> dict[str, Any]:
    return {
        "subject_kind": "member",
        "subject_id": str(subject),
        "indicator_code": "M48",
        "occurred_on": "2025-03-12",
        "description": "宣传稿件被采用",
        **changes,
    }


async def filed(client: Client, subject: object, **changes: Any) -> str:
    answer = await client.post("/claims", claim_of(subject, **changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def opened(people: People, month: str = "2025-03") -> dict[str, Any]:
    new = {"organization_id": str(people.branch), "month": month}
    answer = await people.secretary.post("/monthly-evaluations", new)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def decided(client: Client, evaluation: dict[str, Any], *decisions: dict[str, Any]) -> Any:
    path = f"/monthly-evaluations/{evaluation['id']}/decisions"
    return await client.put(path, {"decisions": list(decisions)}, version=evaluation["version"])


async def confirmed(client: Client, evaluation: dict[str, Any], reason: str | None = "本月不评等次") -> Any:
    """Nobody is graded in most of these tests."""
    path = f"/monthly-evaluations/{evaluation['id']}/confirmation"
    return await client.post(path, {"ungraded_reason": reason}, If_Match=f'"{evaluation["version"]}"')


class TestClaim:
    async def test_is_refused_to_strangers(self, people: People) -> None:
        assert (await people.stranger.post("/claims", claim_of(people.member_id))).status_code == 401

    async def test_tells_who_changed_its_state_to_what(self, people: People) -> None:
        claim = await filed(people.member, people.member_id)
        await people.member.post(f"/claims/{claim}/withdrawal", If_Match='"1"')

        path = f"/claims/{claim}/history"
        lines = (await people.member.get(path)).json()["items"]
        told = {one["title"]: (one["old"], one["new"], one["version"]) for one in lines}
        assert told["状态"] == ("待评价", "已撤回", 2)
        assert {one["changed_by_name"] for one in lines} == {lines[0]["changed_by_name"]} != {None}
        assert (await people.colleague.get(path)).status_code == 404

    async def test_is_refused_for_anybody_else(self, people: People) -> None:
        answer = await people.colleague.post("/claims", claim_of(people.member_id))

        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"indicator_code": "M01"}, "indicator-not-claimable"),
            ({"indicator_code": "M99"}, "indicator-not-claimable"),
            ({"occurred_on": "2025-04-01"}, "claim-day-out-of-range"),
            ({"occurred_on": "2024-12-31"}, "claim-day-out-of-range"),
            ({"evidence_ids": [str(uuid4())]}, "unknown-evidence"),
            ({"points": "5"}, "invalid-input"),
        ],
    )
    async def test_is_refused_when_it_cannot_be_true(self, people: People, changes: dict[str, Any], code: str) -> None:
        answer = await people.member.post("/claims", claim_of(people.member_id, **changes))

        assert (answer.status_code, answer.json()["code"]) == (422, code)

    async def test_of_last_year_is_taken_until_the_grace_is_over(self, district: District, people: People) -> None:
        await district.clock("2026-01-31T23:00:00")
        in_time = await people.member.post("/claims", claim_of(people.member_id, occurred_on="2025-12-30"))
        await district.clock("2026-02-01T00:30:00")
        late = await people.member.post("/claims", claim_of(people.member_id, occurred_on="2025-12-30"))

        assert (in_time.status_code, late.status_code) == (201, 422)

    async def test_earns_nothing_before_it_was_confirmed(self, district: District, people: People) -> None:
        await filed(people.member, people.member_id)

        assert await district.entries(people.member_id) == []

    async def test_can_be_withdrawn_by_its_author_only_and_only_undecided(self, people: People) -> None:
        claim = await filed(people.member, people.member_id)

        hidden = await people.secretary.post(f"/claims/{claim}/withdrawal", If_Match='"7"')
        withdrawn = await people.member.post(f"/claims/{claim}/withdrawal", If_Match='"1"')
        stale = await people.member.post(f"/claims/{claim}/withdrawal", If_Match='"1"')
        again = await people.member.post(f"/claims/{claim}/withdrawal", If_Match='"2"')

        assert (hidden.status_code, withdrawn.json()["state"]) == (404, "withdrawn")
        assert (stale.status_code, again.status_code) == (412, 409)

    async def test_shows_evidence_by_a_link_that_expires(self, people: People) -> None:
        uploaded = await people.member.upload("证明.pdf", PDF)
        await filed(people.member, people.member_id, evidence_ids=[uploaded.json()["id"]])

        lent = (await people.secretary.get(f"/files/{uploaded.json()['id']}/link")).json()
        content = await people.stranger.http.get(lent["href"])
        forged = await people.stranger.http.get(lent["href"].replace("expires=1", "expires=2"))
        renamed = await people.stranger.http.get(lent["href"].replace(".pdf", ".exe").replace(".exe?", ".pdf?"))
        elsewhere = await people.other_town_officer.get(f"/files/{uploaded.json()['id']}/link")

        assert (content.content, renamed.status_code, elsewhere.status_code) == (PDF, 404, 404)
        assert forged.status_code == 404
        assert content.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{quote('证明.pdf')}"

    async def test_says_that_the_disk_is_full_and_keeps_no_half_of_a_file(self, people: People) -> None:
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, usual[1]))
        try:
            answer = await people.member.upload("证明.pdf", PDF + bytes(500_000) + PDF)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)

        assert (answer.status_code, answer.json()["code"]) == (507, "storage-full")
        assert (await people.member.upload("证明.pdf", PDF + bytes(500_000) + PDF)).status_code == 201

    async def test_takes_no_evidence_that_is_not_what_it_says(self, people: People) -> None:
        answer = await people.member.upload("证明.png", PDF)

        assert (answer.status_code, answer.json()["code"]) == (422, "file-refused")


class TestMonthlyEvaluation:
    async def test_is_refused_before_the_month_is_over(self, people: People) -> None:
        new = {"organization_id": str(people.branch), "month": "2025-04"}

        assert (await people.secretary.post("/monthly-evaluations", new)).json()["code"] == "month-not-over"

    async def test_is_refused_twice_and_to_members_and_elsewhere(self, people: People) -> None:
        new = {"organization_id": str(people.branch), "month": "2025-03"}
        await opened(people)

        answers = [await one.post("/monthly-evaluations", new) for one in (people.secretary, people.member)]
        hidden = await people.other_town_officer.post("/monthly-evaluations", new)

        assert [one.status_code for one in answers] == [409, 403]
        assert hidden.status_code == 404

    async def test_cannot_be_confirmed_with_a_claim_undecided(self, people: People) -> None:
        await filed(people.member, people.member_id)

        answer = await confirmed(people.secretary, await opened(people))

        assert (answer.status_code, answer.json()["code"]) == (409, "claims-undecided")

    async def test_lets_nobody_decide_on_their_own_claim(self, people: People) -> None:
        own = await filed(people.secretary, people.secretary_id)
        of_branch = await filed(people.secretary, people.branch, subject_kind="organization", indicator_code="O39")
        evaluation = await opened(people)

        refused = [
            await decided(people.secretary, evaluation, {"claim_id": one, "decision": "confirm"})
            for one in (own, of_branch)
        ]
        accepted = await decided(
            people.deputy,
            evaluation,
            {"claim_id": own, "decision": "confirm"},
            {"claim_id": of_branch, "decision": "confirm"},
        )

        assert [one.json()["code"] for one in refused] == ["own-claim", "own-claim"]
        assert accepted.status_code == 200

    async def test_refuses_a_refusal_without_a_reason_and_a_foreign_claim(self, people: People) -> None:
        claim = await filed(people.member, people.member_id)
        evaluation = await opened(people)

        silent = await decided(people.secretary, evaluation, {"claim_id": claim, "decision": "refuse"})
        foreign = await decided(people.secretary, evaluation, {"claim_id": str(uuid4()), "decision": "confirm"})

        assert (silent.status_code, foreign.json()["code"]) == (422, "claim-not-in-evaluation")

    @pytest.mark.feature("S02")
    async def test_books_what_it_confirmed_and_never_what_it_refused(self, district: District, people: People) -> None:
        good, bad = await filed(people.member, people.member_id), await filed(people.colleague, people.colleague_id)
        evaluation = await opened(people)
        refusal = {"claim_id": bad, "decision": "refuse", "reason": "佐证不足"}
        changed = await decided(people.secretary, evaluation, {"claim_id": good, "decision": "confirm"}, refusal)

        answer = await confirmed(people.secretary, changed.json())
        again = await confirmed(people.secretary, answer.json())

        assert (answer.json()["state"], again.json()["code"]) == ("confirmed", "evaluation-confirmed")
        assert await district.entries(people.member_id) == [("M48", "2025", "0.50")]
        assert await district.entries(people.colleague_id) == []
        assert (await people.colleague.get(f"/claims/{bad}")).json()["state"] == "refused"
        assert len(await district.events("scoring.claim.confirmed.v1")) == 1

    async def test_scores_once_when_it_is_confirmed_twice_at_once(self, district: District, people: People) -> None:
        claim = await filed(people.member, people.member_id)
        evaluation = await opened(people)
        ready = (await decided(people.secretary, evaluation, {"claim_id": claim, "decision": "confirm"})).json()

        answers = await asyncio.gather(*(confirmed(one, ready) for one in (people.secretary, people.deputy) * 2))

        assert sorted(one.status_code for one in answers) == [200, 409, 409, 409]
        assert len(await district.entries(people.member_id)) == 1

    async def test_grades_earn_by_its_own_event(self, district: District, people: People) -> None:
        evaluation = await opened(people)
        path = f"/monthly-evaluations/{evaluation['id']}/grades"
        grades = [
            {"member_id": str(people.member_id), "grade": "good"},
            {"member_id": str(people.colleague_id), "grade": "poor"},
        ]
        own = [{"member_id": str(people.secretary_id), "grade": "good"}]

        refused = await people.secretary.put(path, {"grades": own}, version=evaluation["version"])
        graded = await people.secretary.put(path, {"grades": grades}, version=evaluation["version"])
        await confirmed(people.secretary, graded.json())
        await district.follow_own_events()
        await district.follow_own_events()

        assert refused.json()["code"] == "own-grade"
        assert await district.entries(people.member_id) == [("M42", "2025-M03", "0.25")]
        assert await district.entries(people.colleague_id) == []

    async def test_takes_up_a_late_claim_the_month_after(self, district: District, people: People) -> None:
        await confirmed(people.secretary, await opened(people))
        late = await filed(people.member, people.member_id)
        await district.clock("2025-04-30T20:00:00")

        evaluation = await opened(people, "2025-04")

        assert [one["id"] for one in evaluation["claims"]] == [late]

    async def test_keeps_a_demonstration_point(self, district: District, people: People) -> None:
        data = {"organization_id": str(people.branch), "level": "city", "valid_from": "2019-05-01", "valid_to": None}
        await district.tell("registry.demonstration_point.changed.v1", people.branch, data)

        await confirmed(people.secretary, await opened(people))
        await district.follow_own_events()

        assert await district.entries(people.branch) == [("O57", "2025", "2.00")]

    async def test_tells_its_history(self, people: People) -> None:
        evaluation = await opened(people)

        history = (await people.secretary.get(f"/monthly-evaluations/{evaluation['id']}/history")).json()

        assert [one["type"] for one in history] == ["scoring.monthly_evaluation.opened.v1"]

    async def test_leaves_the_sums_of_the_workflow_equal_to_the_ledger(
        self, district: District, people: People
    ) -> None:
        claims = [await filed(people.member, people.member_id, occurred_on=f"2025-03-{day:02}") for day in range(1, 7)]
        evaluation = await opened(people)
        decisions = [{"claim_id": one, "decision": "confirm"} for one in claims]
        await confirmed(people.secretary, (await decided(people.secretary, evaluation, *decisions)).json())

        balance = (await people.member.get(f"/balances/{people.member_id}")).json()
        async with app_transaction(district.app) as db:
            summed = await db.scalar(text("SELECT sum(granted)::text FROM ledger_entries"))

        assert (balance["points_total"], summed) == ("1.00", "1.00")


PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000052 00000 n \n"
    b"trailer<</Size 3/Root 1 0 R>>\nstartxref\n101\n%%EOF\n"
)
