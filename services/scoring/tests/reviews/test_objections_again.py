"""One open objection a person and subject; after a rejection another needs new facts, and the superior answers it."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
REJECTED = {"upheld": False, "reply": "经核对无误"}


def about(stage: Any, **more: str) -> dict[str, str]:
    return {"review_id": stage.review_id, "subject_id": str(stage.ids[2]), "content": "考勤有误", **more}


class TestObjecting:
    async def test_again_waits_for_the_answer_and_then_needs_new_facts(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        member, somebody_else = stage.members[2], stage.members[3]
        first = await member.post("/objections", about(stage), expect=201)

        assert await member.refused("/objections", about(stage, new_facts="签到照片")) == (409, "objection-still-open")
        await somebody_else.post("/objections", about(stage), expect=201)
        await stage.secretary.post(f"/objections/{first['id']}/decision", REJECTED)
        assert await member.refused("/objections", about(stage)) == (409, "new-facts-required")
        second = await member.post("/objections", about(stage, new_facts="签到照片"), expect=201)

        place = f"/objections/{second['id']}/decision"
        assert await stage.secretary.refused(place, REJECTED) == (403, "only-the-superior")
        assert (await stage.town_officer.post(place, REJECTED))["new_facts"] == "签到照片"

    async def test_thirty_times_stops_the_clock_once(self, stage: Any) -> None:
        await stage.open()
        await stage.until("publicise")
        await stage.members[2].post("/objections", about(stage), expect=201)

        refused = {await stage.members[2].refused("/objections", about(stage)) for _ in range(29)}

        assert refused == {(409, "objection-still-open")}
        assert len((await stage.secretary.get("/objections", review_id=stage.review_id))["items"]) == 1
