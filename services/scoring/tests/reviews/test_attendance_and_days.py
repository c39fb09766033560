"""Copies and tables the review leans on."""

from typing import Any

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from kit.ids import uuid7
from scoring.reviews.ratings.statements.attendance import ATTENDANCE
from scoring.reviews.ratings.statements.subjects import SUBJECTS

pytestmark = pytest.mark.anyio


ATTENDED = text(f"WITH {SUBJECTS}, {ATTENDANCE} SELECT attended, expected FROM attendance")  # noqa: S608 - put together from the shipped parts


async def counted(stage: Any, member: Any) -> tuple[int, int]:
    """As the freeze of the review counts it."""
    async with app_transaction(stage.district.app) as db:
        found = await db.execute(ATTENDED, {"review_id": stage.review_id, "subject_id": member})
        row = found.one()
        return row[0], row[1]


class TestAttendance:
    async def test_is_counted_once_however_often_it_is_told(self, stage: Any) -> None:
        await stage.open()
        assert await counted(stage, stage.ids[0]) == (4, 4)
        event = await stage.district.meeting(stage.branch, [stage.ids[0]])

        await stage.district.tell_again(event)

        assert await counted(stage, stage.ids[0]) == (5, 5)

    async def test_counts_who_came_to_a_meeting_without_a_quorum(self, stage: Any) -> None:
        await stage.open()
        came, absent = stage.ids[0], stage.ids[1]
        before = await counted(stage, came), await counted(stage, absent)
        people = [{"member_id": str(came), "attended": True, "hours": "2"},
                  {"member_id": str(absent), "attended": False, "hours": "0"}]  # fmt: skip

        await stage.district.meeting(stage.branch, [], participants=people, is_valid=False)

        assert await counted(stage, came) == (before[0][0] + 1, before[0][1] + 1)
        assert await counted(stage, absent) == (before[1][0], before[1][1] + 1)

    async def test_leaves_out_a_class_of_those_who_were_no_members_yet(self, stage: Any) -> None:
        await stage.open()
        member = stage.ids[0]
        before, people = await counted(stage, member), [{"member_id": str(member), "attended": False, "hours": "0"}]

        await stage.district.meeting(
            stage.branch, [], participants=people, kind="class", class_kind="development", is_valid=True
        )
        assert await counted(stage, member) == before
        await stage.district.meeting(stage.branch, [], participants=people, kind="class", class_kind="central")

        assert await counted(stage, member) == (before[0], before[1] + 1)

    async def test_takes_a_make_up_before_or_after_its_meeting(self, stage: Any) -> None:
        await stage.open()
        meeting_id, member = uuid7(), stage.ids[1]
        made_up = {
            "meeting_id": str(meeting_id),
            "kind": "branch_assembly",
            "member_id": str(member),
            "organization_id": str(stage.branch),
            "held_on": "2025-06-02",
            "made_up_on": "2025-06-20",
            "hours": "2",
        }
        before = await counted(stage, member)
        await stage.district.tell("training.attendance.made_up.v1", uuid7(), made_up)
        people = [{"member_id": str(member), "attended": False, "hours": "0"}]

        await stage.district.meeting(stage.branch, [], meeting_id=str(meeting_id), participants=people)

        assert await counted(stage, member) == (before[0] + 1, before[1] + 1)


class TestWorkingDays:
    async def test_are_set_by_the_system_administrator_only(self, stage: Any) -> None:
        answer = await stage.district_officer.http.put(
            "/api/v1/scoring/working-days/2027-01-04", json={"is_working": True}
        )
        assert answer.status_code == 403
        administrator = await stage.make_caller(("system_administrator", stage.district.root))

        answer = await administrator.http.put("/api/v1/scoring/working-days/2027-01-04", json={"is_working": True})

        assert answer.json()["is_working"] is True
        year = await stage.secretary.get("/working-days", year=2026, with_total=True, limit=200, sort="-day")
        assert year["total"] == 365
        assert next(one for one in year["items"] if one["day"] == "2026-10-01")["is_working"] is False

    async def test_are_changed_by_who_knows_how_they_stand(self, stage: Any) -> None:
        administrator = await stage.make_caller(("system_administrator", stage.district.root))
        day = "/api/v1/scoring/working-days/2026-10-10"

        blind = await administrator.http.put(day, json={"is_working": False})
        changed = await administrator.http.put(day, json={"is_working": False}, headers={"If-Match": '"1"'})
        stale = await administrator.http.put(day, json={"is_working": True}, headers={"If-Match": '"1"'})
        unknown = await administrator.http.put(
            "/api/v1/scoring/working-days/2027-01-05", json={"is_working": True}, headers={"If-Match": '"1"'}
        )

        assert (blind.status_code, changed.headers["etag"], stale.status_code) == (428, '"2"', 412)
        assert unknown.status_code == 412

    async def test_unknown_stop_a_notice_by_name(self, stage: Any) -> None:
        await stage.open()
        await stage.until("compare")
        await stage.district.clock("2026-12-30T09:00:00")

        assert await stage.advance_refused("publicise") == (409, "working-days-unknown")

    async def test_of_a_whole_year_let_a_notice_run_over_new_year(self, stage: Any) -> None:
        await stage.open()
        await stage.until("compare")
        await stage.district.clock("2026-12-30T09:00:00")
        administrator = await stage.make_caller(("system_administrator", stage.district.root))
        new_year = {"exceptions": [{"day": "2027-01-01", "is_working": False, "note": "元旦"}]}

        answer = await administrator.http.put("/api/v1/scoring/working-days/years/2027", json=new_year)
        await stage.advance("publicise")

        assert answer.status_code == 200
        notices = (await stage.secretary.get("/notices", review_id=stage.review_id))["items"]
        assert {one["ends_on"] for one in notices} == {"2027-01-07"}


class TestTheThreeStepTemplate:
    async def test_reports_appraises_and_publicises(self, stage: Any) -> None:
        await stage.open(template="three_steps")
        await stage.report()
        await stage.advance("appraise")
        await stage.appraise()
        assert await stage.advance_refused("compare") == (409, "step-order")
        await stage.advance("publicise")
        await stage.let_the_notice_run_out()

        assert (await stage.advance("final"))["state"] == "final"
        assert len((await stage.secretary.get("/published-stars"))["items"]) == 7
