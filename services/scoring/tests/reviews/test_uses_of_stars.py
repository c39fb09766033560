"""Pledges on the board, the short template, and what a list of stars is good for: people decide, nothing follows."""

from typing import Any

import pytest
from sqlalchemy import text

from kit.database import app_transaction
from services.scoring.tests.sheets import opened

pytestmark = pytest.mark.anyio
API = "/api/v1/scoring"


async def told(stage: Any) -> list[str]:
    async with app_transaction(stage.district.app) as db:
        return list(await db.scalars(text("SELECT type FROM event_log ORDER BY tx, seq")))


class TestAPledge:
    @pytest.mark.feature("S10")
    async def test_is_public_when_approved_and_rated_at_the_end_of_the_year(self, stage: Any) -> None:
        await stage.open()
        mine = {"review_id": stage.review_id, "subject_id": str(stage.ids[1]), "contents": ["甲", "乙"]}
        first, second = (await stage.members[1].post("/pledges", mine))["items"]
        board = {"review_id": stage.review_id, "subject_id": str(stage.ids[1])}
        place = f"/pledges/{first['id']}"
        assert (await stage.members[3].get("/posted-pledges", **board))["items"] == []

        for one in (first, second):
            await stage.secretary.post(f"/pledges/{one['id']}/decision", {"approved": one is first})
        for caller in [*stage.members, stage.probationary]:
            exempt = {"review_id": stage.review_id, "subject_id": str(caller.person), "reason": "借调外单位"}
            await (stage.town_officer if caller is stage.secretary else stage.secretary).post(
                "/pledge-exemptions", exempt
            )
        await stage.advance("practise")
        rating = {"fulfilment": "partly_fulfilled", "comment": "完成大半"}
        assert await stage.secretary.refused(f"/pledges/{second['id']}/rating", rating, version=2) == (
            409,
            "pledge-not-approved",
        )
        await stage.secretary.post(f"{place}/rating", rating, version=2)

        [posted] = (await stage.members[3].get("/posted-pledges", **board))["items"]
        assert (posted["id"], posted["content"], posted["fulfilment"]) == (first["id"], "甲", "partly_fulfilled")


class TestTheShortTemplate:
    @pytest.mark.feature("S07")
    async def test_goes_from_report_over_appraisal_to_publicity_and_keeps_its_data(self, stage: Any) -> None:
        await stage.earn(stage.ids, 1.0)
        await stage.open(template="three_steps")
        assert await stage.advance_refused("compare") == (409, "step-order")
        await stage.report()
        await stage.advance("appraise")
        await stage.appraise()
        await stage.advance("publicise")
        await stage.let_the_notice_run_out()
        await stage.advance("final")

        steps = (await stage.secretary.get(f"/reviews/{stage.review_id}/history"))["items"]
        reports = (await stage.secretary.get("/reports", review_id=stage.review_id))["items"]
        one = await stage.result(stage.ids[1])

        assert [step["to_state"] for step in steps] == ["report", "appraise", "publicise", "final"]
        assert len(reports) == 7
        assert (one["published"]["level"], one["published"]["reason"]) == (5, "按综合得分评定,公示无异议")


class TestMembersWithThreeStars:
    @pytest.mark.feature("S20")
    async def test_are_exported_and_nothing_follows_of_itself(self, stage: Any) -> None:
        await stage.earn(stage.ids[:3], 1.0)
        await stage.open()
        await stage.until("final")
        everybody = (await stage.town_officer.get("/published-stars", subject_kind="member"))["items"]
        wanted = {one["subject_name"] for one in everybody if one["level"] >= 3}
        before = await told(stage)

        asked = {"subject_kind": "member", "level": [3, 4, 5], "format": "xlsx"}
        answer = await stage.town_officer.http.get(f"{API}/published-stars/export", params=asked)

        _, rows = opened(answer.content)
        assert {row["对象"] for row in rows} == wanted
        assert 3 <= len(wanted) < len(everybody)
        assert not {heading for row in rows for heading in row} & {"晋升", "奖励", "处分", "决定"}
        assert (await told(stage))[len(before) :] == ["scoring.export.made.v1"]
        outsider = await stage.foreign_secretary.http.get(f"{API}/published-stars/export", params=asked)
        assert opened(outsider.content)[1] == []
