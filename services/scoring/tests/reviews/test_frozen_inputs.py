"""What a rating looks at: frozen once, read anew only for an upheld objection, cut at the cycle's period."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from kit.database import app_transaction
from scoring.points.claims.models import Claim, ClaimState, Decision
from scoring.points.indicators.models import Catalogue, Indicator
from scoring.points.ledger.service import Booking, record
from scoring.subjects import SubjectKind

pytestmark = pytest.mark.anyio


async def booked(stage: Any, subject: UUID, day: date, source: str, ref: str, code: str = "M15") -> None:
    async with app_transaction(stage.district.app) as db:
        standard = select(Catalogue.id).where(Catalogue.root_id.is_(None), Catalogue.subject_kind == SubjectKind.MEMBER)
        indicator = select(Indicator).where(
            Indicator.catalogue_id == standard.scalar_subquery(), Indicator.code == code
        )
        item = (await db.scalars(indicator)).one()
        booking = Booking(
            subject_kind=SubjectKind.MEMBER,
            subject_id=subject,
            root_id=stage.district.root,
            catalogue_id=item.catalogue_id,
            indicator_code=code,
            cadence=item.cadence,
            annual_cap=item.annual_cap,
            requested=item.points,
            occurred_on=day,
            source=source,
            source_ref=ref,
        )
        await record(db, [booking])


async def claimed(stage: Any, subject: UUID) -> str:
    """A claim of 2025 the branch has agreed to, filed at this moment and not booked yet."""
    async with app_transaction(stage.district.app) as db:
        catalogue = await db.scalar(text("SELECT id FROM catalogues WHERE subject_kind = 'member'"))
        claim = Claim(
            root_id=stage.district.root,
            organization_id=stage.branch,
            subject_kind=SubjectKind.MEMBER,
            subject_id=subject,
            catalogue_id=catalogue,
            indicator_code="M15",
            occurred_on=date(2025, 12, 20),
            description="建议被采纳",
            state=ClaimState.CONFIRMED,
            decision=Decision.CONFIRM,
            decided_by=subject,
            claimed_by=subject,
        )
        db.add(claim)
        await db.flush()
        return str(claim.id)


async def entries_of(stage: Any, subject: UUID) -> list[dict[str, Any]]:
    return list((await stage.town_officer.get("/entries", subject_id=str(subject), limit=200))["items"])


async def objected(stage: Any, subject: UUID) -> str:
    told = {"review_id": stage.review_id, "subject_id": str(subject), "content": "积分漏计"}
    return str((await stage.members[2].post("/objections", told))["id"])


async def upheld(stage: Any, subject: UUID, *parts: str, set_aside: Sequence[str] = ()) -> None:
    objection = await objected(stage, subject)
    decision = {"upheld": True, "reply": "属实", "parts": list(parts), "set_aside": list(set_aside)}
    await stage.secretary.post(f"/objections/{objection}/decision", decision)


class TestAnUpheldObjection:
    async def test_about_performance_reads_the_ledger_as_it_stands_but_for_late_claims(self, stage: Any) -> None:
        subject, day = stage.ids[5], date(2025, 12, 20)
        await stage.earn([subject], 0.25)
        await stage.open()
        early = await claimed(stage, subject)
        await stage.until("publicise")
        late = await claimed(stage, subject)
        before = Decimal((await stage.result(subject))["entries_sum"])
        for claim in (early, late, f"{late}/r3"):
            await booked(stage, subject, day, "scoring.claim", claim)
        await booked(stage, subject, day, "training.meeting", "late-meeting", "M42")
        wrong = next(one for one in await entries_of(stage, subject) if one["indicator_code"] == "M12")
        await stage.town_officer.post(f"/entries/{wrong['id']}/reversal", {"reason": "误记"})

        await upheld(stage, subject, "performance")

        after = await stage.result(subject)
        points = Decimal(after["explanation"]["parts"]["performance"]["points"])
        assert points == before + Decimal("0.5") + Decimal("0.25") - Decimal(wrong["granted"])
        assert Decimal(after["entries_sum"]) == points
        assert not [one for one in after["entries"] if one["source_ref"].startswith(late)]

    async def test_lets_no_late_claim_in_by_its_reversal_either(self, stage: Any) -> None:
        subject = stage.ids[5]
        await stage.earn([subject], 0.25)
        await stage.open()
        await stage.until("publicise")
        before = (await stage.result(subject))["entries_sum"]
        await booked(stage, subject, date(2025, 12, 20), "scoring.claim", await claimed(stage, subject))
        entry = (await entries_of(stage, subject))[0]
        await stage.town_officer.post(f"/entries/{entry['id']}/reversal", {"reason": "误记"})

        objection = await objected(stage, subject)
        decision = {"upheld": True, "reply": "属实", "parts": ["performance"]}
        refused = await stage.secretary.refused(f"/objections/{objection}/decision", decision)

        assert refused == (409, "objection-changes-nothing")
        after = await stage.result(subject)
        assert after["entries_sum"] == after["explanation"]["parts"]["performance"]["points"] == before

    async def test_about_something_else_leaves_the_points_as_frozen(self, stage: Any) -> None:
        subject = stage.ids[5]
        await stage.earn([subject], 0.25)
        await stage.open()
        await stage.until("publicise")
        before = await stage.result(subject)
        await stage.earn([subject], 0.5)

        await upheld(stage, subject, set_aside=["attendance"])

        after = await stage.result(subject)
        assert (after["revision"], after["performance"]) == (2, before["performance"])
        assert after["entries"] == before["entries"]


class TestAnotherPeriodThanTheCalendarYear:
    async def test_counts_what_happened_in_it_and_its_reversals_whenever_made(self, stage: Any) -> None:
        subject = stage.ids[1]
        days = {
            "out": date(2025, 6, 30),
            "first": date(2025, 7, 1),
            "last": date(2026, 2, 28),
            "wrong": date(2025, 8, 1),
        }
        for name, day in days.items():
            await booked(stage, subject, day, "test", name)
        listed = {one["source_ref"]: one["id"] for one in await entries_of(stage, subject)}
        for name in ("wrong", "out"):
            await stage.town_officer.post(f"/entries/{listed[name]}/reversal", {"reason": "误记"})
        await stage.open(period_from="2025-07-01", period_to="2026-02-28")
        await stage.until("compare")

        found = await stage.result(subject)

        assert found["explanation"]["parts"]["performance"]["points"] == found["entries_sum"] == "1.00"
        assert [one["source_ref"] for one in found["entries"] if one["source"] == "test"] == ["first", "last", "wrong"]
        assert found["explanation"]["period"] == ["2025-07-01", "2026-02-28"]

    async def test_must_be_over_before_the_review_leaves_practice(self, stage: Any) -> None:
        await stage.open(period_from="2025-07-01", period_to="2026-03-02")
        await stage.until("practise")
        assert await stage.advance_refused("report") == (409, "step-not-finished")

        await stage.district.clock("2026-03-03T00:00:30")

        assert (await stage.advance("report"))["state"] == "report"

    async def test_takes_the_attendance_of_its_own_days(self, stage: Any) -> None:
        await stage.open(period_from="2025-03-11", period_to="2025-12-31")
        await stage.until("compare")

        assert (await stage.result(stage.ids[0]))["attendance"] is None
