"""双向沟通: who spoke with whom, in which way, about what, with which result."""

from typing import Any

import pytest

pytestmark = pytest.mark.anyio
TALK = {
    "speaker": "镇街两新党委",
    "counterpart": "园区企业出资人",
    "way": "meeting",
    "held_on": "2025-03-12",
    "content": "通报扶持政策,听取意见",
    "result": "形成三条意见,交园区办理",
}


class TestTalk:
    async def test_of_another_town_and_of_tomorrow_is_refused(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])

        foreign = await officer.post("/talks", {**TALK, "organization_id": district.branches[1]["id"]})
        future = {**TALK, "organization_id": district.branches[0]["id"], "held_on": "2099-01-01"}
        tomorrow = await officer.post("/talks", future)

        assert (foreign.status_code, foreign.json()["code"]) == (422, "unknown-talk-organization")
        assert (tomorrow.status_code, tomorrow.json()["code"]) == (422, "wrong-dates")

    @pytest.mark.feature("R67")
    async def test_is_logged_with_subject_way_content_and_result(self, registers: Any) -> None:
        district = await registers.district()
        officer = await registers.office("town_officer", district.towns[0])
        talk = await officer.made("/talks", **TALK, organization_id=district.branches[0]["id"])
        online = {**TALK, "way": "online", "organization_id": district.branches[0]["id"]}
        mistake = await officer.made("/talks", **online)

        voided = await officer.post(f"/talks/{mistake['id']}/void", {"reason": "重复登记"}, version=1)

        assert {name: talk[name] for name in TALK} == TALK
        assert voided.json()["void_reason"] == "重复登记"
        assert [one["id"] for one in (await officer.get("/talks")).json()["items"]] == [talk["id"]]
        assert (await officer.get("/talks", way="online")).json()["items"] == []
        sheet = (await officer.get("/talks/export", format="csv")).text
        assert "镇街两新党委,园区企业出资人,座谈,2025-03-12" in sheet
        told = registers.events("registry.talk.changed.v1")
        assert [(one["way"], one["is_void"]) for one in told] == [
            ("meeting", False), ("online", False), ("online", True),
        ]  # fmt: skip
