"""A closed year is closed: once a result is final, its period takes no points and gives none back by itself."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from kit.database import app_transaction
from scoring.points.ledger.models import LedgerEntry
from scoring.points.ledger.service import Booking, correct
from scoring.subjects import SubjectKind
from services.scoring.tests.reviews.conftest import API, headers_of

pytestmark = pytest.mark.anyio
LATE_REASON = "审计发现漏记"


@pytest.fixture
async def final(stage: Any) -> Any:
    """The review of 2026 over the points of 2025, played to its end."""
    await stage.earn(stage.ids[:2], 0.2)
    await stage.open()
    await stage.until("final")
    return stage


async def points(stage: Any, subject: UUID) -> list[Any]:
    return [one for one in await stage.district.entries(subject) if one[1].startswith("2025")]


async def waiting(stage: Any, **query: Any) -> list[dict[str, Any]]:
    return list((await stage.town_officer.get("/withheld-points", **query))["items"])


async def meeting(stage: Any, day: str) -> None:
    people = [{"member_id": str(stage.ids[1]), "attended": True, "hours": "2"}]
    await stage.district.meeting(stage.branch, [], participants=people, held_on=day)


class TestLatePoints:
    @pytest.mark.parametrize(
        ("day", "withheld", "booked"),
        [("2024-12-31", 0, 0), ("2025-01-01", 1, 0), ("2025-12-31", 1, 0), ("2026-01-01", 0, 1)],
    )
    async def test_are_withheld_exactly_inside_the_period(
        self, final: Any, day: str, withheld: int, booked: int
    ) -> None:
        """No catalogue was in force in 2024, so that day earns nothing at all."""
        before = len(await final.district.entries(final.ids[1]))

        await meeting(final, day)

        assert len(await waiting(final, subject_id=str(final.ids[1]))) == withheld
        assert len(await final.district.entries(final.ids[1])) - before == booked
        told = await final.district.events("scoring.points.withheld.v1")
        assert [one["occurred_on"] for one in told] == [day] * withheld

    async def test_are_booked_by_the_superior_with_a_reason_naming_the_result(self, final: Any) -> None:
        before = await points(final, final.ids[1])
        await meeting(final, "2025-11-20")
        [late] = await waiting(final, subject_id=str(final.ids[1]))
        path, body = f"/withheld-points/{late['id']}/decision", {"decision": "booked", "reason": LATE_REASON}

        by_secretary = await final.secretary.refused(path, body)
        decided = await final.town_officer.post(path, body)
        again = await final.town_officer.refused(path, body, version=2)

        assert (by_secretary, again) == ((403, "forbidden"), (409, "withheld-points-decided"))
        assert (decided["state"], decided["reason"], decided["version"]) == ("booked", LATE_REASON, 2)
        assert [one["review_id"] for one in decided["affected_results"]] == [final.review_id]
        assert len(await points(final, final.ids[1])) == len(before) + 1
        [told] = await final.district.events("scoring.withheld_points.decided.v1")
        assert told["review_ids"] == [final.review_id]

    async def test_stay_out_when_the_superior_leaves_them(self, final: Any) -> None:
        before = await points(final, final.ids[1])
        await meeting(final, "2025-11-20")
        [late] = await waiting(final)

        await final.town_officer.post(
            f"/withheld-points/{late['id']}/decision", {"decision": "left", "reason": LATE_REASON}
        )

        assert await points(final, final.ids[1]) == before
        assert [one["state"] for one in await waiting(final, state="left")] == ["left"]

    async def test_corrected_once_more_wait_as_their_newest_revision(self, final: Any) -> None:
        async with app_transaction(final.district.app) as db:
            entry = (await db.scalars(select(LedgerEntry).where(LedgerEntry.subject_id == final.ids[0]).limit(1))).one()
            told = Booking(
                subject_kind=entry.subject_kind,
                subject_id=entry.subject_id,
                root_id=entry.root_id,
                catalogue_id=entry.catalogue_id,
                indicator_code=entry.indicator_code,
                cadence="year",
                annual_cap=entry.requested,
                requested=entry.requested / 2,
                occurred_on=date(2026, 2, 1),
                source=entry.source,
                source_ref=entry.source_ref,
            )
        before = await points(final, final.ids[0])
        for revision in (2, 3):
            async with app_transaction(final.district.app) as db:
                assert await correct(db, [told], revision=revision, today=date(2026, 4, 1)) == []

        assert await points(final, final.ids[0]) == before
        assert [(one["revision"], one["state"]) for one in await waiting(final, sort="requested")] == [
            (2, "replaced"),
            (3, "waiting"),
        ]


class TestReversal:
    async def test_in_a_final_period_is_the_superiors_and_names_the_result(self, final: Any) -> None:
        listed = await final.town_officer.get("/entries", subject_id=str(final.ids[0]), year=2025)
        path = f"/entries/{listed['items'][0]['id']}/reversal"

        reversed_ = await final.town_officer.post(path, {"reason": LATE_REASON})

        assert [one["review_id"] for one in reversed_["affected_results"]] == [final.review_id]

    async def test_outside_it_names_none(self, stage: Any) -> None:
        await stage.earn(stage.ids[:1], 0.2)
        listed = await stage.town_officer.get("/entries", subject_id=str(stage.ids[0]), year=2025)

        reversed_ = await stage.town_officer.post(
            f"/entries/{listed['items'][0]['id']}/reversal", {"reason": LATE_REASON}
        )

        assert reversed_["affected_results"] == []


class TestOwnOrganization:
    @pytest.mark.parametrize("holds", ["office", "post"])
    async def test_gives_back_no_points_by_its_own_officers(self, stage: Any, holds: str) -> None:
        """The town's officer, or somebody of the town's committee who acts for the district."""
        await stage.earn([stage.town], 0.1, SubjectKind.ORGANIZATION)
        person = await stage.district.member(stage.town)
        if holds == "post":
            post_id = uuid4()
            post = {"id": str(post_id), "member_id": str(person), "organization_id": str(stage.town)}
            terms = {"kind": "secretary", "valid_from": "2024-01-01", "valid_to": None, "is_current_record": True}
            await stage.district.tell("registry.post.changed.v1", post_id, post | terms)
        office = ("town_officer", stage.town) if holds == "office" else ("district_officer", stage.district.root)
        caller = await stage.make_caller(office, person=person)
        [entry, *_] = (await caller.get("/entries", subject_id=str(stage.town), year=2025))["items"]
        path, body = f"/entries/{entry['id']}/reversal", {"reason": LATE_REASON}

        assert await caller.refused(path, body) == (403, "own-entry")
        await stage.district_officer.post(path, body, expect=201)


class TestMonth:
    async def test_of_a_final_period_is_not_judged_any_more(self, final: Any) -> None:
        plan = {"organization_id": str(final.branch), "month": "2025-11", "late_reason": LATE_REASON}

        assert await final.town_officer.refused("/monthly-evaluations", plan) == (409, "period-final")

    async def test_opens_again_with_the_review(self, final: Any) -> None:
        version = await final.version()
        await final.town_officer.post(
            f"/reviews/{final.review_id}/reopen", {"to": "deliberate", "reason": "会议记录有误"}, version=version
        )
        plan = {"organization_id": str(final.branch), "month": "2025-11", "late_reason": LATE_REASON}

        await final.town_officer.post("/monthly-evaluations", plan, expect=201)

    @pytest.mark.parametrize(("claims_of_2025", "expected"), [(0, (201, None)), (1, (409, "period-final"))])
    async def test_is_not_opened_again_when_it_booked_into_a_final_period(
        self, stage: Any, claims_of_2025: int, expected: tuple[int, str | None]
    ) -> None:
        """January of the next year is not final; what it confirmed of December is."""
        await stage.district.clock("2026-01-31T09:00:00")
        claim = {"subject_kind": "member", "subject_id": str(stage.ids[1]), "indicator_code": "M48"}
        claim |= {"occurred_on": "2025-12-20", "description": "建议被采纳"}
        for _ in range(claims_of_2025):
            await stage.members[1].post("/claims", claim, expect=201)
        month = {"organization_id": str(stage.branch), "month": "2026-01"}
        path, version = await judged(stage, month)
        await stage.district.clock("2026-03-02T09:00:00")
        await stage.open()
        await stage.until("final")

        answer = await stage.town_officer.http.post(
            f"{API}{path}/reopening", json={"reason": LATE_REASON}, headers=headers_of(version)
        )

        assert (answer.status_code, answer.json().get("code")) == expected


async def judged(stage: Any, month: dict[str, str]) -> tuple[str, int]:
    """Every claim agreed to; where the month is, and its version."""
    opened = await stage.secretary.post("/monthly-evaluations", month, expect=201)
    path, version = f"/monthly-evaluations/{opened['id']}", opened["version"]
    decisions = [{"claim_id": one["id"], "decision": "confirm"} for one in opened["claims"]]
    if decisions:
        answer = await stage.secretary.http.put(
            f"{API}{path}/decisions", json={"decisions": decisions}, headers={"If-Match": f'"{version}"'}
        )
        version = answer.json()["version"]
    reason = {"ungraded_reason": "春节放假"}
    return path, (await stage.secretary.post(f"{path}/confirmation", reason, version=version))["version"]
