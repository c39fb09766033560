"""Ways to more points than were earned: second accounts, groups, two at once, the edges of a year."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from services.scoring.tests.conftest import District, People
from services.scoring.tests.points.test_catalogues import drafted, published
from services.scoring.tests.points.test_claims import claim_of, confirmed, decided, filed, opened

pytestmark = pytest.mark.anyio


@pytest.fixture
async def second_account(district: District, people: People, service_client: Any, issue_token: Any) -> Any:
    """The secretary, signed in again as an officer of the town."""
    from services.scoring.tests.conftest import Client

    token = issue_token(grants=[("town_officer", people.town)], person=people.secretary_id)
    async with service_client(district.app, token) as http:
        yield Client(http)


class TestAClaim:
    async def test_is_not_decided_by_its_author_with_another_account(self, people: People, second_account: Any) -> None:
        own = await filed(people.secretary, people.secretary_id)
        of_branch = await filed(people.secretary, people.branch, subject_kind="organization", indicator_code="O39")
        evaluation = await opened(people)

        answers = [
            await decided(second_account, evaluation, {"claim_id": one, "decision": "confirm"})
            for one in (own, of_branch)
        ]

        assert [one.json()["code"] for one in answers] == ["own-claim", "own-claim"]

    async def test_is_decided_once_among_parallel_decisions(self, people: People) -> None:
        claim = await filed(people.member, people.member_id)
        evaluation = await opened(people)
        refusal = {"claim_id": claim, "decision": "refuse", "reason": "佐证不足"}

        answers = await asyncio.gather(
            decided(people.secretary, evaluation, {"claim_id": claim, "decision": "confirm"}),
            decided(people.deputy, evaluation, refusal),
        )

        assert sorted(one.status_code for one in answers) == [200, 412]

    async def test_is_not_withdrawn_while_it_is_decided(self, people: People) -> None:
        claim = await filed(people.member, people.member_id)
        evaluation = await opened(people)

        decision, withdrawal = await asyncio.gather(
            decided(people.secretary, evaluation, {"claim_id": claim, "decision": "confirm"}),
            people.member.post(f"/claims/{claim}/withdrawal", If_Match='"2"'),
        )

        assert (decision.status_code, withdrawal.status_code) in {(200, 412), (422, 200)}

    async def test_of_a_party_group_is_referred_to_its_branch(self, district: District, people: People) -> None:
        group = await district.organization("party_group", people.branch)

        answer = await people.secretary.post(
            "/claims", claim_of(group, subject_kind="organization", indicator_code="O39")
        )

        assert (answer.status_code, answer.json()["code"]) == (422, "group-earns-nothing")

    async def test_for_organizations_elsewhere_answers_like_a_missing_one(self, people: People) -> None:
        elsewhere = claim_of(people.other_branch, subject_kind="organization", indicator_code="O39")

        assert (await people.secretary.post("/claims", elsewhere)).status_code == 404

    async def test_takes_no_evidence_of_others(self, people: People) -> None:
        from services.scoring.tests.points.test_claims import PDF

        theirs = (await people.colleague.upload("证明.pdf", PDF)).json()["id"]

        answer = await people.member.post("/claims", claim_of(people.member_id, evidence_ids=[theirs]))

        assert answer.json()["code"] == "unknown-evidence"

    @pytest.mark.parametrize(
        ("now", "occurred_on", "status"),
        [
            ("2025-12-31T23:59:00", "2025-12-31", 201),
            ("2025-12-31T23:59:00", "2026-01-01", 422),
            ("2026-01-01T00:01:00", "2026-01-01", 201),
            ("2026-01-01T00:01:00", "2025-12-31", 201),
            ("2026-01-01T07:59:00", "2026-01-01", 201),
            ("2026-01-01T00:01:00", "2024-12-31", 422),
        ],
    )
    async def test_turns_the_year_at_midnight_in_shanghai(
        self, district: District, people: People, now: str, occurred_on: str, status: int
    ) -> None:
        await district.clock(now)

        answer = await people.member.post("/claims", claim_of(people.member_id, occurred_on=occurred_on))

        assert answer.status_code == status


class TestAGroupsMembers:
    async def test_are_judged_by_their_branch_and_by_no_general_branch_above(
        self, district: District, people: People
    ) -> None:
        general = await district.organization("general_branch", people.town, parent_id=str(people.town))
        branch = await district.organization("branch", general, parent_id=str(general))
        group = await district.organization("party_group", branch, parent_id=str(branch))
        member = await district.member(group)

        async def judged(organization: UUID) -> int:
            new = {"organization_id": str(organization), "month": "2025-03"}
            evaluation = (await people.town_officer.post("/monthly-evaluations", new)).json()
            grades = {"grades": [{"member_id": str(member), "grade": "good"}]}
            path = f"/monthly-evaluations/{evaluation['id']}/grades"
            return int((await people.town_officer.put(path, grades, version=evaluation["version"])).status_code)

        assert (await judged(general), await judged(branch)) == (422, 200)


class TestPeriods:
    async def test_end_with_their_last_day(self, district: District, people: People) -> None:
        for day in ("2025-03-31", "2025-04-01", "2025-12-31", "2026-01-01"):
            await district.meeting(people.branch, [people.member_id], held_on=day)

        found = await district.entries(people.member_id)

        assert [(period, points) for _, period, points in found] == [
            ("2025-Q01", "0.50"), ("2025-Q02", "0.50"), ("2025-Q04", "0.50"), ("2026-Q01", "0.50"),
        ]  # fmt: skip


class TestAReversal:
    async def test_happens_once_among_parallel_ones(self, district: District, people: People) -> None:
        await district.meeting(people.branch, [people.member_id])
        entry = (await people.town_officer.get("/entries", subject_id=people.member_id)).json()["items"][0]["id"]

        answers = await asyncio.gather(
            *(one.post(f"/entries/{entry}/reversal", {"reason": "误记"})
              for one in (people.town_officer, people.district_officer) * 2)
        )  # fmt: skip

        assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
        assert len(await district.entries(people.member_id)) == 2


class TestACatalogue:
    async def test_is_published_once_among_parallel_publications(self, people: People) -> None:
        one, other = await drafted(people, "member"), await drafted(people, "member")

        same = await asyncio.gather(published(people, one), published(people, one))
        second = await published(people, other)

        assert sorted(answer.status_code for answer in same) == [200, 409]
        assert (second.status_code, second.json()["code"]) == (409, "catalogue-year-taken")


class TestAConfirmation:
    async def test_after_it_nothing_of_the_month_can_be_decided(self, people: People) -> None:
        claim = await filed(people.member, people.member_id)
        ready = (
            await decided(people.secretary, await opened(people), {"claim_id": claim, "decision": "confirm"})
        ).json()
        done = (await confirmed(people.secretary, ready)).json()

        again = await decided(people.deputy, done, {"claim_id": claim, "decision": "confirm"})

        assert again.json()["code"] == "evaluation-confirmed"
